"""What was entered of a course by mistake is struck out. It stays to be seen, and counts no longer."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from caseness.web.caseload.accepting import hold, require_text
from caseness.web.caseload.models import Circumstance, Goal, Medication, Note
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader

Struck = Goal | Circumstance | Medication | Note


@transaction.atomic
def strike_out(*, entered: Struck, by: Reader, entry: uuid.UUID, why: str, now: datetime) -> Struck:
    """Strike out what should not be here, with a reason. Nothing is deleted. The first who strikes it out counts.

    Raises
    ------
    NotAccepted
        If nobody says why, or it was struck out already with another reason.
    """
    held = hold(entered.referral)
    one = type(entered).objects.get(pk=entered.pk)
    if one.struck:
        _require_reason(one, why)
        return one
    require_text(why, "why", "Write why it is struck out. It stays to be seen with this reason.")
    one.struck, one.struck_by, one.why_struck = now, by.user, why.strip()
    one.save(update_fields=("struck", "struck_by", "why_struck"))
    what = str(one._meta.verbose_name)
    by.tell(Kind.REMOVED, what, client=held.client.key, key=one.key, form=str(entry), fields=["struck"])
    return one


def _require_reason(one: Struck, why: str) -> None:
    if one.why_struck != why.strip():
        raise NotAccepted(
            "why",
            "It was struck out already, with another reason. That reason stands: look at it on the client's page.",
        )
