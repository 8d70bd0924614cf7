"""What leaves of one referral below it: contacts, activities, scores, goals and circumstances, each in its own month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caseness.record import table
from caseness.web.caseload.models import Activity, Contact, Referral, Score
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.cells import from_field, from_plain
from caseness.web.exchange.cut import Cut
from caseness.web.exchange.months import month_named
from caseness.web.exchange.shapes import (
    ACTIVITY,
    ACTIVITY_SCORE,
    CONTACT,
    GOAL,
    LIFE_CIRCUMSTANCES,
    REFERRAL_SCORE,
    SHAPES,
)

Leaving = tuple[str, str, Row]
# Of an appointment that was made here nothing says that it was in an integrated service. The column may not be blank.
_MADE_HERE: Row = {"IAPTLTCServiceInd": "N"}


def referral_rows(referral: Referral, cut: Cut) -> Iterator[Leaving]:
    """All rows below a referral. An appointment that is booked, and still to come, has not happened and is not told."""
    contacts = {one.pk: one for one in referral.contacts.all() if not _is_booked(one, cut)}
    for contact in contacts.values():
        yield from _contact(referral, contact)
    taken: set[tuple[int, str]] = set()
    for score in referral.scores.all():
        yield _score(referral, score, contacts.get(score.contact_id), taken)
    if cut.with_words:
        yield from _words(referral)


def _is_booked(contact: Contact, cut: Cut) -> bool:
    return not contact.attendance and contact.day > cut.now.date()


def _contact(referral: Referral, contact: Contact) -> Iterator[Leaving]:
    month, identifier = month_named(contact.day), _own(contact, "CareContactId", contact.care_contact_id)
    links = {"ServiceRequestId": referral.service_request_id}
    was_sent = bool(contact.other_columns)
    yield (
        CONTACT,
        month,
        {**({} if was_sent else _MADE_HERE), **_row(contact, CONTACT), **links, "CareContactId": identifier},
    )
    for activity in contact.activities.all():
        own = {"CareContactId": identifier, "CareActId": _own(activity, "CareActId", activity.care_activity_id)}
        yield ACTIVITY, month, {**_row(activity, ACTIVITY), **own}


# Where two months use the same identifier, the second is stored under another, and its own stands beside it.
def _own(one: Contact | Activity, column: str, stored: str) -> str:
    return one.other_columns.get(column, stored)


def _row(instance: Any, table_id: str) -> Row:
    declared, shape = table(table_id), SHAPES[table_id]
    others = getattr(instance, "other_columns", {}) if shape.keeps_others else {}
    row = {name: from_plain(value, declared.column(name)) for name, value in others.items()}
    told = {column: from_field(getattr(instance, name)) for column, name in shape.fields.items()}
    return row | {column: value for column, value in told.items() if value is not None}


def _score(referral: Referral, score: Score, contact: Contact | None, taken: set[tuple[int, str]]) -> Leaving:
    """Of an activity where it has one that holds no other score on the questionnaire, and else of the referral."""
    assert score.total is not None, "an incomplete score does not leave"
    said = {"CodedAssToolType": score.tool_code, "PersScore": score.as_sent or f"{score.total.normalize():f}"}
    activity = _activity_of(score, contact)
    if contact is not None and activity is not None and (activity.pk, score.tool_code) not in taken:
        taken.add((activity.pk, score.tool_code))
        identifier = _own(activity, "CareActId", activity.care_activity_id)
        return ACTIVITY_SCORE, month_named(contact.day), {"CareActId": identifier, **said}
    when = {"AssToolCompDate": score.day, "AssToolCompTime": score.time}
    own = {"ServiceRequestId": referral.service_request_id, **said, **when}
    return REFERRAL_SCORE, month_named(score.day), own


def _activity_of(score: Score, contact: Contact | None) -> Activity | None:
    if contact is None:
        return None
    activities = list(contact.activities.all())
    return next((one for one in activities if one.pk == score.activity_id), activities[0] if activities else None)


def _words(referral: Referral) -> Iterator[Leaving]:
    own = {"ServiceRequestId": referral.service_request_id}
    for goal in referral.goals.all():
        told = {**own, "GoalId": goal.goal_id, "GoalWording": from_field(goal.wording)}
        for rating in goal.ratings.all():
            yield GOAL, month_named(rating.day), {**told, **_row(rating, GOAL)}
    for one in referral.circumstances.all():
        yield LIFE_CIRCUMSTANCES, month_named(one.day), {**own, **_row(one, LIFE_CIRCUMSTANCES)}
