"""Nobody sees a page of ours without a second factor, and its change ends all other sessions."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from caseness.errors import UnsafeSetting
from caseness.web.accounts.demonstration import code_now, give_second_factor
from web.people import PASSWORD, make_member, make_service

pytestmark = pytest.mark.django_db
CASELOAD = reverse("caseload")


@pytest.fixture
def member():
    return make_member(make_service(), password=PASSWORD)


def signed_in(member):
    client = Client()
    client.force_login(member.user)
    return client


def test_whoever_has_none_is_led_to_set_one_up(member):
    Authenticator.objects.all().delete()
    answer = signed_in(member).get(CASELOAD)
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_a_password_reset_that_a_stranger_asked_for_keeps_nobody_from_a_second_factor(member):
    Authenticator.objects.all().delete()
    Client().post(reverse("account_reset_password"), {"email": member.user.email})
    somebody = signed_in(member)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        answer = somebody.get(reverse(name))
        assert answer.headers.get("Location", "") != "/accounts/2fa/", name


def test_recovery_codes_alone_are_none(member):
    Authenticator.objects.update(type=Authenticator.Type.RECOVERY_CODES)
    assert signed_in(member).get(CASELOAD).status_code == 302


def test_a_demonstration_may_leave_it_off(member, settings):
    Authenticator.objects.all().delete()
    settings.ASKS_SECOND_FACTOR = False
    assert signed_in(member).get(CASELOAD).status_code == 200


def test_the_password_alone_signs_nobody_in(member):
    client = Client()
    client.post(reverse("account_login"), {"login": member.user.email, "password": PASSWORD})
    assert client.get(CASELOAD).status_code == 302
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert answer.url == reverse("start")
    assert client.get(CASELOAD).status_code == 200


def test_a_code_counts_once(member):
    code = code_now()
    for expected in (302, 200):
        client = Client()
        client.post(reverse("account_login"), {"login": member.user.email, "password": PASSWORD})
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == expected


def test_another_session_ends_when_a_factor_changes(member):
    one, other = signed_in(member), signed_in(member)
    assert other.get(CASELOAD).status_code == 200
    one.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    one.post(reverse("mfa_deactivate_totp"))
    assert one.get(CASELOAD).url == reverse("mfa_index")
    assert other.get(CASELOAD).url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name", ["mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"]
)
def test_recovery_codes_are_shown_and_made_after_the_password_alone(member, name):
    """However short ago somebody signed in: the codes outlive a session that was left open."""
    codes = RecoveryCodes.activate(member.user)
    codes.mark_as_viewed()
    somebody = signed_in(member)
    answer = somebody.get(reverse(name))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_reauthenticate"))
    somebody.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert somebody.get(reverse(name)).status_code == 200


def test_codes_that_were_just_made_are_shown_once_unasked(member):
    RecoveryCodes.activate(member.user)
    somebody = signed_in(member)
    assert [somebody.get(reverse("mfa_view_recovery_codes")).status_code for _ in range(2)] == [200, 302]


def test_the_secret_of_the_demonstration_is_refused_in_production(member, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(UnsafeSetting, match="CASENESS_WEB_MODE"):
        give_second_factor(member.user)
