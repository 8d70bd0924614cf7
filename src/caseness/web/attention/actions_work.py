"""What changes a course, with what follows from it: risk alerts fire and signals are raised in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from caseness.web.attention.raising import look_again
from caseness.web.attention.risk import answer_of, fire_alerts
from caseness.web.caseload.actions_contacts import Appointment, book_contact, change_contact
from caseness.web.caseload.actions_referrals import end_referral, reopen_referral
from caseness.web.caseload.actions_scores import correct_score, record_scores, withdraw_score
from caseness.web.caseload.models import Contact, Referral, Reopening, Score
from caseness.web.caseload.sheets import Answered
from caseness.web.services.reader import Reader


@transaction.atomic
def save_scores(
    *,
    referral: Referral,
    by: Reader,
    entry: uuid.UUID,
    day: date,
    answered: Sequence[Answered],
    now: datetime,
    at: time | None = None,
    is_another: bool = False,
) -> list[Score]:
    """Save the questionnaires of a session, fire the alerts of their risk items, and raise what follows from them."""
    saved = record_scores(
        referral=referral, by=by, entry=entry, day=day, answered=answered, at=at, is_another=is_another
    )
    fire_alerts(saved, by=by, now=now)
    look_again(referral, now=now, by=by, scores=saved)
    return saved


@transaction.atomic
def amend_score(
    *,
    score: Score,
    by: Reader,
    entry: uuid.UUID,
    day: date,
    answered: Answered,
    why: str,
    now: datetime,
    at: time | None = None,
) -> Score:
    """Correct a score with trace. An alert that its old answer fired stays until somebody says what was done."""
    made = correct_score(score=score, by=by, entry=entry, day=day, answered=answered, why=why, at=at)
    if not _was_told(score, made):
        fire_alerts([made], by=by, now=now)
    look_again(score.referral, now=now, by=by, scores=[made], is_correction=True)
    return made


@transaction.atomic
def take_back_score(*, score: Score, by: Reader, entry: uuid.UUID, why: str, now: datetime) -> Score:
    """Take back a score that should not be here. An alert that it fired stays until somebody says what was done."""
    made = withdraw_score(score=score, by=by, entry=entry, why=why)
    look_again(score.referral, now=now, by=by, is_correction=True)
    return made


@transaction.atomic
def add_contact(
    *, referral: Referral, by: Reader, entry: uuid.UUID, appointment: Appointment, now: datetime
) -> Contact:
    """Book an appointment, or record one that is over."""
    made = book_contact(referral=referral, by=by, entry=entry, appointment=appointment)
    look_again(referral, now=now, by=by)
    return made


@transaction.atomic
def amend_contact(*, contact: Contact, by: Reader, appointment: Appointment, now: datetime) -> Contact:
    """Record what became of an appointment."""
    changed = change_contact(contact=contact, by=by, appointment=appointment)
    look_again(contact.referral, now=now, by=by)
    return changed


@transaction.atomic
def close_referral(*, referral: Referral, by: Reader, ended: date, end_code: str, now: datetime) -> Referral:
    """End a referral. Its signals end with it; a risk alert stays until somebody says what was done."""
    held = end_referral(referral=referral, by=by, ended=ended, end_code=end_code)
    look_again(referral, now=now, by=by)
    return held


@transaction.atomic
def take_back_end(*, referral: Referral, by: Reader, entry: uuid.UUID, why: str, now: datetime) -> Reopening:
    """Open a referral again that was ended wrongly. Of the signals that ended with it those hold again that still would."""
    made = reopen_referral(referral=referral, by=by, entry=entry, why=why)
    look_again(referral, now=now, by=by)
    return made


# An alert of the same answer is there already. One that is higher, or of a score that fired none, is told anew.
def _was_told(old: Score, new: Score) -> bool:
    told = getattr(old, "risk_alert", None)
    return told is not None and (answer_of(new) or 0) <= told.answer
