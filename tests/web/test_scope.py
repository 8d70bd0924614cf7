"""Who sees which client: by role, by team, by allocation, and never across services."""

import pytest
from django.http import Http404

from caseness.web.caseload.scope import clients_of, find_referral, referrals_of
from caseness.web.services.roles import Role
from web.people import make_member, make_referral, make_service, make_team, reader_for

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
