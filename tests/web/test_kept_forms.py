"""What somebody had typed when their session ended comes back to them, and to nobody else; it is saved only when they send it."""

import time
import uuid

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pyrage.x25519 import Identity

from caseness.web.accounts.kept_forms import AGAIN, KEPT_SECONDS, LEFT
from caseness.web.accounts.middleware import BEGAN, PARTING, SEEN
from caseness.web.accounts.old_sessions import remove_old_sessions
from caseness.web.caseload.models import Note
from caseness.web.events.models import Event, Kind
from web.acting import make_open_referral, make_therapist

pytestmark = pytest.mark.django_db
KEPT, CASELOAD, LOGIN = reverse("kept-forms"), reverse("caseload"), reverse("account_login")
NOTE = "Spoke of the night shifts.\nWe try a diary."
FROM_PAGE = {f"HTTP_{PARTING.upper().replace('-', '_')}": "yes"}


@pytest.fixture
def referral():
    return make_open_referral()


@pytest.fixture
def client(referral):
    browser = Client()
    browser.force_login(referral.therapist.user)
    return browser


@pytest.fixture
def sent(referral):
    """A note as its page sends it: the address, and the fields."""
    fields = {"entry": str(uuid.uuid4()), "text": NOTE, "day": timezone.localdate().isoformat()}
    return reverse("note-add", args=[referral.key]), fields


def go_away(client, seconds=3600):
    """Nothing was done in the browser for so long."""
    session = client.session
    session[SEEN] = time.time() - seconds
    session.save()


def text_of(answer):
    return answer.content.decode()


def test_what_was_typed_comes_back_to_be_looked_over_and_is_saved_when_it_is_sent(client, referral, sent):
    path, fields = sent
    go_away(client)
    assert client.post(path, fields).url == KEPT
    assert client.get(KEPT).url == f"{LOGIN}?next={KEPT}"
    client.force_login(referral.therapist.user)
    assert f'href="{KEPT}"' in text_of(client.get(CASELOAD))
    page = text_of(client.get(KEPT))
    assert NOTE in page
    assert f'action="{path}"' in page
    shown = client.post(path, {**fields, AGAIN: "yes"})
    assert (shown.status_code, Note.objects.count()) == (422, 0)
    assert "You were signed out before this was sent. Look it over, and send it." in text_of(shown)
    assert shown.context_data["form"]["text"].value() == NOTE
    assert client.post(path, fields).status_code == 302
    assert Note.objects.get().text.splitlines() == NOTE.splitlines()
    assert "Nothing is kept for you." in text_of(client.get(KEPT))
    assert f'href="{KEPT}"' not in text_of(client.get(CASELOAD))


def test_the_page_names_the_form_and_the_client_and_tells_of_whom_it_was_read(client, referral, sent):
    go_away(client)
    client.post(*sent)
    client.force_login(referral.therapist.user)
    assert f"Add a note: {referral.client.name}" in text_of(client.get(KEPT))
    told = Event.objects.get(kind=Kind.READ, what="kept-forms")
    assert told.details == {"clients": [str(referral.client.key)]}


def test_a_client_whom_the_reader_sees_no_longer_is_not_named(client, referral, sent):
    go_away(client)
    client.post(*sent)
    client.force_login(referral.therapist.user)
    was_with, referral.therapist = referral.therapist, make_therapist(referral.team)
    referral.save()
    client.force_login(was_with.user)
    page = text_of(client.get(KEPT))
    assert NOTE in page
    assert referral.client.name not in page
    assert not Event.objects.filter(what="kept-forms").exists()


def test_nobody_else_sees_it_and_it_is_gone_once_somebody_else_signed_in(client, referral, sent):
    go_away(client)
    client.post(*sent)
    other = make_therapist(referral.team)
    for user in (other.user, referral.therapist.user):
        client.force_login(user)
        assert NOTE not in text_of(client.get(KEPT))
        assert LEFT not in client.session


def test_signing_out_forgets_it(client, referral, sent):
    go_away(client)
    client.post(*sent)
    client.force_login(referral.therapist.user)
    client.post(reverse("account_logout"))
    client.force_login(referral.therapist.user)
    assert NOTE not in text_of(client.get(KEPT))


