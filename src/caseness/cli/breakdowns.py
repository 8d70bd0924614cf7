"""What `caseness measures compute` does where figures are broken down: which periods, which variables, and what is said of it."""

from __future__ import annotations

import click

from caseness.cli.annual_files import LEVELS as ANNUAL_LEVELS
from caseness.cli.annual_files import what_is_written
from caseness.cli.computed_files import GROUP_TYPES, NHS_ANNUAL, NHS_MONTHLY, RESULTS
from caseness.derive import Grains
from caseness.disclosure import CannotProtect, Policy
from caseness.errors import NothingToAudit
from caseness.measures import CORE, LEVELS, Measure, Variable, choose, whole_periods
from caseness.measures.annual import MAIN, all_files
from caseness.measures.catalogue import kinds_of
from caseness.measures.variables import ALL, is_official_pair
from caseness.periods import Period

_SHOWN = 12
_MONTH, _QUARTER, _YEAR = "month", "quarter", "year"


def require_layout(layout: str, variables: tuple[Variable, ...], levels: tuple[str, ...]) -> None:
    """Refuse what a layout has no place for."""
    if variables and layout == NHS_MONTHLY:
        raise click.UsageError(
            f"--layout {layout} has no columns for breakdowns. Leave it out, or leave out --breakdown."
        )
    lacking = [level for level in levels if level not in _LEVELS_OF.get(layout, LEVELS)]
    if lacking:
        raise click.UsageError(
            f"The layout {layout} has no group type for the level {lacking[0]}: NHS England publishes none. Nothing was computed. "
            f"Use --layout {RESULTS}, or leave out --level {lacking[0]}."
        )


def require_policy(layout: str, policy: Policy) -> None:
    """Refuse a layout whose figures a policy does not let out.

    Raises
    ------
    CannotProtect
        If it is that of the annual report, and figures are let out together.
    """
    if layout == NHS_ANNUAL and policy.rules.needs_all:
        raise CannotProtect(
            f"The annual files are not let out under {policy.id}: it protects figures together, and how those that the annual "
            "report alone asks hang together is not known. Nothing was computed. Choose another --policy, or another --layout."
        )


# The annual report has a column for one organisation, and none for pairs.
_LEVELS_OF = {NHS_MONTHLY: tuple(GROUP_TYPES), NHS_ANNUAL: ANNUAL_LEVELS}


def picked_measures(layout: str, measures: tuple[str, ...], catalogue: str | None) -> tuple[Measure, ...]:
    """The measures that are asked for: by name, as a part of the catalogue, or by the fields of the annual layout."""
    if layout == NHS_ANNUAL:
        _require_no_choice(layout, measures, catalogue)
        return all_files()[MAIN].measures
    if measures and catalogue:
        raise click.UsageError(
            "--measure names measures and --catalogue a part of all of them, so one would count for nothing. Nothing was "
            "computed. Give one of them."
        )
    return choose(measures, catalogue or CORE)


def _require_no_choice(layout: str, measures: tuple[str, ...], catalogue: str | None) -> None:
    given = "--measure" if measures else "--catalogue" if catalogue else ""
    if given:
        raise click.UsageError(f"--layout {layout} has measures of its own: those of its fields. Leave out {given}.")


def wanted_periods(
    grains: Grains, asked: tuple[str, ...], is_broken_down: bool, layout: str = RESULTS, of_one_length: bool = False
) -> tuple[Period, ...]:
    """The periods that are asked for, or all that are whole; with breakdowns without the months, where there are others.

    The annual layout is of years alone. A policy may let out periods `of_one_length` only: then they are the shortest.

    Raises
    ------
    NothingToAudit
        If the record does not cover one that is asked for.
    """
    whole = whole_periods(period.start for period in grains.periods)
    kinds = (_YEAR,) if layout == NHS_ANNUAL else (_QUARTER, _YEAR) if is_broken_down else (_MONTH, _QUARTER, _YEAR)
    usual = tuple(one for one in whole if one.kind in kinds) or (() if layout == NHS_ANNUAL else whole)
    if of_one_length:
        usual = tuple(one for one in usual if one.kind == min(usual, key=lambda each: each.end - each.start).kind)
    wanted = tuple(map(Period.parse, asked)) or usual
    if layout == NHS_ANNUAL and (not wanted or any(one.kind != _YEAR for one in wanted)):
        raise NothingToAudit(
            f"--layout {layout} is of financial years, and no other period, and the record has to cover one. Nothing was computed."
        )
    _require_covered(wanted, grains)
    return wanted


def _require_covered(wanted: tuple[Period, ...], grains: Grains) -> None:
    held = set(grains.periods)
    missing = sorted({one for period in wanted for one in period.months() if one not in held})
    if missing:
        absent = [one.label for one in wanted if not held.issuperset(one.months())]
        named = ", ".join(one.label for one in missing[:_SHOWN])
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        raise NothingToAudit(
            f"The record does not cover all of {', '.join(absent)}: it has nothing of {named}{more}. It covers {min(held).label} to "
            f"{max(held).label}. Nothing was computed. Ask for a period that it covers."
        )


def with_what_is_known(variables: tuple[Variable, ...], asked: tuple[str, ...], grains: Grains) -> tuple[Variable, ...]:
    """The variables, without that of deprivation where no deciles are known and it was asked for only among all."""
    if grains.has_deciles or not any(name.strip().casefold() == ALL for name in asked):
        return variables
    kept = tuple(one for one in variables if not one.needs_deciles)
    if kept != variables:
        click.echo(
            "caseness: Nothing is broken down by deprivation: no deciles were given with --deprivation.", err=True
        )
    return kept


def notes_of(
    variables: tuple[Variable, ...], measures: tuple[Measure, ...], periods: tuple[Period, ...], layout: str = RESULTS
) -> tuple[str, ...]:
    """How many of the pairs of a measure and a variable are official, or how many fields of the annual report are written."""
    if layout == NHS_ANNUAL:
        return what_is_written()
    if not variables:
        return ()
    kinds = {one.kind for one in periods}
    held = [(one, kinds.intersection(kinds_of(one))) for one in measures]
    pairs = [
        any(is_official_pair(one, variable, kind) for kind in its) for one, its in held if its for variable in variables
    ]
    ours = "" if all(pairs) else " The others are ours." if any(pairs) else " All of them are ours."
    return (
        f"{sum(pairs):,} of {len(pairs):,} pairs of a measure and a breakdown are official: NHS England publishes 32 measures by "
        f"V001 to V015, for quarters.{ours}",
    )
