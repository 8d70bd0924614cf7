"""Who has not been seen for a while: time alone raises this signal, so the worker looks for it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from caseness.feedback.rules import read_rules
from caseness.feedback.signal import NOT_SEEN
from caseness.feedback.trajectory import TREATMENT
from caseness.web.attention.models import RaisedSignal
from caseness.web.attention.raising import look_again
from caseness.web.caseload.courses import ATTENDED, KINDS
from caseness.web.caseload.models import Contact, Referral, Score

_TREATS = tuple(code for code, kind in KINDS.items() if kind == TREATMENT)


def look_for_not_seen(now: datetime) -> int:
    """Look again at each open referral whose client has been away for as many days as is told, and is not told yet."""
    day = timezone.localdate(now)
    found = _overdue(day)
    for pk in found:
        look_again(Referral.objects.get(pk=pk), now=now)
    return len(found)


# Three queries, whatever the size of the service. Only who has to be looked at is looked at.
def _overdue(day: date) -> list[int]:
    usual, long = (timedelta(days=read_rules().whole(name)) for name in ("not_seen_days", "not_seen_long_days"))
    told = dict(_told().values_list("referral", "since"))
    found = []
    for pk, last in _last_seen(day).items():
        line = long if day - last >= long else usual
        if day - last >= usual and told.get(pk) != last + line:
            found.append(pk)
    return found


def _told() -> QuerySet[RaisedSignal]:
    return RaisedSignal.objects.filter(kind=NOT_SEEN, ended__isnull=True)


# Whoever was assessed and waits for treatment is on a waiting list, and is not missed.
def _last_seen(day: date) -> dict[int, date]:
    is_open = Q(referral__received__lte=day) & (Q(referral__ended__isnull=True) | Q(referral__ended__gt=day))
    kept = Contact.objects.filter(is_open, day__lte=day, attendance__in=ATTENDED).values("referral")
    treated = kept.annotate(last=Max("day"), treatments=Count("pk", filter=Q(appointment_type__in=_TREATS)))
    waiting = {one["referral"] for one in treated if not one["treatments"]}
    scored = Score.objects.filter(is_open, is_current=True, total__isnull=False, day__lte=day)
    seen: dict[int, date] = {one["referral"]: one["last"] for one in treated}
    for one in scored.exclude(instrument_id="").values("referral").annotate(last=Max("day")):
        seen[one["referral"]] = max(one["last"], seen.get(one["referral"], one["last"]))
    return {pk: last for pk, last in seen.items() if pk not in waiting}
