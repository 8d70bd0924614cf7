"""The rows of a record to figures that can be audited: the official measures by month and year, and true cohorts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from caseness.audit.cohorts import count_referrals
from caseness.audit.computed import Computed
from caseness.check import Checked
from caseness.derive import Grains
from caseness.measures import all_measures, compute
from caseness.organisations import all_organisations
from caseness.periods import Period
from caseness.provenance import Provenance, SourceFile, hash_file
from caseness.results import ENGLAND, Results

_LEVELS = ("england", "provider")


def compute_record(checked: Checked, grains: Grains, source: Path | None = None) -> Computed:
    """Compute what an audit needs from a record that was checked, and from the grains that were derived from it.

    Parameters
    ----------
    checked : the record, and what checking found
    grains : what `caseness.derive.derive` made of it
    source : the folder or file that the record was read from, whose files are then named with their hashes
    """
    months = grains.periods
    counted = [one for one in all_measures().values() if one.statistic == "count"]
    figures = compute(grains, (*months, *_whole_years(months)), counted, _LEVELS)
    return Computed(
        Results(figures.table, _names(figures, checked)),
        count_referrals(grains.referral),
        months,
        Provenance(
            sources=_files(checked, source),
            notes=_notes(checked),
            statistics=f"a record of {len(checked.record.submissions):,} submissions, counted by Caseness",
            made_up=checked.made_up,
        ),
    )


def _whole_years(months: Sequence[Period]) -> tuple[Period, ...]:
    years = dict.fromkeys(one.financial_year() for one in months)
    return tuple(one for one in years if set(one.months()) <= set(months))


# A record is not England: what counts all of its rows bears its own name.
def _names(figures: Results, checked: Checked) -> dict[str, str]:
    known = {code: one.name for code, one in all_organisations().items()}
    found = {code: known.get(code, code) for code in figures.table["organisation"].unique().to_pylist()}
    providers = {one.provider for one in checked.record.submissions}
    whose = f"{len(providers):,} providers" if len(providers) > 1 else "one provider"
    return {**found, ENGLAND: f"All of this record ({whose})"}


def _notes(checked: Checked) -> tuple[str, ...]:
    rejected = sum(one.rejected + one.unreadable for one in checked.tables.values())
    read = sum(one.read for one in checked.tables.values())
    return (
        (f"{rejected:,} of {read:,} rows were rejected and are in no figure. `caseness check` says which, and why.",)
        if rejected
        else ()
    )


def _files(checked: Checked, source: Path | None) -> tuple[SourceFile, ...]:
    if source is None:
        return ()
    top = source if source.is_dir() else source.parent
    named = dict.fromkeys(one.name for one in checked.record.files if not getattr(one, "ignored", ""))
    return tuple(_file(top, name) for name in named if (top / name).is_file())


def _file(top: Path, name: str) -> SourceFile:
    path = top / name
    return SourceFile(
        name, path.stat().st_size, hash_file(path), "record", "", "not for publication", "the record's holder"
    )
