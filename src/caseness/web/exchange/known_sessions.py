"""The sessions that are here of some clients, as a sheet is laid beside them: their rows, and the scores of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from caseness.read.practice import KnownScore, KnownSession, plain_score
from caseness.web.caseload.models import Activity, Contact, Score
from caseness.web.exchange.cells import from_field, to_plain
from caseness.web.exchange.shapes import ACTIVITY, CONTACT, SHAPES
from caseness.web.services.models import Service

Scores = Mapping[str, KnownScore]


@dataclass(frozen=True)
class KnownSessions:
    """Sessions by the row of their referral, and scores that were typed without one, by the referral and the day."""

    sessions: Mapping[int, list[KnownSession]] = field(default_factory=dict)
    typed: Mapping[int, Mapping[date, Scores]] = field(default_factory=dict)


def known_sessions(service: Service, clients: Collection[str]) -> KnownSessions:
    """The sessions of some clients, by their codes."""
    of = {"referral__service": service, "referral__client__local_patient_id__in": clients}
    by_contact: dict[int, list[Score]] = {}
    by_day: dict[tuple[int, date], list[Score]] = {}
    for score in Score.objects.filter(**of).order_by("pk"):
        if score.contact_id is not None:
            by_contact.setdefault(score.contact_id, []).append(score)
        else:
            by_day.setdefault((score.referral_id, score.day), []).append(score)
    sessions: dict[int, list[KnownSession]] = {}
    for contact in Contact.objects.filter(**of).prefetch_related("activities"):
        found = _session(contact, _scores(by_contact.get(contact.pk, [])))
        sessions.setdefault(contact.referral_id, []).append(found)
    typed: dict[int, dict[date, Scores]] = {}
    for (referral, day), scores in by_day.items():
        typed.setdefault(referral, {})[day] = {tool: one for tool, one in _scores(scores).items() if not one.was_read}
    return KnownSessions(sessions, typed)


def _session(contact: Contact, scores: Scores) -> KnownSession:
    first = min(contact.activities.all(), key=lambda one: one.pk, default=None)
    activity = _cells(first, ACTIVITY) if first else None
    return KnownSession(
        contact.care_contact_id, contact.day, contact.attendance, scores, _cells(contact, CONTACT), activity
    )


def _cells(instance: Contact | Activity, table_id: str) -> dict[str, str]:
    cells = ((column, from_field(getattr(instance, name))) for column, name in SHAPES[table_id].fields.items())
    told = {column: to_plain(value) for column, value in cells if value is not None}
    return {column: str(value) for column, value in {**instance.other_columns, **told}.items() if value is not None}


def _scores(scores: Iterable[Score]) -> dict[str, KnownScore]:
    of: dict[str, list[Score]] = {}
    for one in scores:
        of.setdefault(one.tool_code, []).append(one)
    return {tool: _score(found) for tool, found in of.items()}


# What was corrected or taken back here stands, as long as a sheet says nothing new.
def _score(found: list[Score]) -> KnownScore:
    counting = [_plain(one) for one in found if one.is_current]
    return KnownScore(
        counting[-1] if counting else None, frozenset(map(_plain, found)), any(one.as_sent for one in found)
    )


def _plain(score: Score) -> str:
    return "" if score.total is None else plain_score(str(score.total))
