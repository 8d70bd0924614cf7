"""What holds of a membership: who answers for clients, who is moved, and what can be given, changed and ended no more."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseness.web.attention.actions_risk import set_cover
from caseness.web.attention.digest import write_digests
from caseness.web.attention.models import Message
from caseness.web.attention.owners import chain_of
from caseness.web.attention.scope import away_for, standing_in_for
from caseness.web.caseload.forms import AllocateForm
from caseness.web.caseload.models import Referral
from caseness.web.caseload.scope import referrals_of
from caseness.web.caseload.staff import members_on
from caseness.web.events.models import Event
from caseness.web.services.membership_actions import end_membership, move_member
from caseness.web.services.models import Membership
from caseness.web.services.reader import reader_of
from caseness.web.services.roles import Role
from web.acting import NOW, make_therapist
from web.people import PASSWORD, TODAY, make_member, make_referral, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(make_service())


@pytest.fixture
def administrator(team):
    return make_member(team.service, Role.ADMINISTRATOR, password=PASSWORD)


@pytest.fixture
def client(administrator):
    browser = Client()
    browser.force_login(administrator.user)
    return browser


@pytest.fixture
def referral(team):
    return make_referral(team.service, make_therapist(team))


def move(administrator, member, role=Role.THERAPIST, team=None, on=TODAY):
    return move_member(by=reader_for(administrator, on), membership=member, role=role, team=team, on=on)


def test_whoever_ended_today_answers_for_nobody_today(administrator, referral):
    lead, member = make_member(referral.service, Role.SERVICE_LEAD), referral.therapist
    end_membership(by=reader_for(administrator), membership=member, on=TODAY)
    assert reader_of(member.user, TODAY) is None
    assert chain_of(referral, TODAY) == [lead]
    assert chain_of(referral, TODAY - timedelta(days=1)) == [member, lead]


def test_what_began_and_ended_on_one_day_never_held(administrator, team):
    member = make_therapist(team, started=TODAY)
    end_membership(by=reader_for(administrator), membership=member, on=TODAY)
    assert not members_on(team.service, TODAY).exists()


def test_whoever_has_set_no_password_answers_for_nobody_and_stands_in_for_nobody(referral, team):
    invited = make_member(team.service, Role.SUPERVISOR, team, is_invited=True)
    Membership.objects.filter(pk=invited.pk).update(started=TODAY)
    lead = make_member(team.service, Role.SERVICE_LEAD)
    assert chain_of(referral, TODAY) == [referral.therapist, lead]
    for choose in (away_for, standing_in_for):
        assert invited not in choose(reader_for(lead))


def test_one_definition_of_what_holds(team):
    member = make_therapist(team, started=TODAY)
    for ended in (None, *(TODAY + timedelta(days=each) for each in range(3))):
        Membership.objects.filter(pk=member.pk).update(ended=ended)
        member.refresh_from_db()
        for day in (TODAY + timedelta(days=each) for each in range(-1, 4)):
            holds = member.holds_on(day)
            assert members_on(team.service, day).exists() == holds
            assert (reader_of(member.user, day) is not None) == holds


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.SUPERVISOR, Role.SERVICE_LEAD])
def test_whoever_is_moved_keeps_the_clients_and_answers_for_them(administrator, referral, role):
    other = make_team(referral.service, "Team B")
    moved = move(administrator, referral.therapist, role, None if role == Role.SERVICE_LEAD else other)
    for day in (TODAY, TODAY + timedelta(days=1)):
        assert list(referrals_of(reader_of(moved.user, day))) == [referral]
        assert chain_of(referral, day)[0] == moved
    assert write_digests(NOW) == 1
    assert "your open clients: 1" in Message.objects.get(to=moved.user).text


def test_whoever_covers_for_somebody_who_was_moved_answers_and_sees(administrator, referral, team):
    stand_in = make_therapist(team)
    moved = move(administrator, referral.therapist, team=team)
    set_cover(by=reader_for(moved), away=moved, stand_in=stand_in, first=TODAY, last=TODAY + timedelta(days=2))
    assert chain_of(referral, TODAY) == [stand_in]
    assert list(referrals_of(reader_for(stand_in))) == [referral]
    again = move(administrator, stand_in, team=team, on=TODAY + timedelta(days=1))
    assert chain_of(referral, TODAY + timedelta(days=1)) == [again]


def test_whoever_sees_no_clients_any_more_answers_for_none(administrator, referral, team):
    supervisor = make_member(team.service, Role.SUPERVISOR, team)
    move(administrator, referral.therapist, Role.ANALYST)
    assert chain_of(referral, TODAY) == [supervisor]


def test_somebody_with_two_roles_gets_one_digest(referral, team):
    Membership.objects.create(
        user=referral.therapist.user, service=team.service, role=Role.SUPERVISOR, team=team, started=TODAY
    )
    assert write_digests(NOW) == 1


def test_the_form_shows_the_therapist_as_they_are_now(administrator, referral, team):
    moved = move(administrator, referral.therapist, team=make_team(team.service, "Team B"))
    lead = reader_for(make_member(team.service, Role.SERVICE_LEAD))
    assert AllocateForm(reader=lead, referral=referral).initial["therapist"] == moved.key


def invitation(team, **given):
    return {
        "name": "New Person", "email": "new@example.org", "role": Role.THERAPIST, "team": team.key,
        "care_person_id": "S1", "first": timezone.localdate().isoformat(), **given,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"care_person_id": ""}, "Enter the identifier (CarePersLocalId)."),
        ({"care_person_id": "taken"}, "Tess Therapist has this identifier."),
        ({"last": "9999-12-31"}, "more than 10 years from now"),
        ({"first": "9999-12-31"}, "more than 2 years from now"),
    ],
)
def test_what_cannot_be_given_is_said_beside_its_field(client, team, given, said):
    make_therapist(team, name="Tess Therapist")
    Membership.objects.filter(user__name="Tess Therapist").update(care_person_id="taken")
    answer = client.post(reverse("invite"), invitation(team, **given))
    assert said in answer.content.decode()
    assert f'href="#id_{next(iter(given))}"' in answer.content.decode()
    assert not Membership.objects.filter(user__email="new@example.org").exists()


def test_one_role_is_given_once(client, team):
    client.post(reverse("invite"), invitation(team))
    again = client.post(reverse("invite"), invitation(team))
    assert "has this role already" in again.content.decode()
    member = Membership.objects.get(user__email="new@example.org")
    more = client.post(reverse("add-membership", args=[member.user.key]), invitation(team))
    assert "has this role already" in more.content.decode()
    other = invitation(team, role=Role.SUPERVISOR)
    assert client.post(reverse("add-membership", args=[member.user.key]), other).status_code == 302


def test_an_identifier_is_given_later_and_told(client, team):
    member, other = make_therapist(team), make_therapist(team)
    Membership.objects.filter(pk=member.pk).update(care_person_id="")
    page = reverse("person", args=[member.user.key])
    assert "cannot be given clients" in client.get(page).content.decode()
    address = reverse("identify", args=[member.key])
    taken = client.post(address, {"care_person_id": other.care_person_id})
    assert f"{other.user.name} has this identifier" in taken.content.decode()
    assert client.post(address, {"care_person_id": "S9"}).url == page
    member.refresh_from_db()
    assert member.care_person_id == "S9"
    assert Event.objects.get(what="membership", key=member.key).details == {"fields": ["care_person_id"]}


def test_a_therapist_without_an_identifier_is_told_so_and_not_under_the_name(team):
    member = make_therapist(team)
    Membership.objects.filter(pk=member.pk).update(care_person_id="")
    browser = Client()
    browser.force_login(member.user)
    given = {"entry": uuid4(), "given_name": "A", "received": timezone.localdate().isoformat()}
    text = browser.post(reverse("referral-add"), given).content.decode()
    assert "The record does not know you yet" in text
    assert 'id="id_given_name-error"' not in text
    assert not Referral.objects.exists()


def test_what_is_over_stays_as_it_was(client, team):
    member, today = make_therapist(team), timezone.localdate()
    Membership.objects.filter(pk=member.pk).update(ended=today - timedelta(days=9))
    before = list(Membership.objects.values())
    assert "has ended already" in client.post(reverse("end-membership", args=[member.key])).content.decode()
    moved = client.post(reverse("move", args=[member.key]), {"role": Role.SERVICE_LEAD})
    named = client.post(reverse("identify", args=[member.key]), {"care_person_id": "S9"})
    assert all("has ended already" in each.content.decode() for each in (moved, named))
    assert list(Membership.objects.values()) == before


def test_an_old_page_of_ending_a_role_says_who_ended_it_and_leads_on(client, administrator, team):
    member = make_therapist(team, name="Tess Therapist")
    address, page = (
        reverse(*one) for one in (("end-membership", None, [member.key]), ("person", None, [member.user.key]))
    )
    client.post(address)
    told = Event.objects.count()
    for answer in (client.post(address), client.get(address)):
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "That did not work" not in text
        assert (
            f"{administrator.user.name} ended the role of therapist in {team.name} on {timezone.localtime():%-d %B %Y}"
            in text
        )
        assert f'href="{page}"' in text
    assert Event.objects.count() == told


@pytest.mark.parametrize(("days", "said"), [(9, "held until"), (None, "never began")])
def test_of_a_role_that_nobody_ended_it_is_said_until_when_it_held(client, team, days, said):
    member = make_therapist(team)
    ended = timezone.localdate() - timedelta(days=days) if days else member.started
    Membership.objects.filter(pk=member.pk).update(ended=ended)
    assert said in client.post(reverse("end-membership", args=[member.key])).content.decode()


@pytest.mark.parametrize("name", ["end-membership", "end-account"])
def test_how_many_clients_an_end_leaves_is_said_before_and_after(client, team, name):
    member = make_therapist(team)
    for _ in range(2):
        make_referral(team.service, member)
    make_referral(team.service, member, ended=TODAY)
    address = reverse(name, args=[member.key if name == "end-membership" else member.user.key])
    assert "2 open clients will have no therapist." in client.get(address).content.decode()
    told = client.post(address, follow=True).content.decode()
    assert "2 open clients have no therapist. A service lead finds them" in told


def test_whoever_keeps_another_role_with_clients_leaves_none(client, team):
    member = make_therapist(team)
    make_referral(team.service, member)
    Membership.objects.create(user=member.user, service=team.service, role=Role.SUPERVISOR, team=team, started=TODAY)
    address = reverse("end-membership", args=[member.key])
    assert "No open client will be without a therapist" in client.get(address).content.decode()
    assert "open client" not in client.post(address, follow=True).content.decode()


def test_whoever_is_moved_to_where_nobody_sees_clients_leaves_them(client, team):
    member = make_therapist(team)
    make_referral(team.service, member)
    told = client.post(reverse("move", args=[member.key]), {"role": Role.ANALYST}, follow=True)
    assert "1 open client has no therapist. A service lead finds them" in told.content.decode()


@pytest.mark.parametrize("asked", ["last=9999-12-31", "first=9999-12-31", "first=0001-01-01&last=0001-01-01"])
def test_events_of_any_day_can_be_asked_for(client, asked):
    assert client.get(f"{reverse('events')}?{asked}").status_code == 200
