"""Pages that are read: who gets them, and the event that each read of a record writes."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from caseness.feedback.rules import read_rules
from caseness.web.attention.together_words import QUESTIONS
from caseness.web.design.context import places
from caseness.web.events.models import Event, Kind
from caseness.web.services.roles import Role
from web.caseloads import add_alert, add_life, add_session, fill_caseload, raise_signals
from web.people import TODAY, make_course, make_member, make_referral, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def therapist():
    service = make_service()
    return make_member(service, team=make_team(service), name="Tess Therapist")


@pytest.fixture
def referral(therapist, today):
    found = make_course(
        make_referral(therapist.service, therapist, name="Ann Able"), [10, 14, 18], today - timedelta(20)
    )
    raise_signals(found, today)
    return found


@pytest.fixture
def today(monkeypatch):
    """Every page is of this day."""
    monkeypatch.setattr("caseness.web.services.middleware.timezone.localdate", lambda: TODAY)
    return TODAY


def get(client, member, address, status=200):
    client.force_login(member.user)
    found = client.get(address)
    assert found.status_code == status
    return found.content.decode()


@pytest.mark.parametrize(("end", "shown_as"), [("", "page"), ("together", "together"), ("together/print", "print")])
def test_each_read_of_a_record_writes_one_event_without_a_value_of_it(client, therapist, referral, end, shown_as):
    page = get(client, therapist, f"/clients/{referral.key}/{end}")
    assert "Ann" in page
    event = Event.objects.get(kind=Kind.READ)
    assert (event.what, event.client, event.key, event.by) == (
        "client", referral.client.key, referral.key, therapist.user.key,
    )  # fmt: skip
    assert event.details == {"shown_as": shown_as}


def test_a_caseload_that_was_looked_at_is_told_with_the_keys_of_whom_it_showed(client, therapist, referral):
    page = get(client, therapist, "/?words=ann")
    assert "Worse at the start" in page
    assert Event.objects.get(kind=Kind.READ).details == {"clients": [str(referral.client.key)]}


def test_a_client_of_somebody_else_is_no_page_at_all(client, therapist, referral):
    other = make_member(therapist.service, team=therapist.team)
    page = get(client, other, f"/clients/{referral.key}/", 404)
    assert "Ann Able" not in page
    assert not Event.objects.filter(kind=Kind.READ).exists()


def test_a_read_that_cannot_be_told_shows_nothing(client, therapist, referral, monkeypatch):
    def refuse(*told, **more):
        raise RuntimeError("no event")

    monkeypatch.setattr("caseness.web.services.reader.record_event", refuse)
    client.raise_request_exception = False
    assert "Ann Able" not in get(client, therapist, f"/clients/{referral.key}/", 500)


def test_what_is_turned_round_names_nobody_else_and_leads_to_nobody(client, therapist, referral, today):
    make_referral(therapist.service, therapist, name="Zoe Zebra")
    page = get(client, therapist, f"/clients/{referral.key}/together")
    assert "Zoe" not in page
    assert set(re.findall(r'<a [^>]*href="([^"]+)"', page)) == {
        "#maincontent", f"/clients/{referral.key}/together/print", f"/clients/{referral.key}/",
    }  # fmt: skip
    assert not re.search(
        "deteriorat|caseness|reliabl|worse", re.sub("(?s)<head>.*?</head>|class=.*?>", "", page), re.IGNORECASE
    )


def test_pages_hold_no_style_and_no_script_of_their_own(client, therapist, referral, today):
    add_session(referral, today, 18, 12, item_9=1)
    add_alert(referral, today, therapist)
    add_life(referral, today, therapist.user)
    for address in ("/", f"/clients/{referral.key}/", f"/clients/{referral.key}/together"):
        page = get(client, therapist, address)
        assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|javascript:", page)


def test_filters_work_without_a_script(client, therapist, today):
    fill_caseload(therapist, 8, today)
    page = get(client, therapist, "/")
    (address,) = re.findall(r'<a href="([^"]+)"[^>]*>Waiting for a first appointment', page)
    assert len(re.findall("data-row>", get(client, therapist, f"/{address}"))) == 1


@pytest.mark.parametrize(("role", "status"), [(Role.ANALYST, 403), (Role.ADMINISTRATOR, 403), (Role.SERVICE_LEAD, 200)])
def test_who_sees_a_client_at_all(client, therapist, referral, role, status):
    get(client, make_member(therapist.service, role), f"/clients/{referral.key}/", status)


def test_the_header_leads_where_the_role_may_go(therapist):
    def tabs(member):
        return [one.text for one in places(reader_for(member), "/") if one.text in ("Caseload", "Risk")]

    assert tabs(therapist) == ["Caseload", "Risk"]
    assert tabs(make_member(therapist.service, Role.ANALYST)) == []


def test_whoever_belongs_to_no_service_is_told_so(client, therapist):
    therapist.ended = TODAY - timedelta(days=1000)
    therapist.started = therapist.ended
    therapist.save()
    assert "You belong to no service today" in get(client, therapist, "/", 403)


def test_a_form_that_is_too_old_is_told_in_words(therapist):
    client = Client(enforce_csrf_checks=True)
    client.force_login(therapist.user)
    found = client.post("/accounts/logout/")
    assert found.status_code == 403
    assert "Nothing was saved" in found.content.decode()


def test_every_signal_has_questions_for_both_or_says_why_not():
    assert set(QUESTIONS) == set(read_rules().words)
