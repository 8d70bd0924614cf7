"""Scores: entered, corrected with trace, or taken back. A row that is there is never written over."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from django.db import transaction

from caseness.instruments import instruments
from caseness.instruments.tool_codes import tool_code
from caseness.web.caseload.accepting import hold, require_day, require_same, require_text
from caseness.web.caseload.courses import ATTENDED
from caseness.web.caseload.models import Contact, Referral, Score
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.caseload.sheets import Answered, total_of
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader

_CENT = Decimal("0.01")
IS_ANOTHER = "is_another"


@transaction.atomic
def record_scores(
    *,
    referral: Referral,
    by: Reader,
    entry: uuid.UUID,
    day: date,
    answered: Sequence[Answered],
    at: time | None = None,
    is_another: bool = False,
) -> list[Score]:
    """The questionnaires of a session, all or none. The same form, sent twice or by two at once, counts once.

    Raises
    ------
    NotAccepted
        If the day or a total cannot be, nothing was entered, the form was saved already with other answers, or a
        questionnaire of that day is there already and nobody said that it was filled in twice.
    """
    held = hold(referral)
    if saved := _saved_before(held, entry, day, answered):
        return saved
    if not answered:
        raise NotAccepted("day", "Nothing was entered. Enter at least one questionnaire.")
    require_day(held, day, by.today)
    if not is_another:
        _require_none_of_that_day(held, day, answered)
    contact = _contact_of(held, day)
    made = [_make(held, one, day, at, by, uuid.uuid5(entry, one.instrument_id), contact) for one in answered]
    for score in made:
        by.tell(Kind.ADDED, "score", client=held.client.key, key=score.key)
    return made


@transaction.atomic
def correct_score(
    *, score: Score, by: Reader, entry: uuid.UUID, day: date, answered: Answered, why: str, at: time | None = None
) -> Score:
    """A new score in the place of one that was entered wrongly. The old one stays, and counts no longer.

    Raises
    ------
    NotAccepted
        If nobody says why, it was corrected before, the day or total cannot be, or the form was saved already with
        something else.
    """
    held = hold(score.referral)
    if saved := Score.objects.filter(entry=entry, replaces=score).first():
        given = {"day": day, "time": at, "total": _decimal(total_of(answered)), "items": list(answered.items)}
        require_same(saved, "why", {**given, "why_corrected": why.strip()})
        return saved
    require_text(why, "why", "Write why it is corrected. The old score stays to be seen with this reason.")
    require_day(held, day, by.today)
    old = _retire(score)
    contact = old.contact if old.day == day else _contact_of(held, day)
    made = _make(held, answered, day, at, by, entry, contact, replaces=old, why_corrected=why.strip())
    by.tell(Kind.CORRECTED, "score", client=held.client.key, key=made.key, replaces=str(old.key))
    return made


@transaction.atomic
def withdraw_score(*, score: Score, by: Reader, entry: uuid.UUID, why: str) -> Score:
    """Take back a score that should not be here, such as another client's. It stays to be seen, and counts no longer.

    The trace is a row that replaces the old one and is not current itself.
    """
    held = hold(score.referral)
    if saved := Score.objects.filter(entry=entry, replaces=score).first():
        require_same(saved, "why", {"why_corrected": why.strip()})
        return saved
    require_text(why, "why", "Write why it is taken back. The score stays to be seen with this reason.")
    old = _retire(score)
    kept = ("day", "time", "instrument_id", "tool_code", "total", "items", "contact", "activity")
    made = Score.objects.create(
        referral=held, entered_by=by.user, entry=entry, replaces=old, why_corrected=why.strip(), is_current=False,
        **{name: getattr(old, name) for name in kept},
    )  # fmt: skip
    by.tell(Kind.REMOVED, "score", client=held.client.key, key=old.key)
    return made


def _make(
    referral: Referral, answered: Answered, day: date, at: time | None, by: Reader, entry: uuid.UUID,
    contact: Contact | None, **more: object,
) -> Score:  # fmt: skip
    activity = contact.activities.order_by("pk").first() if contact else None
    return Score.objects.create(
        referral=referral, contact=contact, activity=activity, day=day, time=at, instrument_id=answered.instrument_id,
        tool_code=tool_code(answered.questionnaire), total=_decimal(total_of(answered)), items=list(answered.items),
        entered_by=by.user, entry=entry, **more,
    )  # fmt: skip


def _decimal(total: float | None) -> Decimal | None:
    return None if total is None else Decimal(str(total)).quantize(_CENT)


# All that one form has saved: its scores are named by the form and the questionnaire.
def _saved_before(referral: Referral, entry: uuid.UUID, day: date, answered: Sequence[Answered]) -> list[Score]:
    names = [uuid.uuid5(entry, one.id) for one in instruments()]
    saved = list(Score.objects.filter(entry__in=names).order_by("pk"))
    if not saved:
        return []
    told = {(one.instrument_id, one.total, tuple(one.items), one.day, one.referral_id) for one in saved}
    sent = {(one.instrument_id, _decimal(total_of(one)), tuple(one.items), day, referral.pk) for one in answered}
    if told != sent:
        raise NotAccepted(
            "day",
            "This form was saved already, with other answers. What was saved stands. Open the client's page, and correct it there.",
        )
    return saved


def _require_none_of_that_day(referral: Referral, day: date, answered: Sequence[Answered]) -> None:
    names = [one.instrument_id for one in answered]
    found = referral.scores.filter(is_current=True, day=day, instrument_id__in=names).order_by("pk")
    there = ", ".join(dict.fromkeys(answered[names.index(one.instrument_id)].questionnaire.short_name for one in found))
    if there:
        raise NotAccepted(
            IS_ANOTHER,
            f"{there} of {day:%-d %B %Y} is there already. If it was filled in twice on that day, say so here. If the one that is there is wrong, correct it instead.",
        )


# What was filled in on the day of an appointment that was kept belongs to it.
def _contact_of(referral: Referral, day: date) -> Contact | None:
    return referral.contacts.filter(day=day, attendance__in=ATTENDED).order_by("time", "pk").first()


def _retire(score: Score) -> Score:
    old = Score.objects.select_for_update().get(pk=score.pk)
    if not old.is_current:
        raise NotAccepted(
            "why",
            "This score was corrected or taken back already. Open the client's page, and look at the one that counts.",
        )
    old.is_current = False
    old.save(update_fields=("is_current",))
    return old
