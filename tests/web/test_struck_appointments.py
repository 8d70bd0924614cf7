"""An appointment that was entered by mistake or twice is struck out: it stays to be seen, and counts nowhere."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from caseness.web.attention.caseload_asked import Asked
from caseness.web.attention.caseload_page import CaseloadPage
from caseness.web.attention.striking import strike_entry
from caseness.web.caseload.actions_contacts import Appointment, change_contact
from caseness.web.caseload.models import Contact
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Event, Kind
from caseness.web.exchange.bundles import bundles
from web.acting import NOW, make_open_referral
from web.people import TODAY, make_contact, reader_for

pytestmark = pytest.mark.django_db
WHY = "Entered twice"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """The clock of requests stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def referral():
    return make_open_referral(None, [12, 19], TODAY - timedelta(days=9))


@pytest.fixture
def doubled(referral):
    return make_contact(referral, TODAY)


def strike(contact, **more):
    by = reader_for(contact.referral.therapist)
    return strike_entry(**{"entered": contact, "by": by, "entry": uuid.uuid4(), "why": WHY, "now": NOW, **more})


def test_it_is_struck_out_from_its_page_and_stays_to_be_seen_there(client, referral, doubled):
    client.force_login(referral.therapist.user)
    address = reverse("contact-strike", args=(doubled.key,))
    assert f'href="{address}"' in client.get(reverse("contact-change", args=(doubled.key,))).content.decode()
    page = client.post(address, {"entry": uuid.uuid4(), "why": WHY}, follow=True).content.decode()
    assert "<s>Appointment" in page
    assert WHY in page
    assert reverse("contact-change", args=(doubled.key,)) not in page
    assert client.get(reverse("contact-change", args=(doubled.key,))).status_code == 404
    told = Event.objects.get(kind=Kind.REMOVED)
    assert (told.what, told.key, told.client) == ("contact", doubled.key, referral.client.key)


def test_it_is_in_no_list_no_course_no_count_and_no_export(referral, doubled):
    strike(doubled)
    held = Contact.every.get(pk=doubled.pk)
    assert (held.struck, held.struck_by, held.why_struck) == (NOW, referral.therapist.user, WHY)
    assert doubled not in referral.contacts.all()
    assert not Contact.objects.filter(pk=doubled.pk).exists()
    (bundle,) = bundles(referral.service)
    assert doubled not in bundle.referrals[0].contacts.all()
    (row,) = CaseloadPage(reader_for(referral.therapist), Asked()).shown
    assert row.last_attended == TODAY - timedelta(days=2)


def test_one_with_a_questionnaire_is_struck_out_only_once_that_is_corrected_away(referral):
    contact = referral.contacts.last()
    score = contact.scores.get()
    with pytest.raises(NotAccepted, match="A questionnaire was filled in at this appointment"):
        strike(contact)
    score.is_current = False
    score.save()
    assert strike(contact).struck == NOW


def test_it_is_struck_out_once_and_changed_no_more(referral, doubled):
    assert strike(doubled) == strike(doubled)
    with pytest.raises(NotAccepted, match="struck out already, with another reason"):
        strike(doubled, why="Of somebody else")
    with pytest.raises(NotAccepted, match="was struck out meanwhile"):
        change_contact(contact=doubled, by=reader_for(referral.therapist), appointment=Appointment(day=TODAY))
