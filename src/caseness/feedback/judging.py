"""Norms judged on people kept apart: what part of scores their bands hold, and how often each signal was right."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from caseness.feedback import flags
from caseness.feedback.cohort import Cohort
from caseness.feedback.flags import Courses
from caseness.feedback.norms import ALL, Covered, Measured, Norm
from caseness.feedback.rules import Rules
from caseness.instruments import instrument
from caseness.stats.calibration import coverage
from caseness.stats.signal_accuracy import count

Bools = NDArray[np.bool_]
STRICT = "beyond-expected-band-strict"


def flags_of(courses: Courses, rules: Rules, norm: Norm | None) -> Mapping[str, Bools]:
    """Every signal that can be seen in scores, at each score. Those of a band are there where there is a norm."""
    found = {
        "adverse-initial-response": flags.adverse_at_first(courses, rules),
        "reliable-deterioration": flags.deteriorated(courses),
        "no-early-response": flags.without_early_response(courses, rules),
        "sudden-loss": flags.sudden(courses, rules, loss=True) > 0,
        "sawtooth": flags.sawtooth(courses, rules),
        "flat-line": flags.flat_line(courses, rules),
    }
    if norm is not None:
        for name, content in zip(("beyond-expected-band", STRICT), norm.contents, strict=True):
            found[name] = flags.beyond(courses, worse_end(courses, content, norm))
    return found


def worse_end(courses: Courses, content: float, norm: Norm) -> NDArray[np.float64]:
    """The worse end of the band of a content, at each score."""
    end = norm.upper if courses.sign > 0 else norm.lower
    return end(courses.intake, courses.session, content)


def cover(norm: Norm, cohort: Cohort, rules: Rules) -> tuple[Covered, ...]:
    """What the bands hold, among all, by session, by band of intake and by each group of people."""
    held = cohort.courses
    place = np.searchsorted(norm.quantiles.edges, held.intake, side="right") - 1
    names = np.array([f"{low:g} or more" for low in norm.quantiles.edges[:-1]])
    by = {
        ALL: np.full(len(held.score), ALL),
        "session": held.session,
        "first score": names[place.clip(0, len(names) - 1)],
        **{name: values[held.course] for name, values in cohort.groups.items()},
    }
    least = rules.whole("group_least")
    found = [
        one
        for content in norm.contents
        for name, group in by.items()
        for one in _cover(norm, cohort, content, name, group)
    ]
    return tuple(one for one in found if one.by == ALL or one.people >= least)


def _cover(norm: Norm, cohort: Cohort, content: float, by: str, group: NDArray[np.generic]) -> list[Covered]:
    held = cohort.courses
    found = coverage(held.score, *norm.band(held.intake, held.session, content), group, cohort.person[held.course])
    cells = (found.inside, found.low, found.high, found.below, found.above)
    return [
        Covered(
            by,
            str(name),
            content,
            int(found.scores[i]),
            int(found.people[i]),
            *(float(each[i]) for each in cells),
        )
        for i, name in enumerate(found.groups)
    ]


def measure(norm: Norm, cohort: Cohort, rules: Rules) -> tuple[Measured, ...]:
    """How often each signal was raised before the last score, and what became of those courses and of the others."""
    judged = cohort.only(cohort.could_be_flagged())
    outcomes = judged.outcomes()
    return tuple(
        Measured(name, outcome, *_counts(raised, came))
        for name, flag in flags_of(judged.courses, rules, norm).items()
        for raised in [judged.raised(flag)]
        for outcome, came in outcomes.items()
    )


def _counts(raised: Bools, came: NDArray[np.float64]) -> tuple[int, ...]:
    found = count(raised, came)
    return found.hits, found.false_alarms, found.missed, found.rightly_silent, found.unknown


def why_not(norm: Norm, rules: Rules) -> tuple[str, ...]:
    """Why the bands may not be used, nothing where they held as well as is asked for."""
    among_all = [one for one in norm.covered if one.by == ALL]
    if not among_all:
        return ("No score of people kept apart lay where there is a band.",)
    few = {one.people for one in among_all if one.people < rules.whole("judged_least")}
    found = [f"Only {people:,} people were kept apart to judge by." for people in few]
    is_upper = instrument(norm.instrument_id).higher_is == "worse"
    return (*found, *(said for one in norm.covered if (said := _fault(one, rules, is_upper))))


# Scores beyond the better end signal nothing, so the worse end is judged by itself too: `is_upper` says which it is.
# A small group may be far off by chance. What counts is a fault that chance does not explain.
def _fault(one: Covered, rules: Rules, is_upper: bool) -> str:
    held = f"The band of {one.content:.0%} held {one.inside:.1%} of scores"
    if one.by != ALL:
        is_far = one.inside < one.content - rules.of("too_narrow_in_group") and one.high < one.content
        return f"{held} where {one.by} is {one.group}." if is_far else ""
    if one.inside > one.content + rules.of("too_wide"):
        return f"{held}: it is too wide to tell anything."
    meant, beyond = (1 - one.content) / 2, one.above if is_upper else one.below
    if round(abs(beyond - meant), 6) > rules.of("worse_tail"):
        return f"{held}, and {beyond:.1%} lay beyond its worse end, where {meant:.0%} were meant."
    return f"{held}." if one.inside < one.content - rules.of("too_narrow") else ""
