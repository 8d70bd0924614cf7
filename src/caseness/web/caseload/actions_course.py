"""What else is recorded of a course: goals, circumstances, medication and notes."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models, transaction

from caseness.web.caseload.accepting import (
    hold,
    identifier,
    require_code,
    require_day,
    require_past,
    require_same,
    require_text,
)
from caseness.web.caseload.models import Circumstance, Goal, GoalRating, Medication, Note, Referral
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader

# Goals are rated 0 (not reached at all) to 10 (reached). Source: the goal-based outcome tool, as in EXT03Goal.
BEST_RATING = 10


@transaction.atomic
def add_goal(*, referral: Referral, by: Reader, entry: uuid.UUID, day: date, wording: str) -> Goal:
    """What the client wants, in the client's own words."""
    require_text(wording, "wording", "Write what the client wants, in the client's words.")
    return _add(Goal, referral, by, entry, day, goal_id=identifier(entry), wording=wording.strip())


@transaction.atomic
def rate_goal(*, goal: Goal, by: Reader, entry: uuid.UUID, day: date, rating: int) -> GoalRating:
    """How far a goal is reached, 0 to 10."""
    held = hold(goal.referral)
    if not 0 <= rating <= BEST_RATING:
        raise NotAccepted("rating", f"A rating is a whole number from 0 to {BEST_RATING}.")
    require_day(held, day, by.today)
    saved = GoalRating.objects.filter(key=entry, goal=goal).first()
    if saved:
        require_same(saved, "rating", {"day": day, "rating": rating})
        return saved
    made = GoalRating.objects.create(key=entry, goal=goal, day=day, rating=rating, by=by.user)
    by.tell(Kind.ADDED, "goal rating", client=held.client.key, key=made.key)
    return made


@transaction.atomic
def add_circumstance(
    *, referral: Referral, by: Reader, entry: uuid.UUID, day: date, kind: str, note: str = ""
) -> Circumstance:
    """Something that happens in the client's life, of a kind of `LifeCircumstanceKind`."""
    require_text(kind, "kind", "Choose what it concerns.")
    require_code("LifeCircumstanceKind", kind, "kind")
    return _add(Circumstance, referral, by, entry, day, kind=kind, note=note.strip())


@transaction.atomic
def add_medication(
    *, referral: Referral, by: Reader, entry: uuid.UUID, day: date, name: str, dose: str = ""
) -> Medication:
    """A medicine that the client takes. It may have begun before the referral."""
    require_text(name, "name", "Write the name of the medicine.")
    require_past(day, by.today, "day")
    return _add(Medication, referral, by, entry, day, name=name.strip(), dose=dose.strip())


@transaction.atomic
def stop_medication(*, medication: Medication, by: Reader, stopped: date) -> Medication:
    """The client takes it no longer."""
    held = hold(medication.referral)
    require_past(stopped, by.today, "stopped")
    if stopped < medication.day:
        raise NotAccepted("stopped", f"It was begun on {medication.day:%-d %B %Y}. Enter that day or a later one.")
    medication.stopped = stopped
    medication.save(update_fields=("stopped",))
    by.tell(Kind.CHANGED, "medication", client=held.client.key, key=medication.key, fields=["stopped"])
    return medication


@transaction.atomic
def add_note(*, referral: Referral, by: Reader, entry: uuid.UUID, day: date, text: str) -> Note:
    """A note of the therapist. It leaves the application in no export of the record."""
    require_text(text, "text", "Write the note.")
    return _add(Note, referral, by, entry, day, text=text.strip())


def _add(model: type[models.Model], referral: Referral, by: Reader, entry: uuid.UUID, day: date, **given: Any) -> Any:
    held = hold(referral)
    saved = model._default_manager.filter(key=entry, referral=held).first()
    if saved:
        require_same(saved, "day", {"day": day, **given})
        return saved
    if model is not Medication:
        require_day(held, day, by.today)
    made = model._default_manager.create(key=entry, referral=held, day=day, by=by.user, **given)
    by.tell(Kind.ADDED, str(model._meta.verbose_name), client=held.client.key, key=made.key)
    return made
