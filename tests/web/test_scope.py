"""Who sees which client: by role, by team, by allocation, and never across services."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from caseness.web.attention.actions_risk import set_cover
from caseness.web.attention.actions_signals import make_plan
from caseness.web.attention.models import RaisedSignal
from caseness.web.caseload.actions_contacts import Appointment, book_contact
from caseness.web.caseload.actions_referrals import allocate_referral
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.caseload.scope import clients_of, find_referral, referrals_of
from caseness.web.services.roles import Role
from web.acting import NOW, make_open_referral, make_therapist
from web.people import TODAY, make_member, make_referral, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return make_service()


@pytest.fixture
def team(service):
    return make_team(service)


def test_a_therapist_sees_those_allocated_to_them(service, team):
    one, other = make_member(service, team=team), make_member(service, team=team)
    mine, theirs = make_referral(service, one), make_referral(service, other)
    assert list(referrals_of(reader_for(one))) == [mine]
    with pytest.raises(Http404):
        find_referral(reader_for(one), theirs.key)


def test_a_supervisor_sees_the_team(service, team):
    supervisor = make_member(service, Role.SUPERVISOR, team)
    ours = make_referral(service, make_member(service, team=team))
    make_referral(service, make_member(service, team=make_team(service, "Team B")))
    assert list(referrals_of(reader_for(supervisor))) == [ours]


def test_a_service_lead_sees_the_service_and_no_other(service, team):
    ours = make_referral(service, make_member(service, team=team))
    make_referral(make_service("Elsewhere", "ZZ902"))
    assert list(clients_of(reader_for(make_member(service, Role.SERVICE_LEAD)))) == [ours.client]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ANALYST])
def test_nobody_else_sees_a_client(service, role):
    make_referral(service)
    assert not referrals_of(reader_for(make_member(service, role)))


def test_a_supervisor_gives_an_open_client_to_somebody_or_some_team(service, team):
    supervisor, lead = (reader_for(make_member(service, role, team)) for role in (Role.SUPERVISOR, Role.SERVICE_LEAD))
    ours = make_referral(service, make_member(service, team=team))
    with pytest.raises(NotAccepted, match="only a service lead would see the client"):
        allocate_referral(referral=ours, by=supervisor, team=None, therapist=None)
    assert find_referral(supervisor, ours.key) == ours
    allocate_referral(referral=ours, by=supervisor, team=team, therapist=None)
    assert find_referral(supervisor, ours.key).therapist is None
    allocate_referral(referral=ours, by=lead, team=None, therapist=None)
    assert find_referral(lead, ours.key) == ours


FAR = date(9999, 1, 1)


@pytest.mark.parametrize("day", [FAR, TODAY + timedelta(days=731)])
def test_a_day_that_is_years_away_is_refused(team, day):
    """It is a slip of the pen."""
    referral, other = make_open_referral(make_therapist(team), [18, 18, 25]), make_therapist(team)
    by = reader_for(referral.therapist)
    signal = RaisedSignal.objects.create(
        referral=referral, kind="not_seen", since=TODAY, raised=NOW, told={}, instrument_id="", urgency="soon"
    )
    plan = {"signal": signal, "domains": {"risk": "x"}, "was_made_with_client": True, "now": NOW}
    for act, given in (
        (book_contact, {"referral": referral, "entry": uuid4(), "appointment": Appointment(day=day)}),
        (make_plan, {**plan, "entry": uuid4(), "review_on": day}),
        (set_cover, {"away": referral.therapist, "stand_in": other, "first": TODAY, "last": day}),
    ):
        with pytest.raises(NotAccepted, match="more than 2 years from now"):
            act(by=by, **given)


def test_a_day_within_two_years_is_booked(team):
    referral = make_referral(team.service, make_therapist(team))
    given = {"referral": referral, "by": reader_for(referral.therapist), "entry": uuid4()}
    assert book_contact(**given, appointment=Appointment(day=TODAY + timedelta(days=700))).pk
