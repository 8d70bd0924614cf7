"""What is said of figures that are not there, or that rest on less than they seem to: measures by kind of period, months of providers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseness.derive import Grains
from caseness.engine import fetch
from caseness.errors import NothingToAudit
from caseness.measures import Measure, whole_periods
from caseness.measures.catalogue import MONTH, MONTH_ONLY, QUARTER, kinds_of
from caseness.periods import Period

_SHOWN = 3
_WHY = {
    MONTH: "NHS England publishes {them} by quarter alone",
    QUARTER: "NHS England publishes {them} by month alone",
}
_OF_A_MONTH = "{they} what a referral had within a month, which no longer period can be asked about"


def say_what_has_no_figure(measures: Sequence[Measure], periods: Iterable[Period]) -> tuple[str, ...]:
    """Which measures have no figure in which kind of period, and why.

    Raises
    ------
    NothingToAudit
        If none of the measures has a figure in any of the periods.
    """
    kinds = tuple(dict.fromkeys(one.kind for one in periods))
    notes = tuple(note for kind in kinds for note in _notes_of(measures, kind))
    if all(kind not in kinds_of(one) for one in measures for kind in kinds):
        raise NothingToAudit(f"{' '.join(notes)} Nothing was computed. Ask for another --period or --measure.")
    return notes


def _notes_of(measures: Sequence[Measure], kind: str) -> list[str]:
    lacking = [one.id for one in measures if kind not in kinds_of(one)]
    of_a_month = [one for one in lacking if one in MONTH_ONLY]
    others = [one for one in lacking if one not in MONTH_ONLY]
    return [
        f"{_named(ids)} {'has' if len(ids) == 1 else 'have'} no figure for a {kind}: {_reason(ids, why)}."
        for ids, why in ((of_a_month, _OF_A_MONTH), (others, _WHY.get(kind, "none is published")))
        if ids
    ]


def _reason(ids: Sequence[str], why: str) -> str:
    return why.format(them="it" if len(ids) == 1 else "them", they="it says" if len(ids) == 1 else "they say")


def say_missing_months(grains: Grains, periods: Iterable[Period] | None = None) -> tuple[str, ...]:
    """Which providers have no referral in some month of a quarter or year in which they have others.

    `periods` are those that are computed; without them all quarters and years of which the record has every month.
    """
    longer = [one for one in periods or whole_periods(each.start for each in grains.periods) if one.kind != MONTH]
    missing = _missing(_months_of_providers(grains), longer) if longer else {}
    if not missing:
        return ()
    named = [f"{name} ({_named(sorted(months))})" for name, months in sorted(missing.items())]
    told = f"{len(named):,} providers have" if len(named) > 1 else "1 provider has"
    return (
        f"{told} no referral in some month of a quarter or year: {_named(named)}. Figures of that quarter or year count the "
        "other months alone.",
    )


def _missing(held: dict[str, set[str]], periods: Iterable[Period]) -> dict[str, set[str]]:
    missing: dict[str, set[str]] = {}
    for period in periods:
        months = {one.label for one in period.months()}
        for provider, own in held.items():
            if own & months and months - own:
                missing.setdefault(provider, set()).update(months - own)
    return missing


def _months_of_providers(grains: Grains) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {}
    for row in fetch(grains.referral.select("provider", "month").distinct()).to_pylist():
        held.setdefault(row["provider"], set()).add(f"{row['month']:%Y-%m}")
    return held


def _named(words: Sequence[str]) -> str:
    more = f" and {len(words) - _SHOWN:,} more" if len(words) > _SHOWN else ""
    return ", ".join(words[:_SHOWN]) + more
