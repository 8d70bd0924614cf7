"""A course as signals see it: a trajectory for each questionnaire, the signals along it, and the band of norms beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import numpy as np

from caseness.casebook.model import ATTENDED, NOT_RECORDED, Case, Expected, Meeting, Raised, Scores
from caseness.feedback import Contact, Kind, SessionScore, Signal, Trajectory
from caseness.feedback.case import norm_for, usable_norms
from caseness.feedback.norms import Norms
from caseness.feedback.signals import signals_of
from caseness.feedback.trajectory import ASSESSMENT, CHANGED, FOLLOW_UP, HIGH, LOW, OTHER_CONTACT, TREATMENT, UNKNOWN

NO_NORMS = "No norms were given, so no expected band is drawn."
MADE_UP_NORMS = (
    "The norms that were given are of people who do not exist, and no band is drawn from them outside a demonstration."
)
NOT_ENABLED = "The norms that were given were enabled by nobody, so no expected band is drawn from them."
MADE_UP_SHOWN = "Demonstration: norms of people who do not exist. Nobody may be judged by their bands, or by how often they say a signal was right."
SHOWN = "Demonstration: norms are used whether or not they held and were enabled. Nobody may be judged by them."
NO_NORM = "The norms hold none that passed for the questionnaires and the intensity of this course."


def watch(case: Case, norms: Norms | None = None, demonstration: bool = False) -> Case:
    """The case with the signals along its course, and with the band of norms where they may be used.

    Parameters
    ----------
    case : a case without them
    norms : norms of a service, or None
    demonstration : whether norms of made-up people may be shown, and marked as such
    """
    norms = norms if demonstration or not case.norms_of_others else None
    courses = trajectories_of(case)
    raised = _once(one for course in courses for one in _along(case, course, norms, demonstration))
    bands = {course.instrument_id: _expected(case, course, norms, demonstration) for course in courses}
    measured = tuple(replace(one, expected=bands.get(one.questionnaire.id)) for one in case.measured)
    told = _say_norms(norms, case.norms_of_others, demonstration, any(one.expected for one in measured))
    return replace(
        case,
        measured=measured,
        signals=tuple(sorted(raised, key=lambda one: (one.first, -one.signal.urgency))),
        norms_say=told,
        demonstration=_say_demonstration(norms) if demonstration else "",
    )


def trajectories_of(case: Case) -> tuple[Trajectory, ...]:
    """The course on each questionnaire as `caseness.feedback` takes it, seen on the last day that the record covers.

    Scores after the end are left out, and the reference is the pseudonym.
    """
    return tuple(_trajectory(case, one, case.known_until) for one in case.measured if one.within)


def intensity_of(meetings: Iterable[Meeting], logs: int = 0) -> str:
    """The intensity of the therapy in attended treatment contacts: low, high, changed where there was both, or unknown."""
    found = {each for one in meetings if one.was_attended and one.is_treatment for each in one.intensities}
    is_high, is_low = "HI" in found or logs > 0, "LI" in found
    return CHANGED if is_high and is_low else HIGH if is_high else LOW if is_low else UNKNOWN


def _trajectory(case: Case, measured: Scores, until: int) -> Trajectory:
    ended = None if case.ending.day is None else case.received + timedelta(days=case.ending.day)
    scores = [one for one in measured.within if one.day <= until]
    met = [one for one in case.meetings if one.day <= until]
    return Trajectory(
        case.pseudonym,
        measured.questionnaire.id,
        tuple(SessionScore(one.session, case.received + timedelta(days=one.day), one.total) for one in scores),
        case.received + timedelta(days=until),
        intensity_of(met, case.logs),
        tuple(Contact(case.received + timedelta(days=one.day), _came(one), _kind(one)) for one in met),
        ended if ended is not None and ended <= case.received + timedelta(days=until) else None,
        case.made_up,
    )


def _came(one: Meeting) -> bool | None:
    return None if one.attendance == NOT_RECORDED else one.attendance == ATTENDED


def _kind(one: Meeting) -> str:
    if one.is_follow_up:
        return FOLLOW_UP
    return TREATMENT if one.is_treatment else ASSESSMENT if one.is_assessment else OTHER_CONTACT


# Each day is looked at with what was known on it. The day before a contact or a score is one too: only then has
# somebody not been seen for long.
def _along(case: Case, course: Trajectory, norms: Norms | None, demonstration: bool) -> Iterable[Raised]:
    measured = next(one for one in case.measured if one.questionnaire.id == course.instrument_id)
    days = _days(case, measured)
    look = partial(_looked_at, case, measured, norms, demonstration)
    held: dict[str, list[int]] = {}
    first: dict[str, Signal] = {}
    for day in days:
        for signal in look(day):
            held.setdefault(signal.id, []).append(day)
            first.setdefault(signal.id, signal)
    for name, found in held.items():
        began = min(found[0], (first[name].since - case.received).days)
        # It may have begun between two days that were looked at, and is told as it read then. What read otherwise on that
        # day, such as worse at the start, is another signal: this one begins where it first reads so.
        then = next((one for one in look(began) if one.id == name), None)
        day, signal = (found[0], first[name]) if then is None else (began, then)
        yield Raised(
            measured.questionnaire.short_name if signal.is_of_scores else "",
            signal,
            day,
            found[-1],
            found[-1] == days[-1],
        )


def _looked_at(case: Case, measured: Scores, norms: Norms | None, demonstration: bool, day: int) -> list[Signal]:
    found = signals_of(_trajectory(case, measured, day), norms, demonstration=demonstration)
    return [one for one in found if one.kind is not Kind.TURNING_POINT]


# What is of no one questionnaire, such as not being seen, is the same on each.
def _once(raised: Iterable[Raised]) -> Iterable[Raised]:
    found: dict[tuple[str, str], Raised] = {}
    for one in raised:
        key = (one.signal.id, one.signal.why)
        found[key] = replace(one, questionnaire="") if key in found else one
    return found.values()


def _days(case: Case, measured: Scores) -> Sequence[int]:
    end = case.known_until if case.ending.day is None else min(case.ending.day, case.known_until)
    seen = {one.day for one in measured.within} | {one.day for one in case.meetings if one.was_attended}
    looked_at = {day for each in seen for day in (each - 1, each)} | {end}
    first = min((one.day for one in measured.within), default=end)
    return sorted(day for day in looked_at if first <= day <= end) or [end]


def _expected(case: Case, course: Trajectory, norms: Norms | None, demonstration: bool) -> Expected | None:
    norm = norm_for(course, norms, demonstration)
    if norm is None or norms is None or course.intake is None:
        return None
    content = norm.contents[0]
    days = _session_days(case, course)
    sessions = np.array(list(days), float)
    low, high = norm.band(np.full(len(sessions), course.intake), sessions, content)
    points = tuple(
        (day, float(a), float(b)) for day, a, b in zip(days.values(), low, high, strict=True) if not np.isnan(a + b)
    )
    says = (
        f"Expected: of {norm.courses:,} courses of {norm.intensity} intensity in {norms.record}, {content:.0%} of those that began alike lay "
        "in the band at the same session. Beyond early sessions it is of those who were still there."
    )
    return Expected(points, says, norms.made_up) if points else None


# The day of each session: that of its last score.
def _session_days(case: Case, course: Trajectory) -> Mapping[int, int]:
    return {one.session: (one.day - case.received).days for one in course.scores}


def _say_demonstration(norms: Norms | None) -> str:
    if norms is None:
        return ""
    return MADE_UP_SHOWN if norms.made_up else SHOWN


def _say_norms(norms: Norms | None, others: str, demonstration: bool, is_drawn: bool) -> str:
    if norms is None:
        return others or NO_NORMS
    if usable_norms(norms, demonstration) is None:
        return MADE_UP_NORMS if norms.made_up else NOT_ENABLED
    return " ".join(filter(None, (others, "" if is_drawn else NO_NORM)))
