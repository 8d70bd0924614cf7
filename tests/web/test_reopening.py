"""A referral that was ended wrongly is opened again: with a reason, with trace, and as if it had not ended."""

import csv
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from caseness.web.attention.actions_work import close_referral, take_back_end
from caseness.web.caseload.models import Referral, Reopening
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Event, Kind
from caseness.web.exchange.exporting import export_record
from caseness.web.exchange.importing import import_record
from caseness.web.services.roles import Role
from web.acting import NOW, make_open_referral, raised, save
from web.made_records import PROVIDER, records
from web.people import TODAY, make_contact, make_member, make_referral, make_service, reader_for

__all__ = ["records"]
pytestmark = pytest.mark.django_db
CODE, REASON = "46", "Mutually agreed completion of treatment"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """The clock of requests stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def referral():
    return end(make_open_referral(None, [12, 19], TODAY - timedelta(days=9)))


def end(referral, day=TODAY):
    by = reader_for(referral.therapist)
    return close_referral(referral=referral, by=by, ended=day, end_code=CODE, now=NOW)


def reopen(referral, why="Another client was meant", by=None, entry=None):
    by, entry = by or reader_for(referral.therapist), entry or uuid.uuid4()
    made = take_back_end(referral=referral, by=by, entry=entry, why=why, now=NOW)
    referral.refresh_from_db()
    return made


def test_the_end_is_kept_with_who_took_it_back_and_why(referral):
    made = reopen(referral)
    assert (referral.ended, referral.end_code) == (None, "")
    assert (made.ended, made.end_code, made.by) == (TODAY, CODE, referral.therapist.user)
    assert (made.why, made.reopened) == ("Another client was meant", NOW)
    told = Event.objects.get(kind=Kind.CORRECTED)
    assert (told.what, told.key, told.client) == ("referral", referral.key, referral.client.key)
    assert told.details == {"fields": ["end_code", "ended"], "reopening": str(made.key)}


def test_a_referral_may_end_and_be_opened_again_more_than_once(referral):
    reopen(referral)
    end(referral)
    reopen(referral, "Once more")
    assert [one.why for one in referral.reopenings.all()] == ["Once more", "Another client was meant"]


def test_what_held_before_the_end_holds_again_and_is_one_signal():
    referral = make_open_referral()
    for week, total in enumerate((12, 19)):
        day = TODAY - timedelta(weeks=1 - week)
        make_contact(referral, day)
        save(referral, total, day, today=day)
    before = raised(referral)
    assert [one[3] for one in before] == ["holds"]
    reopen(end(referral))
    assert raised(referral) == before


def test_what_happened_after_the_day_of_the_end_can_be_entered_once_it_is_open(referral):
    Referral.objects.filter(pk=referral.pk).update(ended=TODAY - timedelta(days=1))
    with pytest.raises(NotAccepted, match="The referral ended on 19 March 2026"):
        save(referral, 11)
    reopen(referral)
    assert save(referral, 11).day == TODAY


def test_one_that_is_open_or_without_a_reason_is_refused(referral):
    with pytest.raises(NotAccepted, match="Write why it is opened again"):
        reopen(referral, " ")
    reopen(referral)
    with pytest.raises(NotAccepted, match="The referral is open"):
        reopen(referral)
    assert Reopening.objects.count() == 1


def add_referral(client, received, ended=None):
    number = uuid.uuid4().hex[:12]
    return Referral.objects.create(
        service=client.service, client=client, service_request_id=number, received=received, ended=ended
    )


def test_a_newer_referral_that_is_open_keeps_it_closed(referral):
    newer = add_referral(referral.client, referral.received)
    with pytest.raises(NotAccepted, match="A newer referral of this client is open"):
        reopen(referral)
    assert not Event.objects.filter(kind=Kind.CORRECTED).exists()
    Referral.objects.filter(pk=newer.pk).update(ended=TODAY)
    add_referral(referral.client, referral.received - timedelta(days=1))
    assert reopen(referral)


def test_the_same_form_sent_twice_opens_once(referral, client):
    client.force_login(referral.therapist.user)
    address = reverse("referral-reopen", args=(referral.key,))
    sent = {"entry": uuid.uuid4(), "why": "A slip"}
    answers = [client.post(address, sent) for _ in range(2)]
    assert [one.url for one in answers] == [reverse("client", args=(referral.key,))] * 2
    assert Reopening.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "is_of_team", "status"),
    [
        (Role.SERVICE_LEAD, False, 302),
        (Role.SUPERVISOR, True, 302),
        (Role.SUPERVISOR, False, 404),
        (Role.THERAPIST, True, 404),
        (Role.ADMINISTRATOR, False, 403),
        (Role.ANALYST, False, 403),
    ],
)
def test_who_may_open_it(referral, client, role, is_of_team, status):
    member = make_member(referral.service, role, referral.team if is_of_team else None)
    client.force_login(member.user)
    answer = client.post(reverse("referral-reopen", args=(referral.key,)), {"entry": uuid.uuid4(), "why": "A slip"})
    assert answer.status_code == status
    assert Reopening.objects.exists() == (status == 302)


def test_the_page_of_the_client_offers_it_and_shows_what_was_taken_back(referral, client):
    client.force_login(referral.therapist.user)
    page, address = (reverse(name, args=(referral.key,)) for name in ("client", "referral-reopen"))
    assert address in client.get(page).content.decode()
    assert f"Ended on 20 March 2026: {REASON}" in client.get(address).content.decode()
    reopen(referral, "Another <client> was meant")
    shown = client.get(page).content.decode()
    assert address not in shown
    assert f"<s>Ended on 20 March 2026: {REASON}</s>" in shown
    assert "Another &lt;client&gt; was meant" in shown


def exported(service, folder):
    """Each referral of an export by month, with the end that is told of it."""
    export_record(service=service, to=folder, by=None, now=NOW)
    found = []
    for path in sorted(folder.glob("*/IDS101Referral.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        found += [(row["ServiceRequestId"], path.parent.name, row["EndCode"], row["ServDischDate"]) for row in rows]
    return found


def test_an_export_tells_it_as_open(referral, tmp_path):
    reopen(referral)
    told = exported(referral.service, tmp_path / "out")
    assert {(one[2], one[3]) for one in told} == {("", "")}
    assert told[-1][1] == f"{TODAY:%Y-%m}"


def test_one_that_was_imported_as_ended_is_told_as_open_and_stays_so(records, tmp_path):
    service = make_service("Made up", PROVIDER)
    import_record(checked=records.begun, service=service, by=None, now=NOW, then_look=False)
    referral = Referral.objects.filter(service=service, ended__isnull=False).order_by("pk").last()
    lead = reader_for(make_member(service, Role.SERVICE_LEAD))
    before = {one[1:] for one in exported(service, tmp_path / "before") if one[0] == referral.service_request_id}
    assert any(one[2] for one in before)
    reopen(referral, by=lead)
    told = {one[1:] for one in exported(service, tmp_path / "after") if one[0] == referral.service_request_id}
    assert {(one[1], one[2]) for one in told} == {("", "")}
    import_record(checked=records.whole, service=service, by=None, now=NOW, then_look=False)
    referral.refresh_from_db()
    assert referral.ended is None


def test_the_referral_of_another_client_opens_nothing(referral):
    other = make_referral(referral.service, None, received=referral.received + timedelta(days=1))
    assert other.client != referral.client
    assert reopen(referral)
