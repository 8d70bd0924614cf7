"""A button that is pressed after the session has ended changes nothing, and leads back to where it stood, not into an error."""

import time
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseness import web as application
from caseness.web.accounts.demonstration import code_now
from caseness.web.accounts.middleware import PARTING, SEEN
from caseness.web.accounts.unsent import SIGN_IN, TOLD
from caseness.web.exchange.models import State, Transfer, Way
from caseness.web.services.models import Membership
from caseness.web.services.roles import Role
from web.people import PASSWORD, make_member, make_service, make_team

pytestmark = pytest.mark.django_db
LOGIN, CODE, START, EXCHANGE = (reverse(name) for name in ("account_login", "mfa_authenticate", "start", "exchange"))
WEB = Path(application.__file__).parent
SERVER = "http://testserver"


@pytest.fixture
def administrator():
    return make_member(make_service(), Role.ADMINISTRATOR, password=PASSWORD)


@pytest.fixture
def client(administrator):
    browser = Client()
    browser.force_login(administrator.user)
    session = browser.session
    session[SEEN] = time.time() - 3600
    session.save()
    return browser


@pytest.fixture
def transfer(administrator):
    return Transfer.objects.create(
        service=administrator.service, by=administrator.user, way=Way.IN, state=State.CHECKED, asked=timezone.now()
    )


def press(client, path, page=None):
    """Send a form without text, and give where its sender is led after signing in, as the sign-in page holds it."""
    came_from = {"HTTP_REFERER": page} if page else {}
    return client.post(path, {}, **came_from).url.removeprefix(f"{LOGIN}?next=")


def sign_in(client, member, next_one):
    """As the pages do it: password, code, and on to where one was. Gives what is shown there."""
    client.post(LOGIN, {"login": member.user.email, "password": PASSWORD, "next": next_one})
    return client.post(CODE, {"code": code_now()}, follow=True)


def test_whoever_signs_in_again_is_where_the_button_stood_and_is_told_that_nothing_changed(
    client, administrator, transfer
):
    page = reverse("import", args=[transfer.key])
    assert press(client, reverse("import-confirm", args=[transfer.key]), f"{SERVER}{page}") == page
    assert SIGN_IN in client.get(LOGIN).content.decode()
    shown = sign_in(client, administrator, page)
    assert (shown.status_code, shown.request["PATH_INFO"]) == (200, page)
    assert TOLD in shown.content.decode()
    assert TOLD not in client.get(page).content.decode()
    transfer.refresh_from_db()
    assert transfer.state == State.CHECKED


def test_the_place_of_a_list_is_kept_and_a_foreign_one_is_not_believed(client, transfer):
    path = reverse("import-discard", args=[transfer.key])
    assert press(client, path, f"{SERVER}{EXCHANGE}?a=b") == f"{EXCHANGE}%3Fa%3Db"
    for page in (None, "https://example.org/exchange", f"{SERVER}{path}", f"{SERVER}/nowhere", "http://[", "x"):
        assert press(client, path, page) == START


def test_a_form_that_has_a_page_of_its_own_leads_to_it(client, administrator):
    member = make_member(administrator.service, team=make_team(administrator.service))
    path = reverse("end-membership", args=[member.key])
    assert press(client, path) == path
    shown = sign_in(client, administrator, path)
    assert "End it now" in shown.content.decode()
    assert TOLD in shown.content.decode()
    assert Membership.objects.get(pk=member.pk).ended is None


def test_somebody_else_who_signs_in_is_not_told_of_it(client, administrator, transfer):
    press(client, reverse("import-confirm", args=[transfer.key]))
    other = make_member(administrator.service, Role.ADMINISTRATOR, password=PASSWORD)
    assert TOLD not in sign_in(client, other, START).content.decode()


def test_a_page_that_asks_by_itself_is_no_button(client, administrator):
    assert client.post(reverse("stay")).url == f"{LOGIN}?next={reverse('stay')}"
    parting = {f"HTTP_{PARTING.upper().replace('-', '_')}": "yes"}
    assert client.post(reverse("end-account", args=[administrator.user.key]), **parting).status_code == 410
    assert SIGN_IN not in client.get(LOGIN).content.decode()


def test_every_address_that_is_no_page_is_known_to_be_none():
    for path in WEB.rglob("*.py"):
        assert "require_POST" not in path.read_text() or path.name == "pages.py", path
