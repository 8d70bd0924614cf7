"""What was done about a risk alert is kept, also what somebody writes once it is closed."""

import uuid

import pytest
from django.urls import reverse

from caseness.web.attention.actions_risk import add_account
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Event, Kind
from caseness.web.services.roles import Role
from web.acting import NOW, make_open_referral, make_therapist, phq9_with_risk, save
from web.people import make_member, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(make_service())


@pytest.fixture
def referral(team):
    return make_open_referral(make_therapist(team))


def test_what_a_second_tab_or_person_sends_is_added_to_the_closed_alert(client, referral, team, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    supervisor, alert = make_member(team.service, Role.SUPERVISOR, team), save(referral, None, items=phq9_with_risk(1))
    alert = alert.risk_alert
    sent = [(referral.therapist, "Asked."), (referral.therapist, "Rang the GP."), (supervisor, "Met the client.")]
    said = []
    for member, text in sent:
        client.force_login(member.user)
        form = {"entry": uuid.uuid4(), "what_was_done": text}
        for _ in range(2):
            page = client.post(reverse("risk-close", args=(alert.key,)), form, follow=True).content.decode()
        said.append(page)
    alert.refresh_from_db()
    assert (alert.what_was_done, alert.closed_by) == ("Asked.", referral.therapist.user)
    assert [one.what_was_done for one in alert.accounts.all()] == ["Rang the GP.", "Met the client."]
    assert "had been closed already, by you." in said[1]
    assert f"had been closed already, by {referral.therapist.user.name}." in said[2]
    assert said[2].index("Asked.") < said[2].index("Rang the GP.") < said[2].index("Met the client.")
    assert "Add what was done" in said[2]
    assert Event.objects.filter(kind=Kind.ADDED, what="account of a risk alert").count() == 2
    assert "Met the client." in client.get(reverse("client", args=(referral.key,))).content.decode()


def test_nothing_is_added_to_an_open_alert_nor_by_whoever_does_not_see_it(client, referral, team):
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    told = {"alert": alert, "by": reader_for(referral.therapist), "now": NOW, "entry": uuid.uuid4()}
    with pytest.raises(NotAccepted, match="This alert is open"):
        add_account(what_was_done="Asked", **told)
    client.force_login(make_therapist(team).user)
    sent = {"entry": uuid.uuid4(), "what_was_done": "x"}
    assert client.post(reverse("risk-close", args=(alert.key,)), sent).status_code == 404
    assert not alert.accounts.exists()
