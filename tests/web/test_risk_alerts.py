"""A risk alert fires when the item is saved, has somebody who answers for it, and goes a step up until somebody does."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from caseness.web.attention.actions_risk import acknowledge_alert, close_alert, set_cover
from caseness.web.attention.actions_signals import acknowledge_signal
from caseness.web.attention.actions_work import take_back_score
from caseness.web.attention.models import Message, RiskAlert
from caseness.web.attention.owners import chain_of
from caseness.web.attention.rounds import escalate
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.caseload.scope import referrals_of
from caseness.web.events.models import Event, Kind
from caseness.web.services.roles import Role
from web.acting import NOW, at, correct, make_open_referral, make_therapist, phq9_with_risk, save
from web.people import TODAY, make_member, make_score, make_service, make_team, reader_for

pytestmark = pytest.mark.django_db

WEEK_AGO = TODAY - timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
def team():
    return make_team(make_service())


@pytest.fixture
def referral(team):
    return make_open_referral(make_therapist(team))


# The answers in order, and what the last of them is told as; None: no alert.
CHANGES = [
    ((0,), None),
    ((1,), "new"),
    ((0, 1), "new"),
    ((None, 2), "new"),
    ((1, 2), "increased"),
    ((2, 2), "unchanged"),
    ((2, 1), "decreased"),
    ((2, 0), None),
    # A blank is no answer: what counts is the answer before it.
    ((2, None, 2), "unchanged"),
]


@pytest.mark.parametrize(("answers", "change"), CHANGES)
def test_an_alert_says_how_the_answer_lies_beside_the_one_before(referral, answers, change):
    for place, answer in enumerate(answers):
        score = save(referral, None, WEEK_AGO + timedelta(days=place), items=phq9_with_risk(answer))
    found = RiskAlert.objects.filter(score=score).first()
    assert (found.change if found else None) == change


def test_a_total_tells_nothing_of_the_item(referral):
    save(referral, 27)
    assert not RiskAlert.objects.exists()


def test_who_answers_for_it(referral, team):
    lead = make_member(team.service, Role.SERVICE_LEAD)
    supervisor = make_member(team.service, Role.SUPERVISOR, team)
    make_member(team.service, Role.SUPERVISOR, make_team(team.service, "Team B"))
    make_member(team.service, Role.ANALYST)
    assert chain_of(referral, TODAY) == [referral.therapist, supervisor, lead]
    referral.therapist.ended = TODAY - timedelta(days=1)
    referral.therapist.save()
    assert chain_of(referral, TODAY) == [supervisor, lead]


def test_whoever_covers_answers_for_it_and_sees_the_client_as_long_as_the_cover_holds(referral, team):
    other = make_therapist(team)
    set_cover(by=reader_for(referral.therapist), away=referral.therapist, stand_in=other, first=TODAY, last=TODAY)
    score = save(referral, None, items=phq9_with_risk(1))
    assert score.risk_alert.owner == other
    assert list(referrals_of(reader_for(other))) == [referral]
    assert not referrals_of(reader_for(other, TODAY + timedelta(days=1)))
    assert chain_of(referral, TODAY + timedelta(days=1)) == [referral.therapist]


@pytest.mark.parametrize(
    ("stand_in", "days", "said"),
    [("other", (2, 1), "not before the first"), ("other", (-3, -2), "over already"), ("self", (0, 1), "for themselves"),
     ("stranger", (0, 1), "who can stand in")],
)  # fmt: skip
def test_a_cover_that_cannot_be_is_refused(referral, team, stand_in, days, said):
    people = {"other": make_therapist(team), "self": referral.therapist, "stranger": make_therapist()}
    first, last = (TODAY + timedelta(days=each) for each in days)
    with pytest.raises(NotAccepted, match=said):
        set_cover(
            by=reader_for(referral.therapist),
            away=referral.therapist,
            stand_in=people[stand_in],
            first=first,
            last=last,
        )


def test_nobody_sets_a_cover_for_a_colleague_and_so_opens_their_clients(referral, team):
    other = make_therapist(team)
    with pytest.raises(NotAccepted, match="for whom you can set cover"):
        set_cover(by=reader_for(other), away=referral.therapist, stand_in=other, first=TODAY, last=TODAY)


def test_an_alert_nobody_acknowledges_goes_up_step_by_step_out_of_hours_too(referral, team):
    supervisor = make_member(team.service, Role.SUPERVISOR, team)
    lead = make_member(team.service, Role.SERVICE_LEAD)
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    holders = []
    for hours in (3.9, 4, 7.9, 8, 12):
        escalate(at(TODAY) + hours * HOUR)
        alert.refresh_from_db()
        holders.append(alert.escalated_to)
    assert holders == [None, supervisor, supervisor, lead, lead]
    told = Message.objects.order_by("pk").values_list("to", flat=True)
    assert list(told) == [one.user_id for one in (referral.therapist, supervisor, lead, lead)]
    assert Event.objects.filter(kind=Kind.ESCALATED, client=referral.client.key).count() == 3


def test_no_mail_names_a_client_or_an_answer(referral):
    save(referral, None, items=phq9_with_risk(1))
    message = Message.objects.get()
    assert referral.client.family_name not in message.subject + message.text
    assert reverse("risk-alert", args=(RiskAlert.objects.get().key,)) in message.text


def test_an_alert_that_is_known_may_wait_longer(referral):
    make_score(referral, WEEK_AGO, 10, items=phq9_with_risk(1))
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    assert alert.escalate_at - alert.fired == timedelta(hours=24)


def test_a_client_of_nobody_is_told_to_whoever_is_in_charge_and_the_page_says_so(referral):
    referral.therapist.ended = TODAY - timedelta(days=1)
    referral.therapist.save()
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    assert (alert.owner, Message.objects.count()) == (None, 0)
    escalate(NOW + 5 * HOUR)
    lead = make_member(referral.service, Role.SERVICE_LEAD)
    escalate(NOW + 10 * HOUR)
    alert.refresh_from_db()
    assert alert.escalated_to == lead


def test_an_acknowledged_alert_goes_no_further_and_is_closed_by_saying_what_was_done(referral):
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    by = reader_for(referral.therapist)
    with pytest.raises(NotAccepted, match="Nothing else closes an alert"):
        close_alert(alert=alert, by=by, what_was_done="  ", now=NOW)
    acknowledge_alert(alert=alert, by=by, now=NOW)
    assert escalate(NOW + 99 * HOUR) == 0
    close_alert(alert=alert, by=by, what_was_done="Asked. No plans. Safety plan gone through.", now=NOW)
    with pytest.raises(NotAccepted, match=r"closed meanwhile, by .* send it once more"):
        close_alert(alert=alert, by=by, what_was_done="Again", now=NOW)


def test_closing_an_alert_answers_the_signal_of_the_same_answer_with_trace(referral):
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    acknowledge_alert(alert=alert, by=reader_for(referral.therapist), now=NOW)
    assert referral.signals.get().acknowledged is None
    close_alert(alert=alert, by=reader_for(referral.therapist), what_was_done="Asked", now=NOW + HOUR)
    signal = referral.signals.get()
    assert (signal.acknowledged, signal.acknowledged_by) == (NOW + HOUR, referral.therapist.user)
    assert signal.answered_with == alert
    told = Event.objects.get(kind=Kind.ACKNOWLEDGED, what="signal")
    assert (told.key, told.details) == (signal.key, {"with_alert": str(alert.key)})


def test_a_signal_that_somebody_acknowledged_before_stays_theirs(referral, team):
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    other = make_member(team.service, Role.SUPERVISOR, team)
    acknowledge_signal(signal=referral.signals.get(), by=reader_for(other), now=NOW)
    close_alert(alert=alert, by=reader_for(referral.therapist), what_was_done="Asked", now=NOW + HOUR)
    signal = referral.signals.get()
    assert (signal.acknowledged_by, signal.answered_with) == (other.user, None)


def test_a_signal_of_two_answers_waits_until_the_last_of_their_alerts_is_closed(referral):
    by = reader_for(referral.therapist)
    first = save(referral, None, WEEK_AGO, items=phq9_with_risk(1), today=WEEK_AGO).risk_alert
    second = save(referral, None, items=phq9_with_risk(2)).risk_alert
    close_alert(alert=first, by=by, what_was_done="Asked", now=NOW)
    assert referral.signals.get().acknowledged is None
    close_alert(alert=second, by=by, what_was_done="Asked again", now=NOW)
    assert referral.signals.get().answered_with == second


def test_the_page_of_an_alert_says_that_closing_it_answers_the_signal(client, referral, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(referral.therapist.user)
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    address, signal = reverse("risk-alert", args=(alert.key,)), reverse("signal", args=(referral.signals.get().key,))
    page = client.get(address).content.decode()
    assert "Closing the alert acknowledges the signal of this answer too" in page
    assert f'href="{signal}"' in page
    sent = {"entry": uuid.uuid4(), "what_was_done": "Asked"}
    closed = client.post(reverse("risk-close", args=(alert.key,)), sent, follow=True).content.decode()
    assert "The alert is closed. The signal of this answer is acknowledged with it." in closed
    assert f'href="{signal}"' in closed
    assert f'href="{address}"' in client.get(signal).content.decode()


def test_a_correction_never_hides_an_alert(referral):
    alert = save(referral, None, items=phq9_with_risk(2)).risk_alert
    corrected = correct(alert.score, None, items=phq9_with_risk(0))
    take_back_score(score=corrected, by=reader_for(referral.therapist), entry=alert.key, why="Not theirs", now=NOW)
    assert list(RiskAlert.objects.filter(closed__isnull=True)) == [alert]


def test_a_correction_upwards_is_told_anew_and_one_downwards_is_not(referral):
    score = save(referral, None, items=phq9_with_risk(2))
    lower = correct(score, None, items=phq9_with_risk(1))
    assert RiskAlert.objects.count() == 1
    correct(lower, None, items=phq9_with_risk(3))
    assert list(RiskAlert.objects.order_by("pk").values_list("answer", flat=True)) == [2, 3]


def test_whoever_saves_the_item_is_led_to_the_alert_and_it_is_answered_there(client, referral, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(referral.therapist.user)
    items = {f"phq9-{place}": str(answer) for place, answer in enumerate(phq9_with_risk(1), 1)}
    sent = {"entry": referral.key, "day": str(TODAY), **items}
    answer = client.post(reverse("score-add", args=(referral.key,)), sent)
    alert = RiskAlert.objects.get()
    assert answer.url == reverse("risk-alert", args=(alert.key,))
    page = client.get(answer.url).content.decode()
    assert "Item 9 of PHQ-9 was answered 1, several days." in page
    client.post(reverse("risk-acknowledge", args=(alert.key,)))
    refused = client.post(reverse("risk-close", args=(alert.key,)), {"entry": alert.key, "what_was_done": ""})
    assert refused.status_code == 422
    client.post(reverse("risk-close", args=(alert.key,)), {"entry": alert.key, "what_was_done": "Asked"})
    alert.refresh_from_db()
    assert (alert.what_was_done, alert.closed_by) == ("Asked", referral.therapist.user)
    assert "Closed (1)" in client.get(reverse("risk")).content.decode()


def test_the_page_of_risk_tells_mine_from_those_of_others(client, referral, team, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + 5 * HOUR)
    supervisor = make_member(team.service, Role.SUPERVISOR, team)
    save(referral, None, items=phq9_with_risk(1))
    client.force_login(supervisor.user)
    assert "With somebody else (1)" in client.get(reverse("risk")).content.decode()
    assert "1 alert has waited longer than it may." in client.get(reverse("risk")).content.decode()
    escalate(NOW + 5 * HOUR)
    assert "Yours to look at (1)" in client.get(reverse("risk")).content.decode()


def test_the_risk_page_tells_of_whom_it_was_read(client, team, referral):
    save(referral, None, items=phq9_with_risk(1))
    client.force_login(referral.therapist.user)
    client.get(reverse("risk"))
    assert Event.objects.get(kind=Kind.READ).details == {"clients": [str(referral.client.key)]}


def test_the_day_of_an_alert_is_that_of_the_answer(client, referral):
    save(referral, None, WEEK_AGO, items=phq9_with_risk(2))
    client.force_login(referral.therapist.user)
    for address in (reverse("client", args=(referral.key,)), reverse("caseload")):
        said = " ".join(client.get(address).content.decode().split())
        assert "(new) on 13 March 2026." in said
        assert "(new) on 20 March 2026" not in said
