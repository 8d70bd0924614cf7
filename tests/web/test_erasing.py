"""When a client is erased, no row and no word of theirs stays in any table, whichever app it belongs to. Events keep keys."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from caseness.web.attention.actions_signals import make_plan
from caseness.web.attention.actions_work import close_referral, take_back_end
from caseness.web.attention.models import Message
from caseness.web.attention.rounds import digest, escalate
from caseness.web.attention.signal_audit import count_signals
from caseness.web.caseload.models import Client, Contact, KeptRow, Note, Referral
from caseness.web.events.models import Event, Kind
from caseness.web.exchange.importing import import_record
from caseness.web.operation.erasing import links_to, rows_of
from caseness.web.operation.retention import erase
from caseness.web.services.roles import Role
from web.acting import at, correct, make_open_referral, phq9_with_risk, save
from web.made_records import PROVIDER, records
from web.made_world import build_world, hangs_on_a_client, models_of_ours
from web.people import TODAY, make_contact, make_member, make_service, make_team, reader_for

__all__ = ["records"]
pytestmark = pytest.mark.django_db
LATER = date(2040, 1, 2)
NOW = datetime(2040, 1, 2, 9, tzinfo=UTC)
YEARS = 8
WORD = "Zyxwv"


def end_all(client):
    """As long ago as it has to be."""
    Referral.objects.filter(client=client).update(ended=date(2026, 3, 21))
    Contact.objects.filter(referral__client=client, day__gte=date(2030, 1, 1)).update(day=date(2026, 3, 21))


def erase_now(client):
    end_all(client)
    assert erase(client.pk, now=NOW, today=LATER, years=YEARS)


def tables_with(*words):
    """The tables in which any of these words stands anywhere, in any spelling of a row."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = repr(cursor.fetchall())
            found[table] = [word for word in words if word in text]
    return {table: held for table, held in found.items() if held}


@pytest.fixture
def world():
    """One object of every model of the application, all that hang on a client on one."""
    therapist = make_member(make_service(), Role.THERAPIST)
    therapist.team = make_team(therapist.service)
    therapist.save()
    return build_world(therapist, WORD)


def test_no_row_that_leads_to_a_client_stays_in_any_model(world):
    of_client = {model: [one.pk for one in made] for model, made in world.items() if hangs_on_a_client(model)}
    assert {Client, Referral, Note, KeptRow} <= set(of_client)
    assert all(of_client.values())
    others = {model: model._base_manager.count() for model in world if model not in of_client}
    erase_now(world[Client][0])
    assert not [model for model, keys in of_client.items() if model._base_manager.filter(pk__in=keys).exists()]
    assert {model: model._base_manager.count() for model in others} == others


def test_every_model_that_leads_to_a_client_is_followed(world):
    """Those of other packages too, and the tables between many and many."""
    followed = set(rows_of(world[Client][0]))
    assert followed == {model for model in models_of_ours() if hangs_on_a_client(model)}
    reached, new = set(), {Client}
    while new:
        reached |= new
        new = {link.model for model in new for link in links_to(model)} - reached
    assert reached == followed
    assert reached <= set(apps.get_models(include_auto_created=True))


@pytest.fixture
def referral(monkeypatch):
    """A course with whatever the application does of it by itself, and what is read of it: every text is one word and no other's."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(TODAY))
    referral = make_open_referral()
    Client.objects.filter(pk=referral.client.pk).update(
        given_name=f"{WORD}given", family_name=f"{WORD}family", local_patient_id=f"{WORD}id", nhs_number="9434765919"
    )
    Referral.objects.filter(pk=referral.pk).update(service_request_id=f"{WORD}request")
    return Referral.objects.get(pk=referral.pk)


def write_everywhere(referral, by):
    """Words of the client, wherever somebody can write one."""
    make_contact(referral, TODAY)
    save(referral, 12, TODAY - timedelta(days=7))
    score = save(referral, None, items=phq9_with_risk(2, others=3))
    correct(score, None, f"{WORD} why", today=TODAY, items=phq9_with_risk(3, others=3))
    signal = referral.signals.first()
    make_plan(
        signal=signal, by=by, entry=uuid.uuid4(), domains={"risk": f"{WORD} plan"}, was_made_with_client=True,
        review_on=TODAY + timedelta(days=7), now=at(TODAY),
    )  # fmt: skip
    referral.notes.create(day=TODAY, text=f"{WORD} note")
    referral.goals.create(day=TODAY, wording=f"{WORD} goal", goal_id="G1")
    referral.circumstances.create(day=TODAY, kind="debt", note=f"{WORD} debt")
    referral.medication.create(day=TODAY, name=f"{WORD} medicine")
    close_referral(referral=referral, by=by, ended=TODAY, end_code="46", now=at(TODAY))
    take_back_end(referral=referral, by=by, entry=uuid.uuid4(), why=f"{WORD} slip", now=at(TODAY))


def look_everywhere(referral, client):
    """Read the pages, and send forms that are refused: sessions, messages and events may tell of it."""
    client.force_login(referral.therapist.user)
    for name in ("client", "client-together", "score-add", "note-add"):
        client.get(reverse(name, args=(referral.key,)))
    client.get(reverse("caseload"), {"words": WORD})
    client.post(reverse("note-add", args=(referral.key,)), {"entry": uuid.uuid4(), "text": f"{WORD} x", "day": "never"})
    sent = {"entry": uuid.uuid4(), "text": f"{WORD} y", "day": str(TODAY)}
    assert client.post(reverse("note-add", args=(referral.key,)), sent).status_code == 302
    client.get(f"/clients/{WORD}")


def test_no_word_of_the_client_stays_in_any_table(referral, client):
    make_member(referral.service, Role.SUPERVISOR, referral.team)
    write_everywhere(referral, reader_for(referral.therapist))
    look_everywhere(referral, client)
    for worker_round in (escalate, digest, count_signals):
        worker_round(at(TODAY + timedelta(days=5)))
    assert Message.objects.exists()
    words = (WORD, "9434765919")
    assert len(tables_with(*words)) > 8
    key = referral.client.key
    erase_now(referral.client)
    assert tables_with(*words) == {}
    told = Event.objects.filter(client=key)
    assert told.filter(kind=Kind.REMOVED, what="client").count() == 1
    assert told.count() > 5


def test_what_was_kept_of_an_imported_client_goes_and_no_other_clients(records):
    service = make_service("Made up", PROVIDER)
    import_record(checked=records.begun, service=service, by=None, now=NOW, then_look=False)
    client = Client.objects.filter(kept_rows__isnull=False, referrals__isnull=False).distinct().first()
    requests = list(client.referrals.values_list("service_request_id", flat=True))
    words = [f"'{one}'" for one in (client.local_patient_id, *requests)] + [f'"{client.local_patient_id}"', *requests]
    others = KeptRow.objects.exclude(client=client).count()
    assert "caseload_keptrow" in tables_with(*words)
    erase_now(client)
    assert tables_with(*words) == {}
    assert KeptRow.objects.count() == others
