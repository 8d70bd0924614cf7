"""The rows of a caseload, in a number of queries that does not grow with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from caseness.feedback.trajectory import TREATMENT
from caseness.web.attention.caseload_row import Row
from caseness.web.attention.due import due_of
from caseness.web.attention.held_signals import by_referral, signals_that_hold
from caseness.web.attention.problems import Recorded, foremost
from caseness.web.attention.standings import Standing, place_of, standing_of
from caseness.web.caseload.courses import ATTENDED, KINDS, session_days, session_scores
from caseness.web.caseload.models import Contact, Problem, Referral, Score
from caseness.web.caseload.models.client import name_of
from caseness.web.caseload.staff import Presence, presence_of

_FIELDS = (
    "pk", "key", "client__key", "client__given_name", "client__family_name", "client__local_patient_id", "received", "ended",
    "service", "therapist__user", "therapist__user__name", "team__name",
)  # fmt: skip
_ASKED_AT = tuple(KINDS)
_TREATMENT = tuple(code for code, kind in KINDS.items() if kind == TREATMENT)

Days = dict[str, date]


def rows_of(referrals: QuerySet[Referral], today: date, alerts: Sequence[int]) -> list[Row]:
    """The rows of some referrals, without what only a page of them shows.

    Parameters
    ----------
    referrals : as `caseload.scope` gave them to the reader, narrowed
    today : the day of the page
    alerts : the referral of each risk alert that waits
    """
    told = list(referrals.values(*_FIELDS))
    presence = presence_of((one["therapist__user"] for one in told if one["therapist__user"]), today)
    rows = [_row(one, presence, today) for one in told]
    keys = [row.pk for row in rows]
    contacts, problems, scores = _contacts(keys, today), _problems(keys), _last_scores(keys, today)
    signals, waiting = by_referral(signals_that_hold(keys)), Counter(alerts)
    return [
        replace(
            row,
            **contacts.get(row.pk, {}),
            last_score=max(scores[row.pk].values(), default=None),
            signals=signals.get(row.pk, ()),
            alerts=waiting[row.pk],
            due=due_of(foremost(problems[row.pk]), contacts.get(row.pk, {}).get("last_asked"), scores[row.pk]),
        )
        for row in rows
    ]


def with_standings(rows: Sequence[Row]) -> list[Row]:
    """The same rows with where each client stands on each questionnaire, and the time of the next appointment."""
    keys = [row.pk for row in rows]
    contacts: dict[int, list[Any]] = defaultdict(list)
    fields = ("referral_id", "day", "time", "attendance", "appointment_type")
    for one in Contact.objects.filter(referral_id__in=keys).values_list(*fields, named=True):
        contacts[one.referral_id].append(one)
    scores, clock = _scores(keys), _clock(rows[0].today) if rows else time.min
    return [
        replace(
            row,
            standings=_standings(scores[row.pk], [one for one in contacts[row.pk] if one.day <= row.today], row.today),
            next_time=min(
                (one.time for one in contacts[row.pk] if _is_next(one, row, clock) and one.time), default=None
            ),
        )
        for row in rows
    ]


def _row(found: dict[str, Any], presence: Presence, today: date) -> Row:
    whose = (found["service"], found["therapist__user"])
    identifier = found["client__local_patient_id"]
    return Row(
        pk=found["pk"],
        key=found["key"],
        client=found["client__key"],
        name=name_of(found["client__given_name"], found["client__family_name"], identifier),
        identifier=identifier,
        received=found["received"],
        ended=found["ended"],
        therapist=found["therapist__user__name"] or "",
        team=found["team__name"] or "",
        today=today,
        has_therapist=whose in presence.there,
        therapist_left=presence.left.get(whose),
    )


def _contacts(keys: Sequence[int], today: date) -> dict[int, dict[str, Any]]:
    attended, booked, clock = Q(attendance__in=ATTENDED, day__lte=today), Q(attendance=""), _clock(today)
    passed = Q(day=today, time__lt=clock)
    found = (
        Contact.objects.filter(referral_id__in=keys)
        .values("referral_id")
        .annotate(
            last_attended=Max("day", filter=attended),
            last_treated=Max("day", filter=attended & Q(appointment_type__in=_TREATMENT)),
            last_asked=Max("day", filter=attended & Q(appointment_type__in=_ASKED_AT)),
            next_day=Min(
                "day",
                filter=booked & Q(day__gte=today) & (Q(day__gt=today) | Q(time__isnull=True) | Q(time__gte=clock)),
            ),
            passed_time=Min("time", filter=booked & passed),
            not_recorded=Count("pk", filter=booked & Q(day__lt=today)),
        )
    )
    return {one.pop("referral_id"): one for one in found}


def _problems(keys: Sequence[int]) -> dict[int, list[Recorded]]:
    found: dict[int, list[Recorded]] = defaultdict(list)
    recorded = Problem.objects.filter(referral_id__in=keys).exclude(code="")
    for key, *rest in recorded.values_list("referral_id", *Recorded._fields):
        found[key].append(Recorded(*rest))
    return found


# One without a total is incomplete: it is none of a course, and the questionnaire is still due.
def _whole_scores(**asked: Any) -> QuerySet[Score]:
    return Score.objects.filter(is_current=True, total__isnull=False, **asked).exclude(instrument_id="")


def _last_scores(keys: Sequence[int], today: date) -> dict[int, Days]:
    found: dict[int, Days] = defaultdict(dict)
    of_ours = _whole_scores(referral_id__in=keys, day__lte=today)
    last = of_ours.order_by().values_list("referral_id", "instrument_id").annotate(last=Max("day"))
    for key, instrument_id, day in last:
        found[key][instrument_id] = day
    return found


def _scores(keys: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    fields = ("pk", "referral_id", "instrument_id", "day", "time", "total", "items")
    of_ours = _whole_scores(referral_id__in=keys)
    for one in of_ours.values_list(*fields, named=True):
        found[one.referral_id][one.instrument_id].append(one)
    return found


def _standings(scores: dict[str, list[Any]], seen: Sequence[Any], today: date) -> tuple[Standing, ...]:
    days = session_days(seen)
    held = ((name, [one for one in taken if one.day <= today]) for name, taken in scores.items())
    found = (standing_of(name, session_scores(taken, days)) for name, taken in held)
    return tuple(sorted(filter(None, found), key=lambda one: place_of(one.questionnaire.id)))


# The time of day on the wall: an appointment of today before it has begun. Of a page of another day none has.
def _clock(today: date) -> time:
    now = timezone.localtime()
    return now.time() if now.date() == today else time.min


def _is_next(contact: Any, row: Row, clock: time) -> bool:
    has_begun = contact.day == row.today and contact.time is not None and contact.time < clock
    return contact.day == row.next_day and not contact.attendance and not has_begun