def test_it_is_forgotten_after_its_time_signed_in_or_not(client, referral, sent, monkeypatch):
    go_away(client)
    client.post(*sent)
    assert client.session.get_expiry_age() <= KEPT_SECONDS
    client.force_login(referral.therapist.user)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + KEPT_SECONDS + 1)
    session = client.session
    session[SEEN] = session[BEGAN] = time.time()
    session.save()
    assert NOTE not in text_of(client.get(KEPT))


def test_a_session_is_of_the_usual_length_again_after_signing_in(client, referral, sent, settings):
    go_away(client)
    client.post(*sent)
    client.force_login(referral.therapist.user)
    assert client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_it_lies_there_encrypted_and_a_key_that_is_gone_opens_nothing(client, referral, sent, settings):
    settings.FACTOR_KEYS = (str(Identity.generate()),)
    go_away(client)
    client.post(*sent)
    assert "night shifts" not in str(client.session[LEFT])
    client.force_login(referral.therapist.user)
    assert NOTE in text_of(client.get(KEPT))
    settings.FACTOR_KEYS = (str(Identity.generate()),)
    assert "Nothing is kept for you." in text_of(client.get(KEPT))


def test_only_a_form_that_enters_something_is_kept(client, sent):
    path, fields = sent
    file = SimpleUploadedFile("a.txt", b"a")
    for body in ({"text": NOTE}, {**fields, "file": file}):
        go_away(client)
        assert client.post(path, body).url.startswith(LOGIN)
        assert not client.session[LEFT]["forms"]


def test_a_forged_post_is_not_kept(referral, sent):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(referral.therapist.user)
    go_away(browser)
    assert browser.post(*sent).status_code == 403
    assert not browser.session[LEFT]["forms"]


def test_what_a_page_sends_when_its_time_is_up_is_kept_and_never_saved(client, referral, sent):
    assert client.post(*sent, **FROM_PAGE).status_code == 409
    go_away(client)
    assert client.post(*sent, **FROM_PAGE).status_code == 204
    assert not Note.objects.exists()
    client.force_login(referral.therapist.user)
    assert NOTE in text_of(client.get(KEPT))
    client.post(reverse("account_logout"))
    assert client.post(*sent, **FROM_PAGE).status_code == 410


def test_a_second_page_of_the_browser_keeps_its_text_too(client, referral, sent):
    path, fields = sent
    go_away(client)
    client.get(CASELOAD)
    for text in ("One.", "Two."):
        client.post(path, {**fields, "entry": str(uuid.uuid4()), "text": text}, **FROM_PAGE)
    client.force_login(referral.therapist.user)
    page = text_of(client.get(KEPT))
    assert page.index("Two.") < page.index("One.")


def test_it_stays_if_its_owner_is_signed_out_again_before_they_looked(client, referral, sent):
    go_away(client)
    client.post(*sent)
    client.force_login(referral.therapist.user)
    go_away(client)
    client.get(CASELOAD)
    client.force_login(referral.therapist.user)
    assert NOTE in text_of(client.get(KEPT))


def test_it_is_thrown_away_where_that_is_asked(client, referral, sent):
    go_away(client)
    client.post(*sent)
    client.force_login(referral.therapist.user)
    assert client.post(KEPT, {"thrown": sent[1]["entry"]}).url == reverse("start")
    assert LEFT not in client.session


def test_at_most_five_are_kept_the_last_of_them(client, sent):
    path, fields = sent
    go_away(client)
    entries = [str(uuid.uuid4()) for _ in range(7)]
    for entry in entries:
        client.post(path, {**fields, "entry": entry})
    assert list(client.session[LEFT]["forms"]) == entries[-5:]


@pytest.mark.parametrize(("site", "is_shown"), [("same-origin", True), ("cross-site", False), (None, False)])
def test_a_page_that_was_open_across_a_sign_in_shows_what_was_sent_from_it(referral, sent, site, is_shown):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(referral.therapist.user)
    answer = browser.post(*sent, **({"HTTP_SEC_FETCH_SITE": site} if site else {}))
    assert (answer.status_code, NOTE in text_of(answer)) == (403, is_shown)


def test_sessions_that_are_over_are_removed_and_others_stay(client):
    go_away(client, seconds=0)
    over = Session.objects.create(session_key="over", session_data="", expire_date=timezone.now())
    assert remove_old_sessions(timezone.now()) == 1
    assert over.session_key not in set(Session.objects.values_list("session_key", flat=True))
    assert Session.objects.count() == 1
