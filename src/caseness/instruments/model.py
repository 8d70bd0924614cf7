"""A questionnaire as frozen data: its items, range, thresholds, norms, bands, codes and licence, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from caseness.instruments.parts import (
    CASENESS,
    RELIABLE_CHANGE,
    Band,
    Former,
    Item,
    Licence,
    Missing,
    Norm,
    Option,
    Risk,
    Sourced,
    Threshold,
    Wording,
)

HIGHER_IS = ("worse", "better")
TOTALS = ("sum", "mean", "mean times ten", "none")


@dataclass(frozen=True, kw_only=True)
class Instrument(Sourced):
    """A questionnaire. Its own `source` is that of its items and its range.

    `total` says how answers make the total: their sum, their mean, their mean times ten,
    or none, where only a total can be taken. `decimals` is how many a total may have.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> phq9 = instrument("PHQ-9")
    >>> phq9.low, phq9.high, str(phq9.caseness())
    (0, 27, 'at or above 10')
    """

    id: str
    name: str
    short_name: str
    about: str
    low: float | None
    high: float | None
    higher_is: str
    total: str
    licence: Licence
    aliases: tuple[str, ...] = ()
    decimals: int = 0
    snomed: str = ""
    loinc: str = ""
    note: str = ""
    items: tuple[Item, ...] = ()
    options: tuple[Option, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    norms: tuple[Norm, ...] = ()
    bands: tuple[Band, ...] = ()
    missing: Missing | None = None
    risk: Risk | None = None
    former: Former | None = None
    wording: Wording | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        for problem in problems_of(self):
            raise ValueError(problem)

    def caseness(
        self, on: date | None = None, with_unverified: bool = False, official_only: bool = False
    ) -> Threshold | None:
        """The line at which somebody counts as a case on a day, or None where none is known or verified.

        `official_only` leaves out those that come from the literature: no official measure uses them.

        >>> from caseness.instruments import instrument
        >>> core10 = instrument("core10")
        >>> str(core10.caseness()), core10.caseness(official_only=True)
        ('at or above 11', None)
        """
        return self._threshold(CASENESS, on, with_unverified, official_only)

    def reliable_change(
        self,
        on: date | None = None,
        with_unverified: bool = False,
        operator: str | None = None,
        official_only: bool = False,
    ) -> Threshold | None:
        """The smallest reliable change on a day, or None. `operator` replaces the one that is declared.

        >>> from caseness.instruments import instrument
        >>> str(instrument("pdss").reliable_change(operator="above"))
        'above 5'
        """
        found = self._threshold(RELIABLE_CHANGE, on, with_unverified, official_only)
        return replace(found, operator=operator) if found and operator else found

    def why_none(self, kind: str, on: date | None = None, official_only: bool = False) -> str:
        """Why there is no threshold that may be used, or nothing where there is one.

        >>> from caseness.instruments import instrument
        >>> instrument("wsas").why_none("caseness")
        'WSAS has no caseness.'
        """
        found = self._threshold(kind, on, True, official_only)
        if found is None:
            return f"{self.short_name} has no {'official ' if official_only else ''}{kind}."
        return "" if found.verified else f"The {kind} of {self.short_name} is not verified: {found.reason}"

    @property
    def everything(self) -> tuple[Sourced, ...]:
        """All that has a source of its own, the instrument first."""
        single = (self.licence, self.missing, self.risk, self.former)
        return (self, *self.thresholds, *self.norms, *self.bands, *(one for one in single if one))

    def _threshold(
        self, kind: str, on: date | None, with_unverified: bool, official_only: bool = False
    ) -> Threshold | None:
        usable = (one for one in self.thresholds if one.kind == kind and one.is_usable(with_unverified))
        held = (one for one in usable if one.covers(on))
        return next((one for one in held if one.official or not official_only), None)


def problems_of(one: Instrument) -> Iterable[str]:
    """What in a questionnaire contradicts itself, if anything."""
    yield from _unless(one.higher_is in HIGHER_IS, f"higher_is must be one of {', '.join(HIGHER_IS)}")
    yield from _unless(one.total in TOTALS, f"total must be one of {', '.join(TOTALS)}")
    yield from _unless((one.low is None) == (one.high is None), "a range has both ends, or neither")
    numbers = [item.number for item in one.items]
    yield from _unless(numbers == list(range(1, len(numbers) + 1)), "items are numbered from 1 without a gap")
    yield from _unless(one.total == "none" or bool(one.items), "a total that is computed needs items")
    yield from _unless(
        one.total == "none" or _range_of_items(one) == (one.low, one.high), "the items give another range"
    )
    yield from _unless(one.risk is None or one.risk.item in numbers, "the risk item is none of the items")
    yield from _unless(
        bool(one.wording) <= one.licence.wording_may_be_shown, "the licence does not let the wording be shown"
    )
    worded = bool(one.wording)
    yield from _unless(all(bool(item.wording) == worded for item in one.items), "all items are worded, or none")
    yield from _problems_of_lines(one)


def _problems_of_lines(one: Instrument) -> Iterable[str]:
    if one.low is None or one.high is None:
        yield from _unless(not one.thresholds and not one.bands, "there is no range for a threshold or a band")
        return
    for line in one.thresholds:
        if line.kind == RELIABLE_CHANGE:
            yield from _unless(
                0 < line.value <= one.high - one.low, "a reliable change is within the width of the range"
            )
        else:
            yield from _unless(one.low <= line.value <= one.high, f"{line.kind} {line.value:g} is outside the range")
    if one.bands:
        step = 10.0**-one.decimals
        ends = [one.low - step, *(band.high for band in one.bands)]
        joined = all(abs(band.low - end - step) < 1e-9 for band, end in zip(one.bands, ends, strict=False))
        yield from _unless(joined and ends[-1] == one.high, "the bands do not cover the range without a gap")


def _range_of_items(one: Instrument) -> tuple[float, float]:
    lows = sum(item.low for item in one.items if item.low is not None)
    highs = sum(item.high for item in one.items if item.high is not None)
    divisor = {"sum": 1.0, "mean": len(one.items), "mean times ten": len(one.items) / 10}[one.total]
    return lows / divisor, highs / divisor


def _unless(is_true: bool, otherwise: str) -> Iterable[str]:
    if not is_true:
        yield otherwise
