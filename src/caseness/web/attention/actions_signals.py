"""What is done about a signal: seen, talked over, planned for, and looked at again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from caseness.web.attention.clinical_support import DOMAINS, OUTCOMES
from caseness.web.attention.models import Plan, RaisedSignal, RiskAlert
from caseness.web.caseload.accepting import require_near, require_same
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader


@transaction.atomic
def acknowledge_signal(
    *, signal: RaisedSignal, by: Reader, now: datetime, alert: RiskAlert | None = None
) -> RaisedSignal:
    """Say that somebody has seen it, or answered it with a risk alert. The first who says so counts."""
    held = RaisedSignal.objects.select_for_update().get(pk=signal.pk)
    if held.acknowledged is None:
        held.acknowledged, held.acknowledged_by, held.answered_with = now, by.user, alert
        held.save(update_fields=("acknowledged", "acknowledged_by", "answered_with"))
        details = {"with_alert": str(alert.key)} if alert else {}
        by.tell(Kind.ACKNOWLEDGED, "signal", client=held.referral.client.key, key=held.key, **details)
    return held


@transaction.atomic
def make_plan(
    *,
    signal: RaisedSignal,
    by: Reader,
    entry: uuid.UUID,
    domains: Mapping[str, str],
    was_made_with_client: bool,
    review_on: date,
    now: datetime,
) -> Plan:
    """What was agreed after a signal. It acknowledges the signal too.

    Raises
    ------
    NotAccepted
        If nothing is written in any domain, the review is not after today, or years away, or the form was saved already
        with something else.
    """
    held = acknowledge_signal(signal=signal, by=by, now=now)
    told = {one.id: text for one in DOMAINS if (text := domains.get(one.id, "").strip())}
    given = {"domains": told, "review_on": review_on, "was_made_with_client": was_made_with_client}
    if saved := Plan.objects.filter(key=entry, signal=held).first():
        require_same(saved, "review_on", given)
        return saved
    if not told:
        raise NotAccepted(DOMAINS[0].id, "Write in at least one of the five what was talked over or agreed.")
    _require_later(review_on, by.today)
    plan = Plan.objects.create(key=entry, signal=held, made=now, made_by=by.user, **given)
    by.tell(Kind.ADDED, "plan", client=held.referral.client.key, key=plan.key, domains=sorted(told))
    return plan


@transaction.atomic
def review_plan(*, plan: Plan, by: Reader, what_happened: str, now: datetime, note: str = "") -> Plan:
    """What happened after a plan. It is said once, so that what signals led to can be counted."""
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.reviewed:
        raise NotAccepted("what_happened", "This plan was reviewed already. Make another plan if there is more to do.")
    if what_happened not in dict(OUTCOMES):
        raise NotAccepted("what_happened", "Choose what happened next.")
    held.reviewed, held.reviewed_by = now, by.user
    held.what_happened, held.review_note = what_happened, note.strip()
    held.save(update_fields=("reviewed", "reviewed_by", "what_happened", "review_note"))
    by.tell(Kind.CHANGED, "plan", client=held.signal.referral.client.key, key=held.key, fields=["what_happened"])
    return held


def _require_later(day: date, today: date) -> None:
    if day <= today:
        raise NotAccepted("review_on", "Choose a day after today on which to look at it again.")
    require_near(day, today, "review_on")
