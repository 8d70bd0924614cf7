"""Events are only ever added, by a rule of the database."""

import pytest
from django.db import DatabaseError, transaction

from caseness.web.events.models import Event, Kind, record_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("attempt", [lambda: Event.objects.update(what="other"), lambda: Event.objects.all().delete()])
def test_an_event_is_neither_changed_nor_removed(attempt):
    record_event(Kind.READ, "client", service=None, by=None)
    with pytest.raises(DatabaseError, match="events are only added"), transaction.atomic():
        attempt()
    assert Event.objects.get().what == "client"
