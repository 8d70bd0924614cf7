"""What was entered of a course by mistake is struck out. It stays to be seen, and counts no longer."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from caseness.web.caseload.accepting import hold, require_text
from caseness.web.caseload.models import Circumstance, Contact, Goal, Medication, Note
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader

Struck = Goal | Circumstance | Medication | Note | Contact


@transaction.atomic
def strike_out(*, entered: Struck, by: Reader, entry: uuid.UUID, why: str, now: datetime) -> Struck:
    """Strike out what should not be here, with a reason. Nothing is deleted. The first who strikes it out counts.

    Raises
    ------
    NotAccepted
        If nobody says why, it was struck out already with another reason, or a score stands under the appointment.
    """
    held = hold(entered.referral)
    one = type(entered)._base_manager.get(pk=entered.pk)
    if one.struck:
        _require_reason(one, why)
        return one
    require_text(why, "why", "Write why it is struck out. It stays to be seen with this reason.")
    if isinstance(one, Contact):
        _require_no_score(one)
    one.struck, one.struck_by, one.why_struck = now, by.user, why.strip()
    one.save(update_fields=("struck", "struck_by", "why_struck"))
    what = str(one._meta.verbose_name)
    by.tell(Kind.REMOVED, what, client=held.client.key, key=one.key, form=str(entry), fields=["struck"])
    return one


# A score keeps the appointment at which it was filled in. Whoever takes it back first has said that it was a mistake too.
def _require_no_score(contact: Contact) -> None:
    if contact.scores.filter(is_current=True).exists():
        raise NotAccepted(
            "why",
            "A questionnaire was filled in at this appointment. Correct its day or take it back on the client's page, and "
            "then strike the appointment out.",
        )


def _require_reason(one: Struck, why: str) -> None:
    if one.why_struck != why.strip():
        raise NotAccepted(
            "why",
            "It was struck out already, with another reason. That reason stands: look at it on the client's page.",
        )
