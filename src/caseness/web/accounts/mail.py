"""Mails to staff. None names a client."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage


def identify(mail: EmailMessage) -> EmailMessage:
    """Give the mail an identifier that says nothing of this machine: by itself, Python would write its name in."""
    mail.extra_headers["Message-ID"] = f"<{uuid4()}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
    return mail


def send_mail(to: str, subject: str, text: str) -> None:
    """Send one mail now."""
    identify(EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to])).send()
