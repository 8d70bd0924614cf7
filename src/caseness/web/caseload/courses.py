"""A referral as the trajectories that `caseness.feedback` reads: one for each questionnaire with a score."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from caseness.codes import code_list
from caseness.feedback import Contact as Appointment
from caseness.feedback import SessionScore, Trajectory
from caseness.feedback.trajectory import ASSESSMENT, CHANGED, FOLLOW_UP, HIGH, LOW, OTHER_CONTACT, TREATMENT, UNKNOWN
from caseness.instruments import instrument
from caseness.web.caseload.models import Contact, Referral, Score

PHQ9 = "phq9"
MADE_UP = "Made-up people: nobody here is real."
# The codes of `AttendOrDNACode` that say that the client was seen.
ATTENDED = frozenset(one.code for one in code_list("AttendOrDNACode").codes if one.group == "Attended")
# `AppType`, as `feedback.reading` takes it: assessment and treatment at once counts as treatment.
KINDS = {"01": ASSESSMENT, "02": TREATMENT, "03": TREATMENT, "05": TREATMENT, "06": FOLLOW_UP}
# What one course needs, so that a caseload is a fixed number of queries.
NEEDED = ("scores", "contacts__activities")


def trajectories(
    referral: Referral, as_of: date, *, made_up: bool, has_every_score: bool = False
) -> tuple[Trajectory, ...]:
    """The courses of one referral as known at the end of a day, in the order of the questionnaires' names.

    Signals are looked for with `has_every_score`: a risk item that was answered twice in a session is not passed over,
    and of the totals `feedback` takes one a session by itself. An incomplete score has no total, and is none of a course;
    of it the answer about risk alone is told. A page of many fetches what is `NEEDED` first.
    """
    scores: dict[str, list[Score]] = defaultdict(list)
    for score in referral.scores.all():
        is_told = has_every_score or score.total is not None
        if score.is_current and score.instrument_id and score.day <= as_of and is_told:
            scores[score.instrument_id].append(score)
    days = session_days(contacts_by(referral, as_of))
    bare = bare_trajectory(referral, as_of, made_up=made_up)
    made = (replace(bare, instrument_id=name, **_told(scores[name], days, has_every_score)) for name in sorted(scores))
    return tuple(made)


def _told(scores: Sequence[Score], days: Sequence[date], has_every_score: bool) -> dict[str, Any]:
    if not has_every_score:
        return {"scores": session_scores(scores, days)}
    complete = [one for one in scores if one.total is not None]
    return {"scores": numbered_scores(complete, days), "risk_answers": _risk_answers(scores)}


def _risk_answers(scores: Sequence[Score]) -> tuple[tuple[date, float], ...]:
    risk = instrument(scores[0].instrument_id).risk
    held = [one for one in _in_order(scores) if risk and len(one.items) >= risk.item]
    answers = ((one.day, one.items[risk.item - 1]) for one in held if risk)
    return tuple((day, answer) for day, answer in answers if answer is not None)


def bare_trajectory(referral: Referral, as_of: date, *, made_up: bool) -> Trajectory:
    """The course of a referral without its scores: what appointments tell. It names a questionnaire since each course does."""
    seen = contacts_by(referral, as_of)
    appointments = tuple(Appointment(one.day, was_attended(one), kind_of(one)) for one in seen)
    ended = referral.ended if referral.ended and referral.ended <= as_of else None
    return Trajectory(
        str(referral.key), PHQ9, (), as_of, intensity_of(seen), appointments, ended, MADE_UP if made_up else ""
    )


def contacts_by(referral: Referral, as_of: date) -> list[Contact]:
    """The appointments up to the end of a day."""
    return [one for one in referral.contacts.all() if one.day <= as_of]


def was_attended(contact: Contact) -> bool | None:
    """Whether the client was seen; None where nobody has recorded it yet."""
    return contact.attendance in ATTENDED if contact.attendance else None


def kind_of(contact: Contact) -> str:
    """What the appointment was for, in the words of `feedback`."""
    return KINDS.get(contact.appointment_type, OTHER_CONTACT)


def session_days(contacts: Iterable[Contact]) -> list[date]:
    """The days with an attended treatment contact, in order."""
    return sorted({one.day for one in contacts if was_attended(one) and kind_of(one) == TREATMENT})


def session_scores(scores: Sequence[Score], days: Sequence[date]) -> tuple[SessionScore, ...]:
    """One score a session: of several in a session the first counts at the start, and else the last."""
    found: dict[int, SessionScore] = {}
    for one in numbered_scores(scores, days):
        if one.session != 1 or one.session not in found:
            found[one.session] = one
    return tuple(found.values())


def numbered_scores(scores: Sequence[Score], days: Sequence[date]) -> tuple[SessionScore, ...]:
    """Scores in order, each with its session: session 1 is that of the first score, and each later treatment day is one more.

    The same rule as `derive.sessions`.
    """
    ordered = _in_order(scores)
    before = bisect_right(days, ordered[0].day) - 1 if ordered else 0
    return tuple(
        SessionScore(bisect_right(days, one.day) - before, one.day, _number(one), tuple(one.items)) for one in ordered
    )


def _in_order(scores: Iterable[Score]) -> list[Score]:
    return sorted(scores, key=lambda one: (one.day, one.time is None, one.time, one.pk))


# A whole total is told as one: 12, not 12.00. One in proportion to the answers that were given may have decimals.
def _number(score: Score) -> float:
    assert score.total is not None, "an incomplete score is none of a course"
    total = float(score.total)
    return total if instrument(score.instrument_id).decimals or not total.is_integer() else int(total)


def intensity_of(contacts: Iterable[Contact]) -> str:
    """The intensity of the treatment so far: low, high, changed where there was some of both, or unknown."""
    groups = {
        _intensity_of_code(activity.procedure)
        for one in contacts
        if was_attended(one) and kind_of(one) == TREATMENT
        for activity in one.activities.all()
    } - {""}
    return CHANGED if len(groups) > 1 else next(iter(groups), UNKNOWN)


def _intensity_of_code(code: str) -> str:
    found = code_list("CodeProcAndProcStatus").find(code.split(":")[0]) if code else None
    return {"HI": HIGH, "LI": LOW}.get(found.group, "") if found else ""
