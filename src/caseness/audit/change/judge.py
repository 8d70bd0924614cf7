"""Judge finished courses under every definition of change, and set each beside the programme's own headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.change.definitions import DEFINITIONS, PROGRAMME, Definition, find_definition
from caseness.audit.change.model import (
    Agreement,
    Bools,
    Courses,
    Judged,
    JudgedOutcome,
    NotJudged,
    Outcome,
    Verdict,
)
from caseness.audit.change.side_by_side import Asked, NotAsked, Yardsticks, ask
from caseness.audit.change.thresholds import smallest_changes
from caseness.audit.change.yardstick import Yardstick, say_lacking
from caseness.audit.quantity import Estimate, Quantity, nothing
from caseness.disclosure import OWN_USE
from caseness.errors import NothingToAudit
from caseness.feedback import INTENDED_PURPOSE
from caseness.instruments import instrument
from caseness.stats.change_classes import Class
from caseness.stats.intervals import wilson

PURPOSE = (
    "Intended purpose: to show a service how its own headline moves with the definition of change. It judges definitions. "
    "It does not judge a person, a therapist or a service, and is no ground for a decision about any of them."
)
LIMITS = (
    "Every definition judges change, and none its cause.",
    "Only finished courses can have a first and a last score. In the share of all referrals that ended, everybody else "
    "counts as not recovered, since nobody knows how they fared.",
    "Indices other than that of Jacobson and Truax use the mean and the spread of this record's own scores, so they are "
    "not comparable between services.",
    "Intervals are of chance alone (Wilson, 95 %).",
    "No definition is right because its figure is higher, or lower.",
)
CLASSES = tuple(one.name.capitalize() for one in (*list(Class)[1:], Class.UNKNOWN))


def judge_change(
    courses: Courses, assumptions: Assumptions, with_unverified: bool = False, between: tuple[str, str] | None = None
) -> Judged:
    """Judge every outcome under every definition.

    Parameters
    ----------
    courses : the finished courses of a record
    assumptions : give what the questionnaires do not
    with_unverified : whether norms that were not verified are used as well
    between : the ids of two definitions whose agreement is shown in full; None means the programme's rule, and the
        first of the others that could be computed

    Raises
    ------
    NothingToAudit
        If no course was finished, or none has two scores.
    UnknownName
        If there is no such definition.
    """
    between = between and (find_definition(between[0]).id, find_definition(between[1]).id)
    _require_scores(courses)
    known = [_yardsticks(courses, one, assumptions, with_unverified) for one in courses.outcomes]
    asked = [_ask_all(one, yardsticks) for one, yardsticks in zip(courses.outcomes, known, strict=True)]
    pairs = list(zip(courses.outcomes, asked, strict=True))
    judged = tuple(_judge(one, found, courses.ended, between) for one, found in pairs if PROGRAMME in found.asked)
    if not judged:
        raise NothingToAudit(_say_no_rule(courses))
    return Judged(
        name=courses.name,
        period=courses.period,
        programme=courses.programme,
        ended=courses.ended,
        outcomes=judged,
        smallest_changes=tuple(smallest_changes({name: one for each in known for name, one in each.items()})),
        purpose=PURPOSE,
        intended_purpose=INTENDED_PURPOSE,
        limits=LIMITS,
        policy=OWN_USE.says,
        made_up=courses.made_up,
        notes=(*courses.notes, *(_say_left_out(one, found) for one, found in pairs if PROGRAMME not in found.asked)),
    )


def _say_no_rule(courses: Courses) -> str:
    return (
        f"{courses.programme} has no cut-off and reliable change for what {courses.name} asks, so there is no headline to set "
        "anything beside. Nothing was judged. Name a programme with --programme, or a file of your own."
    )


def _say_left_out(outcome: Outcome, found: _Found) -> str:
    return f"{outcome.label} is not judged: {found.lacking[0].why}."


def _require_scores(courses: Courses) -> None:
    finished = courses.outcomes[0].size if courses.outcomes else 0
    if not any(_paired(one).any() for one in courses.outcomes):
        raise NothingToAudit(
            f"{courses.name} holds {finished:,} finished courses in {courses.period}, and none of them has a first and a "
            "last score. Nothing was judged. Ask for another period, or look with `caseness check` at what was rejected."
        )


def _yardsticks(courses: Courses, outcome: Outcome, assumptions: Assumptions, with_unverified: bool) -> Yardsticks:
    found: dict[str, Yardstick] = {}
    for scores in outcome.scores:
        for name in np.unique(scores.instrument[scores.instrument != ""]).tolist():
            of = scores.instrument == name
            sessions = scores.sessions.of(of) if scores.sessions else None
            given = (courses.lines[name], scores.first[of], scores.last[of], assumptions, with_unverified, sessions)
            found[name] = Yardstick(instrument(name), *given)
    return found


def _judge(outcome: Outcome, found: _Found, ended: int, between: tuple[str, str] | None) -> JudgedOutcome:
    asked, headline = found.asked, found.asked[PROGRAMME]
    verdicts = (_tell(one, asked[one.id], headline, ended) for one in DEFINITIONS if one.id in asked)
    return JudgedOutcome(
        id=outcome.id,
        label=outcome.label,
        courses=outcome.size,
        paired=int(_paired(outcome).sum()),
        verdicts=tuple(verdicts),
        not_judged=found.lacking,
        figures=outcome.official.figures if outcome.official else (),
        agreement=_agree(asked, between),
        notes=(*_notes(headline), *_say_not_compared(found, between)),
    )


@dataclass(frozen=True, eq=False)
class _Found:
    asked: Mapping[str, Asked]
    lacking: tuple[NotJudged, ...]


def _ask_all(outcome: Outcome, yardsticks: Yardsticks) -> _Found:
    asked, lacking = {}, []
    for definition in DEFINITIONS:
        try:
            asked[definition.id] = ask(definition, outcome, yardsticks)
        except NotAsked as why:
            lacking.append(NotJudged(definition.id, definition.label, str(why)))
    return _Found(asked, tuple(lacking))


def _paired(outcome: Outcome) -> Bools:
    return np.logical_and.reduce([~np.isnan(one.first + one.last) for one in outcome.scores])


@dataclass(frozen=True)
class _Counts:
    judged: int
    began_below: int
    crossed: int
    recovered: int

    @property
    def rate(self) -> Quantity:
        return _share(self.recovered, self.judged - self.began_below)


def _count(asked: Asked, among: Bools) -> _Counts:
    flags = (asked.judged, asked.began_below, asked.crossed, asked.recovered)
    return _Counts(*(int((one & among).sum()) for one in flags))


def _tell(definition: Definition, asked: Asked, headline: Asked, ended: int) -> Verdict:
    among = asked.judged
    own, programmes = (_count(one, among) for one in (asked, headline))
    improved, unchanged, deteriorated = (int((asked.direction[among] == way).sum()) for way in (1, 0, -1))
    return Verdict(
        definition=definition.id,
        label=definition.label,
        judged=own.judged,
        unknown=int(np.isnan(asked.direction[among]).sum()),
        began_below=own.began_below,
        crossed=own.crossed,
        recovered=own.recovered,
        improved=improved,
        unchanged=unchanged,
        deteriorated=deteriorated,
        rate=own.rate,
        points=_difference(own.rate, programmes.rate),
        improved_rate=_share(improved, own.judged),
        deteriorated_rate=_share(deteriorated, own.judged),
        of_ended=_share(own.recovered, ended - int((~among).sum())),
        gained=int((among & asked.recovered & ~headline.recovered).sum()),
        lost=int((among & headline.recovered & ~asked.recovered).sum()),
        differently=_count_differing(asked, headline),
        note=_say_of_whom(asked),
    )


def _count_differing(one: Asked, other: Asked) -> int:
    known = one.judged & ~np.isnan(one.direction) & ~np.isnan(other.direction)
    return int((known & (one.classes != other.classes)).sum())


def _share(part: int, whole: int) -> Quantity:
    if whole <= 0:
        return nothing("percentage", "not_applicable")
    low, high = (float(end) for end in wilson(part, whole))
    return Estimate(100 * part / whole, 100 * low, 100 * high, "percentage")


def _difference(one: Quantity, other: Quantity) -> Quantity:
    if one.value is None or other.value is None:
        return nothing("points", "not_applicable")
    apart = one.value - other.value
    return Quantity(apart, apart, apart, "points")


def _say_of_whom(asked: Asked) -> str:
    left_out = int((~asked.judged).sum())
    if not left_out:
        return ""
    return f"Not asked of {left_out:,} of {len(asked.judged):,} courses: {say_lacking(asked.lacking)}."


def _agree(found: Mapping[str, Asked], between: tuple[str, str] | None) -> Agreement | None:
    others = [name for name in found if not name.startswith(PROGRAMME)]
    first, second = between or (PROGRAMME, next(iter(others), PROGRAMME))
    if first not in found or second not in found:
        return None
    one, other = found[first], found[second]
    among = one.judged & other.judged
    counts = np.zeros((len(Class), len(Class)), int)
    np.add.at(counts, (one.classes[among], other.classes[among]), 1)
    order = [*list(Class)[1:], Class.UNKNOWN]
    return Agreement(
        first, second, CLASSES, tuple(tuple(int(counts[row, column]) for column in order) for row in order)
    )


def _say_not_compared(found: _Found, between: tuple[str, str] | None) -> Iterator[str]:
    why = {one.definition: one.why for one in found.lacking}
    for name in between or ():
        if name in why:
            yield f"{find_definition(name).label} cannot be set beside another: {why[name]}."


def _notes(headline: Asked) -> Iterator[str]:
    both = int((headline.crossed & (headline.direction == -1)).sum())
    if both:
        yield (
            f"Under the programme's rule {both:,} {'course is' if both == 1 else 'courses are'} recovered and reliably deteriorated at once: one score fell "
            "below its cut-off by less than the reliable change, while the other rose by as much, and stayed below its own."
        )
    weak = int((headline.crossed & (headline.direction != 1)).sum())
    if weak:
        yield f"{weak:,} of its recoveries {'is' if weak == 1 else 'are'} no reliable improvement."
