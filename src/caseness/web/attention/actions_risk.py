"""What is done about a risk alert, and who covers for whom."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction

from caseness.web.attention.models import Cover, RiskAlert
from caseness.web.attention.risk_signals import answer_signals
from caseness.web.attention.scope import away_for, standing_in_for
from caseness.web.caseload.accepting import require_near, require_same, require_text
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader

_CLOSED = (
    "This alert was closed meanwhile, by {0.name}. What you wrote is not saved yet: send it once more, and it is added."
)


@transaction.atomic
def acknowledge_alert(*, alert: RiskAlert, by: Reader, now: datetime) -> RiskAlert:
    """Say that somebody looks after it: it is escalated no further. The first who says so counts."""
    held = RiskAlert.objects.select_for_update().get(pk=alert.pk)
    if held.acknowledged is None:
        held.acknowledged, held.acknowledged_by = now, by.user
        held.save(update_fields=("acknowledged", "acknowledged_by"))
        by.tell(Kind.ACKNOWLEDGED, "risk alert", client=held.referral.client.key, key=held.key)
    return held


@transaction.atomic
def close_alert(*, alert: RiskAlert, by: Reader, what_was_done: str, now: datetime) -> RiskAlert:
    """Say what was done. Nothing else closes an alert: no later answer, no correction, no ending.

    It acknowledges the signal of the same answer too (`risk_signals`): what was done is said once.

    Raises
    ------
    NotAccepted
        If nothing is said, or it was closed meanwhile: what was done is added then.
    """
    require_text(what_was_done, "what_was_done", "Write what was done. Nothing else closes an alert.")
    held = acknowledge_alert(alert=alert, by=by, now=now)
    if held.closed:
        raise NotAccepted("what_was_done", _CLOSED.format(held.closed_by))
    held.closed, held.closed_by, held.what_was_done = now, by.user, what_was_done.strip()
    held.save(update_fields=("closed", "closed_by", "what_was_done"))
    fields = ["closed", "what_was_done"]
    by.tell(Kind.CHANGED, "risk alert", client=held.referral.client.key, key=held.key, fields=fields)
    answer_signals(held, by, now)
    return held


@transaction.atomic
def add_account(*, alert: RiskAlert, by: Reader, entry: uuid.UUID, what_was_done: str, now: datetime) -> RiskAlert:
    """Say what else was done about an alert that was closed. What was said before stands.

    Raises
    ------
    NotAccepted
        If nothing is said, the alert is open, or the form was saved already with something else.
    """
    require_text(what_was_done, "what_was_done", "Write what was done.")
    held, said = RiskAlert.objects.select_for_update().get(pk=alert.pk), what_was_done.strip()
    if held.closed is None:
        raise NotAccepted("what_was_done", "This alert is open. Close it with what was done.")
    if saved := held.accounts.filter(key=entry).first():
        require_same(saved, "what_was_done", {"what_was_done": said, "by": by.user})
    elif not _closes(held, by, said):
        held.accounts.create(key=entry, by=by.user, written=now, what_was_done=said)
        by.tell(Kind.ADDED, "account of a risk alert", client=held.referral.client.key, key=entry, alert=str(held.key))
    return held


# A button that is pressed twice sends what closed the alert once more.
def _closes(alert: RiskAlert, by: Reader, said: str) -> bool:
    return alert.closed_by == by.user and alert.what_was_done == said


@transaction.atomic
def set_cover(*, by: Reader, away: Membership, stand_in: Membership, first: date, last: date) -> Cover:
    """Somebody answers for somebody who is away, and sees their clients, from a day to a day.

    Raises
    ------
    NotAccepted
        If the reader cannot set it for them, both are one person, or the days cannot be.
    """
    if not away_for(by).filter(pk=away.pk).exists():
        raise NotAccepted("away", "Choose somebody for whom you can set cover.")
    if not standing_in_for(by).filter(pk=stand_in.pk).exists():
        raise NotAccepted("stand_in", "Choose somebody who can stand in.")
    if away.user_id == stand_in.user_id:
        raise NotAccepted("stand_in", "Nobody stands in for themselves. Choose somebody else.")
    if last < first:
        raise NotAccepted("last", "The last day is not before the first.")
    if last < by.today:
        raise NotAccepted("last", "This cover is over already. Enter a day from today on.")
    require_near(last, by.today, "last")
    made, is_new = Cover.objects.get_or_create(away=away, by=stand_in, first=first, last=last)
    if is_new:
        by.tell(Kind.ADDED, "cover", away=str(away.key), covered_by=str(stand_in.key))
    return made


@transaction.atomic
def end_cover(*, by: Reader, cover: Cover) -> None:
    """Take a cover back: whoever stood in sees the clients no longer."""
    by.tell(Kind.REMOVED, "cover", away=str(cover.away.key), covered_by=str(cover.by.key))
    cover.delete()
