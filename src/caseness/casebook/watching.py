"""A course as signals see it: a trajectory for each questionnaire, seen on the last day that the record covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from caseness.casebook.model import ATTENDED, NOT_RECORDED, Case, Meeting, Scores
from caseness.feedback import Contact, SessionScore, Trajectory

TREATMENT, ASSESSMENT, FOLLOW_UP, OTHER = "treatment", "assessment", "follow-up", "other"


def trajectories_of(case: Case) -> tuple[Trajectory, ...]:
    """The course on each questionnaire as `caseness.feedback` takes it, in the order of the case.

    Scores after the end are left out, and the reference is the pseudonym.
    """
    return tuple(_trajectory(case, one) for one in case.measured if one.within)


def _trajectory(case: Case, measured: Scores) -> Trajectory:
    ended = None if case.ending.day is None else case.received + timedelta(days=case.ending.day)
    return Trajectory(
        case.pseudonym,
        measured.questionnaire.id,
        tuple(SessionScore(one.session, case.received + timedelta(days=one.day), one.total) for one in measured.within),
        case.received + timedelta(days=case.known_until),
        contacts=_contacts(case, [one for one in case.meetings if one.day <= case.known_until]),
        ended=ended,
        made_up=case.made_up,
    )


def _contacts(case: Case, meetings: Sequence[Meeting]) -> tuple[Contact, ...]:
    return tuple(Contact(case.received + timedelta(days=one.day), _came(one), _kind(one)) for one in meetings)


def _came(one: Meeting) -> bool | None:
    return None if one.attendance == NOT_RECORDED else one.attendance == ATTENDED


def _kind(one: Meeting) -> str:
    if one.is_follow_up:
        return FOLLOW_UP
    return TREATMENT if one.is_treatment else ASSESSMENT if one.is_assessment else OTHER
