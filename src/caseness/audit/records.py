"""The grains of a record to figures that can be audited: the official measures by month and year, and true cohorts."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from caseness.audit.cohorts import count_referrals
from caseness.audit.computed import Computed
from caseness.audit.counted_ends import count_ends
from caseness.audit.record import audited_figures
from caseness.audit.variation.breakdowns import CHARACTERISTICS
from caseness.audit.variation.tally import FIGURES
from caseness.derive import Grains
from caseness.disclosure import EXACT, LEAF_LEVEL, OWN_USE, Linkage, Policy, link
from caseness.measures import Measure, all_variables, compute, core_measures, places_of_providers
from caseness.measures.algebra import condition, count, ended
from caseness.measures.conditions import finished
from caseness.organisations import all_organisations
from caseness.periods import Period
from caseness.provenance import Provenance, SourceFile
from caseness.results import ENGLAND, Results

_LEVELS = ("england", "provider")


@condition
def at_caseness(at_caseness):
    """that were at caseness at the start"""
    return at_caseness


# Printed in the annual report only, and so no measure of the monthly catalogue.
_AT_CASENESS = count("at_caseness", "At caseness at the start", on=ended, where=finished & at_caseness)


def compute_record(
    grains: Grains, notes: Sequence[str] = (), files: Sequence[SourceFile] = (), policy: Policy = OWN_USE
) -> Computed:
    """Compute what an audit needs from the grains that were derived from a record.

    Parameters
    ----------
    grains : what `caseness.derive.derive` made of a checked record
    notes : what has to be known of the record, such as rows that were rejected
    files : what it was read from
    policy : the disclosure policy under which an audit lets the figures out. Of what it has no rule for nothing is counted
    """
    is_own_use = policy.id in EXACT
    linkage = _linked(grains) if policy.rules.needs_all else None
    return Computed(
        _monthly(grains, linkage) if linkage else _everything(grains),
        count_referrals(grains.referral) if is_own_use else None,
        count_ends(grains.referral) if is_own_use else None,
        grains.periods,
        Provenance(
            sources=tuple(files),
            notes=tuple(notes) if is_own_use else (),
            statistics=f"a record of {grains.submissions:,} submissions, counted by Caseness",
            made_up=grains.made_up,
        ),
        policy,
        linkage,
    )


def _everything(grains: Grains) -> Results:
    months = grains.periods
    figures = compute(grains, (*months, *_whole_years(months)), (*_counted(), _AT_CASENESS), _LEVELS)
    return Results(pa.concat_tables([figures.table, *_by_group(grains, months)]), _names(figures))


def _counted() -> tuple[Measure, ...]:
    return tuple(one for one in core_measures().values() if one.statistic != "percentage")


# Where figures are let out together, the fewer there are the fewer are held back for the sake of others.
def _linked(grains: Grains) -> Linkage:
    audited = audited_figures()
    linkage = link([one for one in _counted() if one.id in audited], places_of_providers())
    return linkage.over(compute(grains, grains.periods, tuple(linkage.atoms.values()), (LEAF_LEVEL,), linkage.places))


def _monthly(grains: Grains, linkage: Linkage) -> Results:
    figures = compute(grains, grains.periods, tuple(linkage.measures.values()), _LEVELS, linkage.places)
    return Results(figures.table, _names(figures))


# The groups of the annual report, where the record was derived with what they are made of. Without deciles of deprivation
# there is no such group.
def _by_group(grains: Grains, months: Sequence[Period]) -> list[pa.Table]:
    if grains.attributes is None:
        return []
    splits = [one.split for one in CHARACTERISTICS]
    # The variables of the annual report come last, and stand before those of quarters of the same name.
    by = {one.called: one for one in all_variables().values() if one.called in splits}
    known = [one for one in by.values() if grains.has_deciles or not one.needs_deciles]
    counts = [core_measures()[figure_id] for figure_id in FIGURES]
    table = compute(grains, _whole_years(months), counts, breakdowns=known).table
    return [table.filter(pc.is_valid(table["split_1"]))]


def _whole_years(months: Sequence[Period]) -> tuple[Period, ...]:
    years = dict.fromkeys(one.financial_year() for one in months)
    return tuple(one for one in years if set(one.months()) <= set(months))


# A record is not England: what counts all of its rows bears its own name.
def _names(figures: Results) -> dict[str, str]:
    codes = pc.unique(figures.table["organisation"]).to_pylist()  # type: ignore[attr-defined]
    providers = [code for code in codes if code != ENGLAND]
    known = all_organisations()
    whose = f"{len(providers):,} providers" if len(providers) > 1 else "one provider"
    named = {code: known[code].name if code in known else code for code in providers}
    return {**named, ENGLAND: f"All of this record ({whose})"}
