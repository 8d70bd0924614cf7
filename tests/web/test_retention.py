"""Records are erased when their retention is over, and not a day before; a legal hold keeps them; events stay."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from caseness.errors import BadRequest
from caseness.web.attention.models import Plan, RaisedSignal, RiskAlert
from caseness.web.caseload.models import Client, Contact, Referral, Score
from caseness.web.events.models import Event, Kind, record_event
from caseness.web.operation.retention import Due, count_due, erase, erase_due
from web.people import make_contact, make_course, make_member, make_referral, make_score, make_service
from web.running import run

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
YEARS = 8


@pytest.fixture
def service():
    return make_service()


def ended(service, day):
    return make_referral(service, received=date(2015, 1, 5), ended=day)


@pytest.mark.parametrize(("day", "is_due"), [(date(2018, 3, 19), 1), (date(2018, 3, 20), 0), (None, 0)])
def test_the_clock_runs_from_the_last_ending(service, day, is_due):
    ended(service, day)
    assert count_due(TODAY, YEARS).free == is_due


def test_an_open_referral_or_a_late_contact_keeps_the_record(service):
    opened, seen = ended(service, date(2016, 1, 1)), ended(service, date(2016, 1, 1))
    Referral.objects.create(service=service, client=opened.client, service_request_id="again", received=TODAY)
    make_contact(seen, date(2019, 1, 1))
    assert count_due(TODAY, YEARS).free == 0


def test_everything_of_the_client_goes_and_the_events_stay(service):
    gone, kept = ended(service, date(2016, 1, 1)), ended(service, date(2025, 1, 1))
    fill(gone)
    make_course(kept, [12], first=date(2024, 12, 1))
    key = gone.client.key
    record_event(Kind.READ, "client", service=service.key, by=None, client=key)
    assert erase_due(NOW, TODAY, YEARS) == 1
    assert list(Client.objects.all()) == [kept.client]
    assert [model.objects.count() for model in (Score, Contact, RaisedSignal, Plan, RiskAlert)] == [1, 1, 0, 0, 0]
    told = Event.objects.filter(client=key)
    assert {one.kind for one in told} == {Kind.READ, Kind.REMOVED}
    assert told.get(kind=Kind.REMOVED).details == {"why": "retention", "years": YEARS}


def fill(referral):
    """A course with a corrected score, a signal with a plan, and a risk alert: whatever protects a score."""
    user = make_member(referral.service).user
    make_course(referral, [18, 17], first=date(2015, 2, 1))
    wrong = Score.objects.filter(referral=referral).last()
    right = make_score(referral, wrong.day, 7)
    Score.objects.filter(pk=right.pk).update(replaces=wrong)
    now = timezone.now()
    signal = RaisedSignal.objects.create(
        referral=referral, kind="not_on_track", instrument_id="phq9", urgency="soon", since=wrong.day, raised=now,
        score=right, told={},
    )  # fmt: skip
    Plan.objects.create(
        signal=signal, made=now, made_by=user, domains={}, was_made_with_client=True, review_on=wrong.day
    )  # fmt: skip
    RiskAlert.objects.create(
        referral=referral, score=right, change="new", answer=1, fired=now, escalate_at=now, owner=None
    )  # fmt: skip


def test_a_legal_hold_refuses(service):
    held = ended(service, date(2016, 1, 1))
    Client.objects.filter(pk=held.client.pk).update(legal_hold="A claim")
    due = count_due(TODAY, YEARS)
    assert (due.free, due.held) == (0, 1)
    assert erase_due(NOW, TODAY, YEARS) == 0
    with pytest.raises(BadRequest, match="legal hold"):
        erase(held.client.pk, now=NOW, today=TODAY, years=YEARS)
    assert Client.objects.exists()


def test_what_is_not_due_is_refused(service):
    kept = ended(service, date(2025, 1, 1))
    with pytest.raises(BadRequest, match="not over"):
        erase(kept.client.pk, now=NOW, today=TODAY, years=YEARS)


def test_a_hold_is_set_and_taken_away_by_a_command_and_told(service):
    client = ended(service, date(2016, 1, 1)).client
    who = (client.local_patient_id, "--service", service.provider_code)
    assert run("retention", "hold", *who, "--reason", "A claim")[0] == 0
    assert count_due(TODAY, YEARS) == Due(free=0, held=1)
    assert run("retention", "release", *who, "--reason", "The claim is settled")[0] == 0
    assert count_due(TODAY, YEARS) == Due(free=1, held=0)
    told = Event.objects.filter(what="legal hold", client=client.key).order_by("pk")
    assert [one.details for one in told] == [
        {"fields": ["legal_hold"], "is_held": True},
        {"fields": ["legal_hold"], "is_held": False, "why": "The claim is settled"},
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hold", "nobody", "--reason", "A claim"), "No client of Northmoor"),
        (("hold", "P", "--reason", " "), "one to 200 letters"),
        (("hold", "P", "--reason", "x" * 201), "one to 200 letters"),
        (("release", "P", "--reason", "Settled"), "No legal hold stands"),
    ],
)
def test_a_hold_that_cannot_be_is_refused(service, words, said):
    Client.objects.filter(pk=ended(service, date(2016, 1, 1)).client.pk).update(local_patient_id="P")
    code, text = run("retention", *words)
    assert code == 44
    assert said in text
    assert not Event.objects.exists()
    assert Client.objects.get().legal_hold == ""
