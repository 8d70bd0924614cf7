"""Mails that wait to be sent. None names a client: each says that there is something to look at, and where."""

from __future__ import annotations

from datetime import datetime

from caseness.web.attention.models import Message
from caseness.web.services.models import Membership


def write_message(*, to: Membership, about: str, subject: str, text: str, now: datetime) -> bool:
    """Put a mail among those to be sent. One about the same thing is written once, whoever else writes it at the time.

    Gives whether it was written now.
    """
    given = {"to": to.user, "subject": subject, "text": text, "written": now}
    _, is_new = Message.objects.get_or_create(about=about, defaults=given)
    return is_new
