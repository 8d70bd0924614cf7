"""Gaps between groups of people, England, by the annual report: how wide, and how much of it chance could make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.quantity import Estimate, Quantity, nothing
from caseness.audit.record import Record
from caseness.audit.variation.breakdowns import CHARACTERISTICS, DEPRIVATION, Characteristic, is_stated, name_group
from caseness.audit.variation.extremes import CHANCE, find_extremes, measure_gap
from caseness.audit.variation.model import Breakdown, Gaps, GapYear, Group, GroupRate
from caseness.audit.variation.tally import FINISHED_OF_REFERRED, RATES, Counts, Tally, counts_of, take_tally
from caseness.disclosure import Released
from caseness.periods import Period
from caseness.results import ANNUAL, ENGLAND
from caseness.stats.intervals import newcombe_difference, wilson
from caseness.stats.multiplicity import adjust_by_holm, chance_of_difference

_RARE = 0.05
NO_GROUPS = "These figures hold no groups of people for this year, as England's annual report has them."
OVERLAP = "A person can be in more than one of these groups, so they are shown and not compared with each other."
FILLED_IN = (
    "Finished over referrals is left out: the characteristic is unrecorded more often at referral than among those who "
    "finished, so it was filled in on the way, and those who stay are more often recorded."
)


def compare_groups(record: Record, released: Released, year: Period, assumptions: Assumptions) -> Gaps:
    """Compare the groups of every breakdown of England's annual report, one year.

    Where the report of that year is not in the releases, the latest before it is taken.
    Every group is held against all the others together. Holm's steps are taken over all
    groups and measures at once, so that of many such gaps none is called more than chance
    by the number of questions alone.
    """
    years = tuple(one for one in record.cube(ANNUAL).periods if one.kind == "year" and one <= year)
    tally = take_tally(released, years)
    year = max((one for one, _ in tally.groups), default=year)
    everybody = tally.totals.get(year, {})
    made = [one for each in CHARACTERISTICS if (one := _break_down(tally, year, each, everybody, assumptions))]
    asked = [rate.chance for one in made for group in one.groups for rate in group.rates if rate.chance is not None]
    return Gaps(
        period=year,
        whose=record.names.get(ENGLAND, "England"),
        basis=record.cube(ANNUAL).basis,
        whole=Group("Everybody", is_stated=True, rates=tuple(_whole(everybody))),
        breakdowns=tuple(_adjusted(made, asked)),
        deprivation=tuple(_follow_deprivation(tally)),
        questions=len(asked),
        why_not="" if made else NO_GROUPS,
    )


def _break_down(
    tally: Tally, year: Period, characteristic: Characteristic, everybody: Counts, assumptions: Assumptions
) -> Breakdown | None:
    groups = tally.of(year, characteristic)
    groups = {label: counts for label, counts in groups.items() if any(counts_of(counts, one) for one in RATES)}
    if not groups:
        return None
    overlaps = sum(counts.get("M076", 0) for counts in groups.values()) > everybody.get("M076", np.inf)
    unknown = _unknown(groups, everybody, "M076"), _unknown(groups, everybody, "M001")
    is_filled_in = _is_filled_in(*unknown, assumptions.number("variation.filled_in_later"))
    measures = [one for one in RATES if not (is_filled_in and one == FINISHED_OF_REFERRED)]
    named = _name_all(characteristic, groups)
    extremes = () if overlaps else find_extremes(characteristic, named, measures, assumptions)
    return Breakdown(
        characteristic.id,
        characteristic.label,
        overlaps,
        tuple(_group(label, counts, measures, everybody, overlaps) for label, counts in named.items()),
        tuple(extremes),
        *unknown,
        tuple(_notes(characteristic, overlaps, is_filled_in)),
    )


# The releases tell apart several ways of not being known. Here they are one group.
def _name_all(characteristic: Characteristic, groups: Mapping[str, Counts]) -> dict[str, Counts]:
    named: dict[str, dict[str, float]] = {}
    for label, counts in groups.items():
        own = named.setdefault(name_group(characteristic, label), {})
        for figure_id, counted in counts.items():
            own[figure_id] = own.get(figure_id, 0) + counted
    return dict(named)


def _group(label: str, counts: Counts, measures: list[str], everybody: Counts, overlaps: bool) -> Group:
    stated = is_stated(label)
    pairs = ((measure, counts_of(counts, measure), counts_of(everybody, measure)) for measure in measures)
    rates = (_rate(measure, own, whole, stated and not overlaps) for measure, own, whole in pairs if own and own[1])
    return Group(label, stated, tuple(rates))


def _whole(everybody: Counts) -> Iterator[GroupRate]:
    for measure in RATES:
        counted = counts_of(everybody, measure)
        if counted:
            yield _rate(measure, counted, None, is_compared=False)


def _rate(
    measure: str, own: tuple[float, float], everybody: tuple[float, float] | None, is_compared: bool
) -> GroupRate:
    part, whole = own
    gap, chance = nothing("points", "not_applicable"), None
    if is_compared and everybody is not None and everybody[1] > whole and part <= whole:
        gap, chance = _gap(own, everybody)
    return GroupRate(measure, _counted(part), _counted(whole), _share(part, whole), gap, chance, None)


# A group is a part of everybody. Its gap to everybody is its gap to all the others, drawn in by the group's own weight:
# so the interval is made for two groups that share nobody.
def _gap(own: tuple[float, float], everybody: tuple[float, float]) -> tuple[Quantity, float]:
    (part, whole), (all_parts, all_wholes) = own, everybody
    counts = (part, whole, all_parts - part, all_wholes - whole)
    weight = 1 - whole / all_wholes
    low, high = (100 * weight * float(end) for end in newcombe_difference(*counts))
    value = 100 * (part / whole - all_parts / all_wholes)
    return Estimate(value, low, high, "points", interval=CHANCE), float(chance_of_difference(*counts))


def _share(part: float, whole: float) -> Quantity:
    if part > whole:
        return Quantity(100 * part / whole, 100 * part / whole, 100 * part / whole, "percentage")
    low, high = (100 * float(end) for end in wilson(part, whole))
    return Estimate(100 * part / whole, low, high, "percentage", interval=CHANCE)


def _counted(count: float) -> Quantity:
    return Quantity(count, count, count)


def _adjusted(breakdowns: list[Breakdown], asked: list[float]) -> Iterator[Breakdown]:
    answers = iter(adjust_by_holm(asked).tolist())
    for one in breakdowns:
        yield replace(one, groups=tuple(_answered(group, answers) for group in one.groups))


def _answered(group: Group, answers: Iterator[float]) -> Group:
    return replace(group, rates=tuple(_answer(rate, answers) for rate in group.rates))


def _answer(rate: GroupRate, answers: Iterator[float]) -> GroupRate:
    if rate.chance is None:
        return rate
    chance = next(answers)
    return replace(rate, chance=chance, differs=chance < _RARE)


def _unknown(groups: Mapping[str, Counts], everybody: Counts, figure_id: str) -> Quantity:
    if figure_id not in everybody:
        return nothing("percentage")
    unknown = sum(counts.get(figure_id, 0) for label, counts in groups.items() if not is_stated(label))
    share = 100 * unknown / everybody[figure_id]
    return Quantity(share, share, share, "percentage")


def _is_filled_in(finished: Quantity, referred: Quantity, most: float) -> bool:
    if finished.value is None or referred.value is None:
        return False
    return referred.value - finished.value > most


def _notes(characteristic: Characteristic, overlaps: bool, is_filled_in: bool) -> Iterator[str]:
    if characteristic.note:
        yield characteristic.note
    if overlaps:
        yield OVERLAP
    if is_filled_in:
        yield FILLED_IN


def _follow_deprivation(tally: Tally) -> Iterator[GapYear]:
    (deprivation,) = (one for one in CHARACTERISTICS if one.id == DEPRIVATION)
    for year in sorted(tally.totals):
        stated = [counts for label, counts in tally.of(year, deprivation).items() if is_stated(label)]
        for measure in RATES:
            ends = [counts_of(counts, measure) for counts in (stated[:1] + stated[-1:])]
            if len(ends) == 2 and ends[0] and ends[1]:
                yield GapYear(
                    year, measure, _share(*ends[0]), _share(*ends[1]), measure_gap(ends[0], ends[1], 0.95, CHANCE)
                )
