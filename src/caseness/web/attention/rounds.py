"""What the worker does again and again. Each round can be repeated, interrupted, and run by two workers at once.

A round gives how much it did. What it does to one thing stands in one transaction, so that a worker that is killed has done it
or has not. Mails are the exception: one that was sent and could not be marked is sent again. None is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from caseness.web.attention.away import look_for_not_seen
from caseness.web.attention.digest import write_digests
from caseness.web.attention.models import Message, RiskAlert
from caseness.web.attention.risk import step_up
from caseness.web.attention.signal_audit import count_signals

LOG = logging.getLogger(__name__)
# After this a worker that claimed a mail is taken for dead. Assumed: no server of mails takes as long to answer.
TAKEN_FOR_DEAD = timedelta(minutes=10)
# Digests are written from this hour of Monday on.
MORNING = time(7)


@dataclass(frozen=True)
class Round:
    """Something that the worker does, and how often. `run` takes the time, and gives how much was done."""

    name: str
    run: Callable[[datetime], int]
    every: timedelta


def escalate(now: datetime) -> int:
    """Give each risk alert that waited too long to the next in charge."""
    waits = RiskAlert.objects.filter(acknowledged__isnull=True, closed__isnull=True, escalate_at__lte=now)
    return sum(_escalate_one(pk, now) for pk in waits.values_list("pk", flat=True))


# What another worker holds is left to it. SQLite knows no such lock: there a transaction waits for the one before it.
def _escalate_one(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        held = RiskAlert.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        alert = held.filter(pk=pk, acknowledged__isnull=True, closed__isnull=True, escalate_at__lte=now).first()
        if alert:
            step_up(alert, now)
        return alert is not None


def digest(now: datetime) -> int:
    """The weekly digests, from Monday morning on. A worker that slept then writes them when it wakes in that week."""
    local = timezone.localtime(now)
    is_early = local.weekday() == 0 and local.time() < MORNING
    return 0 if is_early else write_digests(now)


def send(now: datetime) -> int:
    """Send what waits to be sent. A mail whose server refuses it is tried again later."""
    free = Q(claimed__isnull=True) | Q(claimed__lt=now - TAKEN_FOR_DEAD)
    waiting = Message.objects.filter(free, sent__isnull=True).order_by("pk").values_list("pk", flat=True)
    # One statement claims it: of two workers one changes the row.
    return sum(
        _send_one(pk, now)
        for pk in waiting
        if Message.objects.filter(free, pk=pk, sent__isnull=True).update(claimed=now)
    )


# No transaction stays open while a server of mails is waited for. A crash after sending and before marking sends twice.
def _send_one(pk: int, now: datetime) -> bool:
    message = Message.objects.select_related("to").get(pk=pk)
    try:
        send_mail(message.subject, message.text, None, [message.to.email])
    except (SMTPException, OSError) as problem:
        LOG.warning("A mail was not sent, and is tried again: %s", type(problem).__name__)
        return False
    Message.objects.filter(pk=pk).update(sent=now)
    return True


# In this order, so that what a round writes is sent in the same turn.
ROUNDS = (
    Round("escalate", escalate, timedelta(minutes=1)),
    Round("not-seen", look_for_not_seen, timedelta(hours=1)),
    Round("digest", digest, timedelta(hours=1)),
    Round("send", send, timedelta(minutes=1)),
    Round("signal-audit", count_signals, timedelta(hours=1)),
)
