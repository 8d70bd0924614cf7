"""People and teams: who is invited, moved and ended, and what stays impossible."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseness.errors import LastAdministrator
from caseness.web.accounts.invitations import make_invitation, read_invitation
from caseness.web.accounts.models import User
from caseness.web.events.models import Event, Kind
from caseness.web.services import membership_actions, people_actions
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader, reader_of
from caseness.web.services.roles import Role
from web.people import PASSWORD, TODAY, make_member, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return make_service()


@pytest.fixture
def administrator(service):
    return make_member(service, Role.ADMINISTRATOR, password=PASSWORD)


@pytest.fixture
def client(administrator):
    browser = Client()
    browser.force_login(administrator.user)
    return browser


def invitation(service, **given):
    return {
        "name": "New Person", "email": "new@example.org", "role": Role.THERAPIST, "team": make_team(service).key,
        "care_person_id": "S000009", "first": timezone.localdate().isoformat(), **given,
    }  # fmt: skip


def link_of(sent):
    return re.search(r"http://testserver(\S+)", sent.body).group(1)


def test_somebody_is_invited_sets_a_password_and_is_asked_for_a_second_factor(client, service):
    client.post(reverse("invite"), invitation(service))
    newcomer, link = Client(), link_of(mail.outbox[0])
    new = {"password1": PASSWORD, "password2": PASSWORD}
    assert newcomer.post(link, new).url == reverse("account_login")
    newcomer.post(reverse("account_login"), {"login": "new@example.org", "password": PASSWORD})
    assert newcomer.get(reverse("start")).url == reverse("mfa_index")
    assert newcomer.post(link, new).status_code == 410


def test_whoever_has_an_account_keeps_the_password(client, service):
    known = make_member(make_service("Elsewhere", "ZZ902"), password=PASSWORD).user
    client.post(reverse("invite"), invitation(service, email=known.email.upper()))
    assert known.memberships.count() == 2
    assert link_of(mail.outbox[0]) == reverse("account_login")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"team": ""}, "Choose the team."),
        ({"role": ""}, "Choose a role."),
        ({"email": "new"}, "This is no email address."),
        ({"last": "2020-01-01"}, "The last day is before the first."),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_invited(client, service, given, said):
    answer = client.post(reverse("invite"), invitation(service, **given))
    assert said in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_team_of_another_service_cannot_be_given(client, service):
    theirs = make_team(make_service("Elsewhere", "ZZ902"))
    assert client.post(reverse("invite"), invitation(service, team=theirs.key)).status_code == 200
    assert not Membership.objects.filter(team=theirs).exists()


def test_an_invitation_ends_with_a_later_one_and_with_the_account():
    user = User.objects.create_user("new@example.org", "New")
    first = make_invitation(user)
    assert read_invitation(first) == user
    user.set_unusable_password()
    user.save()
    assert read_invitation(first) is None
    second = make_invitation(user)
    User.objects.update(is_active=False)
    assert read_invitation(second) is None
    assert read_invitation(f"{second}x") is None


def test_an_invitation_is_too_old_after_a_week(monkeypatch):
    user = User.objects.create_user("new@example.org", "New")
    token = make_invitation(user)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 7 * 24 * 3600 + 1)
    assert read_invitation(token) is None


def test_the_next_request_of_somebody_whose_membership_ended_is_refused(client, service):
    member = make_member(service, team=make_team(service))
    theirs = Client()
    theirs.force_login(member.user)
    assert theirs.get(reverse("caseload")).status_code == 200
    client.post(reverse("end-membership", args=[member.key]))
    assert theirs.get(reverse("caseload")).status_code == 403


def test_an_account_that_ended_ends_its_sessions(client, service):
    member = make_member(service, started=timezone.localdate())
    theirs = Client()
    theirs.force_login(member.user)
    client.post(reverse("end-account", args=[member.user.key]))
    assert theirs.get(reverse("caseload")).url.startswith(reverse("account_login"))


def test_an_account_that_another_service_shares_stays(client, service):
    member = make_member(service)
    other = make_member(make_service("Elsewhere", "ZZ902"))
    other.user = member.user
    other.save()
    assert client.post(reverse("remove-second-factor", args=[member.user.key])).status_code == 403
    client.post(reverse("end-account", args=[member.user.key]))
    member.user.refresh_from_db()
    assert member.user.is_active
    assert reader_of(member.user, timezone.localdate()).service == other.service


def test_somebody_is_moved_from_today(service, administrator):
    member = make_member(service, team=make_team(service))
    moved = membership_actions.move_member(
        by=reader_for(administrator), membership=member, role=Role.SERVICE_LEAD, team=None, on=TODAY
    )
    assert reader_of(member.user, TODAY - timedelta(days=1)).role == Role.THERAPIST
    assert reader_of(member.user, TODAY).membership == moved


@pytest.mark.parametrize(
    "leave",
    [
        lambda by, one: membership_actions.end_membership(by=by, membership=one, on=TODAY),
        lambda by, one: membership_actions.move_member(by=by, membership=one, role=Role.ANALYST, team=None, on=TODAY),
        lambda by, one: people_actions.end_account(by=by, person=one.user),
    ],
    ids=["ended", "moved", "account ended"],
)
def test_the_last_administrator_stays(service, administrator, leave):
    # Neither is anybody who could do the work: one has no password yet, the other's last day is known.
    make_member(service, Role.ADMINISTRATOR, is_invited=True)
    leaving = make_member(service, Role.ADMINISTRATOR, password=PASSWORD)
    Membership.objects.filter(pk=leaving.pk).update(ended=TODAY + timedelta(days=9))
    with pytest.raises(LastAdministrator, match="nothing was changed"):
        leave(reader_for(administrator), administrator)
    second = make_member(service, Role.ADMINISTRATOR, password=PASSWORD)
    leave(reader_for(administrator), administrator)
    assert second.holds_on(TODAY)
    assert reader_of(administrator.user, TODAY) is None or reader_of(administrator.user, TODAY).role == Role.ANALYST


def test_the_page_says_why_the_last_administrator_stays(client, administrator):
    answer = client.post(reverse("end-account", args=[administrator.user.key]))
    assert answer.status_code == 400
    assert "Nobody would be left who manages people" in answer.content.decode()


def test_somebody_who_is_several_things_chooses(service):
    member = make_member(service, Role.ADMINISTRATOR)
    other = make_member(make_service("Elsewhere", "ZZ902"), Role.THERAPIST)
    Membership.objects.filter(pk=other.pk).update(user=member.user)
    browser = Client()
    browser.force_login(member.user)
    assert browser.get(reverse("start")).url == reverse("choose-membership")
    browser.post(reverse("choose-membership"), {"membership": other.key})
    assert browser.get(reverse("start")).url == reverse("caseload")
    stranger = make_member(service)
    assert browser.post(reverse("choose-membership"), {"membership": stranger.key}).status_code == 403


def test_no_two_teams_have_one_code(client, service):
    team = make_team(service)
    assert (
        "Another team has this code."
        in client.post(reverse("new-team"), {"name": "B", "code": team.code}).content.decode()
    )
    client.post(reverse("edit-team", args=[team.key]), {"name": "Renamed", "code": team.code})
    team.refresh_from_db()
    assert team.name == "Renamed"


ACTIONS = {
    "give": lambda by, one: membership_actions.give_membership(
        by=by, person=one.user, role=Role.ANALYST, team=None, care_person_id="", first=TODAY, last=None
    ),
    "end": lambda by, one: membership_actions.end_membership(by=by, membership=one, on=TODAY),
    "invite": lambda by, one: people_actions.invite(
        by=by, email="a@example.org", name="A", role=Role.ANALYST, team=None, care_person_id="", first=TODAY, last=None
    ),
    "end the account": lambda by, one: people_actions.end_account(by=by, person=one.user),
}


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
def test_nothing_is_saved_without_its_event(service, administrator, act, monkeypatch):
    member = make_member(service)
    before = (list(Membership.objects.values()), list(User.objects.values()))
    monkeypatch.setattr(Event.objects, "create", lambda **_: (_ for _ in ()).throw(OSError("no event")))
    with pytest.raises(OSError, match="no event"):
        act(Reader(administrator.user, administrator, TODAY), member)
    assert (list(Membership.objects.values()), list(User.objects.values())) == before


def test_an_event_tells_the_role_and_no_name(client, service):
    client.post(reverse("invite"), invitation(service))
    assert {"user", "membership"} <= set(Event.objects.filter(kind=Kind.ADDED).values_list("what", flat=True))
    assert "New Person" not in str(list(Event.objects.values()))


@pytest.mark.parametrize("name", ["end-account", "remove-second-factor"])
def test_what_cannot_be_taken_back_is_asked_about_first(client, service, name):
    member = make_member(service, name="Tess Therapist", started=timezone.localdate())
    told = Event.objects.count()
    answer = client.get(reverse(name, args=[member.user.key]))
    assert "<strong>Tess Therapist</strong>" in answer.content.decode()
    assert Event.objects.count() == told
    member.refresh_from_db()
    assert member.ended is None
    person = client.get(reverse("person", args=[member.user.key])).content.decode()
    assert f'action="{reverse(name, args=[member.user.key])}"' not in person
    assert client.post(reverse(name, args=[member.user.key])).status_code == 302
    assert Event.objects.count() > told


def test_a_role_is_ended_only_once_that_is_confirmed(client, service):
    member = make_member(service, team=make_team(service, "Alder team"), name="Tess Therapist")
    address, told = reverse("end-membership", args=[member.key]), Event.objects.count()
    page = client.get(address).content.decode()
    for said in (
        "End the role of therapist in Alder team?",
        "<strong>Tess Therapist</strong>",
        "No open client will be without a therapist",
        "Go back",
    ):
        assert said in page
    assert f'href="{reverse("person", args=[member.user.key])}"' in page
    member.refresh_from_db()
    assert (member.ended, Event.objects.count()) == (None, told)
    assert f'action="{address}"' not in client.get(reverse("person", args=[member.user.key])).content.decode()
    client.post(address)
    member.refresh_from_db()
    assert member.ended == timezone.localdate()


def test_a_role_that_shows_no_client_is_ended_without_a_word_of_clients(client, service):
    member = make_member(service, Role.ANALYST, started=timezone.localdate() + timedelta(days=3))
    page = client.get(reverse("end-membership", args=[member.key])).content.decode()
    assert "This role has not begun, and never will." in page
    assert "lients stay" not in page


def test_a_role_that_ended_on_the_day_it_began_is_not_told_backwards(client, service):
    today = timezone.localdate()
    member = make_member(service, started=today)
    client.post(reverse("end-membership", args=[member.key]))
    said = " ".join(client.get(reverse("person", args=[member.user.key])).content.decode().split())
    assert f"Ended on {today:%-d %B %Y}, before it held for a day" in said
    assert "From" not in said


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_that_a_page_was_asked_for_is_said_only_where_it_is_noted(client, is_signed_in):
    browser = client if is_signed_in else Client()
    answer = browser.get("/no-such-page")
    assert answer.status_code == 404
    assert ("That it was asked for is noted." in answer.content.decode()) is is_signed_in
    assert Event.objects.filter(kind=Kind.REFUSED).exists() is is_signed_in
