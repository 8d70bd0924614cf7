"""Events are only ever added, by a rule of the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from caseness.web.events.models import Event, Kind, record_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("attempt", [lambda: Event.objects.update(what="other"), lambda: Event.objects.all().delete()])
def test_an_event_is_neither_changed_nor_removed(attempt):
    record_event(Kind.READ, "client", service=None, by=None)
    with pytest.raises(DatabaseError, match="events are only added"), transaction.atomic():
        attempt()
    assert Event.objects.get().what == "client"


# PostgreSQL knows no word that replaces a row.
WORDS = ["INSERT OR REPLACE", "REPLACE", "INSERT"] if connection.vendor == "sqlite" else ["INSERT"]


@pytest.mark.parametrize("word", WORDS)
def test_an_event_is_not_replaced(word):
    record_event(Kind.READ, "client", service=None, by=None)
    told = f"{word} INTO events_event (id, at, kind, what, details) SELECT id, at, kind, 'other', details FROM events_event"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(told)
    assert Event.objects.get().what == "client"
    record_event(Kind.READ, "referral", service=None, by=None)
    assert Event.objects.count() == 2
