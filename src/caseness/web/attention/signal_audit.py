"""What became of the signals of a service, by their kinds: figures that are let out for the service's own use, and stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from caseness.disclosure import OWN_USE, release
from caseness.results import COMPUTED, Results, Selection
from caseness.web.attention.clinical_support import OUTCOMES
from caseness.web.attention.models import Plan, RaisedSignal, SignalAudit
from caseness.web.services.models import Service

# Over how long signals are counted, and in how many days an acknowledgement counts as timely. Both are assumed.
YEAR, TIMELY = timedelta(days=365), timedelta(days=7)
AGAIN_AFTER = timedelta(hours=20)
RAISED, ACKNOWLEDGED, IN_TIME, NEVER_HELD, PLANNED, WITH_CLIENT, REVIEWED = (
    "signals_raised", "signals_acknowledged", "signals_acknowledged_in_time", "signals_that_never_held",
    "signals_with_a_plan", "signals_with_a_plan_made_together", "signals_with_a_review",
)  # fmt: skip
FIGURES = (RAISED, ACKNOWLEDGED, IN_TIME, NEVER_HELD, PLANNED, WITH_CLIENT, REVIEWED)
_BY_KIND, _BY_OUTCOME = "signal", "what happened next"


def count_signals(now: datetime) -> int:
    """Count for each service that was not counted today. Gives for how many."""
    recent = SignalAudit.objects.filter(counted__gt=now - AGAIN_AFTER).values("service")
    services = list(Service.objects.exclude(pk__in=recent))
    for service in services:
        content = audit_of(service, now)
        SignalAudit.objects.update_or_create(service=service, defaults={"counted": now, "content": content})
    return len(services)


def audit_of(service: Service, now: datetime) -> dict[str, Any]:
    """The figures of the last year as they may be shown in the service, with the words of the policy that let them out."""
    day = timezone.localdate(now)
    first = day - YEAR
    signals = _signals(service, now)
    counted = Counter(figure for one in signals for figure in _figures_of(one))
    names = {one["kind"]: one["told"]["title"] for one in signals}
    rows = [
        _row(service, first, day, figure, kind, outcome, count) for (figure, kind, outcome), count in counted.items()
    ]
    shown = release(Results.from_rows(rows), OWN_USE).select(Selection()).to_arrow().to_pylist()
    return {
        "first": str(first),
        "last": str(day),
        "policy": OWN_USE.id,
        "notice": OWN_USE.notice,
        "made_up": service.is_made_up,
        "timely_days": TIMELY.days,
        "kinds": [_kind(kind, names[kind], shown) for kind in sorted(names, key=lambda one: names[one])],
    }


def _signals(service: Service, now: datetime) -> list[dict[str, Any]]:
    found = RaisedSignal.objects.filter(referral__service=service, raised__gt=now - YEAR, raised__lte=now)
    plans = Plan.objects.filter(signal=OuterRef("pk"))
    told = found.annotate(
        planned=Exists(plans),
        with_client=Exists(plans.filter(was_made_with_client=True)),
        happened=Subquery(_last(plans)),
    )
    fields = ("kind", "told", "raised", "acknowledged", "why_ended", "planned", "with_client", "happened")
    return list(told.values(*fields))


# Of several reviews of one signal the last counts.
def _last(plans: QuerySet[Plan]) -> Any:
    from_last = plans.filter(reviewed__isnull=False).order_by("-reviewed", "-pk")
    return from_last.values("what_happened")[:1]


def _figures_of(one: dict[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    held = {
        RAISED: True,
        ACKNOWLEDGED: one["acknowledged"] is not None,
        IN_TIME: one["acknowledged"] is not None and one["acknowledged"] - one["raised"] <= TIMELY,
        NEVER_HELD: one["why_ended"] == RaisedSignal.NEVER_HELD,
        PLANNED: one["planned"],
        WITH_CLIENT: one["with_client"],
        REVIEWED: bool(one["happened"]),
    }
    yield from ((figure, one["kind"], None) for figure, is_so in held.items() if is_so)
    if one["happened"]:
        yield REVIEWED, one["kind"], one["happened"]


def _row(
    service: Service, first: date, last: date, figure: str, kind: str, outcome: str | None, count: int
) -> dict[str, object]:
    return {
        "figure_id": figure, "statistic": "count", "period_start": first, "period_end": last, "level": "provider",
        "organisation": service.provider_code, "split_1": _BY_KIND, "group_1": kind,
        "split_2": _BY_OUTCOME if outcome else None, "group_2": outcome, "value": float(count), "low": float(count),
        "high": float(count), "basis": COMPUTED, "source": "signals of the practice application",
    }  # fmt: skip


def _kind(kind: str, name: str, shown: Iterable[dict[str, Any]]) -> dict[str, Any]:
    of_kind = {(row["figure_id"], row["group_2"]): _count(row) for row in shown if row["group_1"] == kind}
    return {
        "kind": kind,
        "title": name,
        "figures": {figure: of_kind.get((figure, None), 0) for figure in FIGURES},
        "happened": {outcome: of_kind.get((REVIEWED, outcome), 0) for outcome, _ in OUTCOMES},
    }


def _count(row: dict[str, Any]) -> int | None:
    return None if row["value"] is None else int(row["value"])
