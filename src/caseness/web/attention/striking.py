"""What is struck out, with what follows from it for the course."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from caseness.web.attention.raising import look_again
from caseness.web.caseload.models import Contact
from caseness.web.caseload.striking import Struck, strike_out
from caseness.web.services.reader import Reader


@transaction.atomic
def strike_entry(*, entered: Struck, by: Reader, entry: uuid.UUID, why: str, now: datetime) -> Struck:
    """Strike out what should not be here. Without an appointment a course is another, and its signals are looked at again."""
    struck = strike_out(entered=entered, by=by, entry=entry, why=why, now=now)
    if isinstance(struck, Contact):
        look_again(struck.referral, now=now, by=by, is_correction=True)
    return struck
