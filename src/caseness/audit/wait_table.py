"""Which counts make which wait, on each basis, declared."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.cube import Cell
from caseness.results import ANNUAL, MONTHLY, SUMMED

ACCESSING, SECOND = "accessing", "second"

_FIRST_BANDS = "Accessing services"
_SECOND_BANDS = "First to second treatment"
_FINISHED = "those who finished a course in the period"
_ACCESSING = "those whose first treatment fell in the period"
_SECOND = "those whose second treatment fell in the period"


@dataclass(frozen=True)
class Source:
    """How one wait is made on one basis: the cells added, over a cell, and the id under which the share is printed."""

    bases: tuple[str, ...]
    part: tuple[Cell, ...]
    whole: Cell
    of: str
    printed: str = ""


@dataclass(frozen=True)
class Wait:
    """One share of people by how long they waited. `target` is the rate to which a target is set, where one is."""

    id: str
    label: str
    wait: str
    sources: tuple[Source, ...]
    target: str = ""


def _monthly(part: str, whole: str, of: str, printed: str = "") -> Source:
    return Source((MONTHLY, SUMMED), (Cell(part),), Cell(whole), of, printed)


def _annual(wait: str, *bands: str) -> Source:
    return Source((ANNUAL,), tuple(Cell("M076", wait, band) for band in bands), Cell("M076"), _FINISHED)


WAITS = (
    Wait("six_weeks_finished", "First treatment within 6 weeks", ACCESSING, (_monthly("M052", "M076", _FINISHED, "M053"), _annual(_FIRST_BANDS, "<6 weeks")), "M053"),
    Wait("eighteen_weeks_finished", "First treatment within 18 weeks", ACCESSING, (_monthly("M054", "M076", _FINISHED, "M055"), _annual(_FIRST_BANDS, "<18 weeks")), "M055"),
    Wait("six_weeks_accessing", "First treatment within 6 weeks", ACCESSING, (_monthly("M036", "M031", _ACCESSING),)),
    Wait("eighteen_weeks_accessing", "First treatment within 18 weeks", ACCESSING, (_monthly("M037", "M031", _ACCESSING),)),
    Wait("first_over_90_days", "First treatment after more than 90 days", ACCESSING, (_monthly("M035", "M031", _ACCESSING), _annual(_FIRST_BANDS, ">90 days"))),
    Wait("second_within_28_days", "Second treatment within 28 days of the first", SECOND, (_monthly("M121", "M184", _SECOND, "M123"), _annual(_SECOND_BANDS, "<=28 days"))),
    Wait("second_29_to_90_days", "Second treatment 29 to 90 days after the first", SECOND, (_monthly("M122", "M184", _SECOND, "M125"), _annual(_SECOND_BANDS, "29-56 days", "57-90 days"))),
    Wait("second_over_28_days", "Second treatment more than 28 days after the first", SECOND, (_monthly("M046", "M184", _SECOND, "M124"), _annual(_SECOND_BANDS, "29-56 days", "57-90 days", ">90 days"))),
    Wait("second_over_90_days", "Second treatment more than 90 days after the first", SECOND, (_monthly("M047", "M184", _SECOND, "M126"), _annual(_SECOND_BANDS, ">90 days"))),
)  # fmt: skip


@dataclass(frozen=True)
class Length:
    """A wait in days, as printed for a month. A mean is weighted by `weight` (a sum of figures) over a year."""

    id: str
    label: str
    statistic: str
    figure_id: str
    weight: str
    weight_label: str


LENGTHS = (
    Length("mean_accessing", "Mean wait from referral to first treatment, of those accessing", "mean", "M048", "M031", "first treatments"),
    Length("median_accessing", "Median wait from referral to first treatment, of those accessing", "median", "M049", "", ""),
    Length("mean_finished", "Mean wait from referral to first treatment, of those who finished", "mean", "M050", "M076", "finished courses"),
    Length("median_finished", "Median wait from referral to first treatment, of those who finished", "median", "M051", "", ""),
    Length("mean_between", "Mean days from one treatment to the next, of those who finished", "mean", "M351", "M089 - M076", "treatments after the first"),
)  # fmt: skip
