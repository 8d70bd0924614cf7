"""What the worker does: done once however often it is called, whoever else does it, and whenever it is killed."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest

from caseness.web.attention import rounds
from caseness.web.attention.actions_risk import acknowledge_alert
from caseness.web.attention.actions_signals import make_plan
from caseness.web.attention.away import look_for_not_seen
from caseness.web.attention.models import Message, RaisedSignal
from caseness.web.attention.rounds import ROUNDS, digest, escalate, send
from caseness.web.events.models import Event
from caseness.web.services.roles import Role
from web.acting import FIRST, NOW, at, make_open_referral, make_therapist, phq9_with_risk, save
from web.people import TODAY, make_contact, make_member, make_referral, make_team, reader_for

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 23, 7, tzinfo=NOW.tzinfo)


@pytest.fixture
def referral():
    return make_open_referral(None, [12], FIRST)


@pytest.fixture
def mailbox(mailoutbox, monkeypatch):
    """What was sent. Django names a mail by the global random generator, which tests may not use."""
    monkeypatch.setattr("django.core.mail.message.make_msgid", lambda domain: f"<mail@{domain}>")
    return mailoutbox


def plan_for(signal, review_on):
    """A plan after a signal, by the client's therapist."""
    return make_plan(
        signal=signal, by=reader_for(signal.referral.therapist), entry=signal.key, domains={"support": "Debt"},
        was_made_with_client=True, review_on=review_on, now=NOW,
    )  # fmt: skip


def state():
    """What the rounds leave behind."""
    return Message.objects.count(), RaisedSignal.objects.count(), Event.objects.count()


def test_every_round_done_again_changes_nothing(referral, mailbox):
    save(referral, None, items=phq9_with_risk(1), day=FIRST + timedelta(days=1))
    later = NOW + timedelta(hours=5)
    assert sum(each.run(later) for each in ROUNDS) > 0
    before = state()
    assert [each.run(later) for each in ROUNDS] == [0] * len(ROUNDS)
    assert state() == before


@pytest.mark.parametrize(
    ("days", "found"), [(14, []), (15, [15]), (20, [15]), (30, [15, 30]), (90, [15, 30])], ids=lambda value: str(value)
)
def test_time_alone_raises_not_seen(referral, days, found):
    for day in range(0, days + 1, 5):
        look_for_not_seen(at(FIRST + timedelta(days=day)))
    look_for_not_seen(at(FIRST + timedelta(days=days)))
    raised = referral.signals.order_by("since")
    assert [(one.since - FIRST).days for one in raised] == found
    assert [one.ended is None for one in raised] == [place == len(found) - 1 for place in range(len(found))]


def test_nobody_is_missed_who_waits_for_treatment_has_ended_or_was_never_seen(referral):
    therapist = referral.therapist
    make_contact(make_referral(therapist.service, therapist, received=FIRST), FIRST, appointment_type="01")
    make_contact(make_referral(therapist.service, therapist, received=FIRST, ended=TODAY), FIRST)
    make_referral(therapist.service, therapist, received=FIRST)
    assert look_for_not_seen(at(TODAY)) == 1
    assert RaisedSignal.objects.get().referral == referral


def test_an_appointment_that_was_kept_ends_it(referral):
    look_for_not_seen(at(TODAY))
    make_contact(referral, TODAY)
    save(referral, 12)
    assert referral.signals.get().why_ended == RaisedSignal.NO_LONGER


def test_a_digest_is_written_once_a_week_with_numbers_and_no_name(referral):
    make_member(referral.service, Role.ANALYST)
    look_for_not_seen(at(TODAY))
    assert [digest(MONDAY + timedelta(hours=hours)) for hours in (-1, 0, 1, 100, 168)] == [0, 1, 0, 0, 1]
    message = Message.objects.order_by("pk").first()
    assert message.about.endswith("2026-W13")
    assert "clients not seen for 15 days or more: 1" in message.text
    assert referral.client.family_name not in message.text


def digest_of(member):
    """What the digest of somebody says, without its blanks; empty where there is none."""
    return " ".join(" ".join(Message.objects.filter(to=member.user).values_list("text", flat=True)).split())


def test_whoever_answers_for_a_team_gets_a_digest_of_it_without_a_client_of_their_own(referral):
    service, team = referral.service, referral.team
    supervisor, lead = (make_member(service, role, team) for role in (Role.SUPERVISOR, Role.SERVICE_LEAD))
    elsewhere = make_open_referral(make_therapist(make_team(service, "Team B")))
    look_for_not_seen(at(TODAY))
    save(referral, None, items=phq9_with_risk(1))
    plan_for(referral.signals.get(kind="not-seen"), review_on=TODAY + timedelta(days=1))
    assert digest(MONDAY) == 4
    told = (
        "Team A open clients: 1 open clients without a therapist: 0 signals that nobody has acknowledged: 1 risk alerts that went a step up, or that nobody "
        "acknowledged in time: 1 plans whose day of review has passed: 1"
    )
    assert told in digest_of(supervisor)
    assert "Team B" not in digest_of(supervisor)
    assert "your open clients" not in digest_of(supervisor)
    assert told in digest_of(lead)
    assert (
        "Team B open clients: 1 open clients without a therapist: 0 signals that nobody has acknowledged: 0"
        in digest_of(lead)
    )
    assert "teams that you answer for" not in digest_of(referral.therapist)
    for one in (referral, elsewhere):
        for said in (one.client.family_name, one.client.local_patient_id, one.therapist.user.name):
            assert said not in digest_of(lead)


def test_a_supervisor_with_clients_gets_both_in_one_digest_and_nobody_an_empty_one(referral):
    supervisor = make_member(referral.service, Role.SUPERVISOR, referral.team)
    make_member(referral.service, Role.SUPERVISOR, make_team(referral.service, "Team B"))
    make_referral(referral.service, supervisor)
    assert digest(MONDAY) == 2
    assert "your open clients: 1" in digest_of(supervisor)
    assert "Team A open clients: 2" in digest_of(supervisor)


def test_an_alert_that_somebody_looks_after_in_time_is_not_told_as_late(referral):
    lead = make_member(referral.service, Role.SERVICE_LEAD)
    alert = save(referral, None, items=phq9_with_risk(1)).risk_alert
    acknowledge_alert(alert=alert, by=reader_for(referral.therapist), now=NOW)
    digest(MONDAY)
    assert "in time: 0" in digest_of(lead)


def test_clients_of_no_team_are_told_to_a_service_lead(referral):
    lead = make_member(referral.service, Role.SERVICE_LEAD)
    make_referral(referral.service)
    digest(MONDAY)
    assert digest_of(lead).index("Team A") < digest_of(lead).index(
        "Clients of no team open clients: 1 open clients without a therapist: 1"
    )


def test_mails_are_sent_once(referral, mailbox):
    save(referral, None, items=phq9_with_risk(1))
    assert (send(NOW), send(NOW)) == (1, 0)
    assert [one.to for one in mailbox] == [[referral.therapist.user.email]]


def test_a_server_that_refuses_a_mail_gets_it_again_and_nothing_is_lost(referral, mailbox, monkeypatch):
    save(referral, None, items=phq9_with_risk(1))

    def refuse(*given):
        raise SMTPServerDisconnected("no")

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "send_mail", refuse)
        assert send(NOW) == 0
    assert (send(NOW + timedelta(minutes=1)), len(mailbox)) == (0, 0)
    assert (send(NOW + timedelta(minutes=11)), len(mailbox)) == (1, 1)


def test_a_worker_that_dies_between_sending_and_marking_sends_twice_rather_than_never(referral, mailbox, monkeypatch):
    save(referral, None, items=phq9_with_risk(1))
    sent = rounds.send_mail

    def send_and_die(*given):
        sent(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "send_mail", send_and_die)
        with pytest.raises(KeyboardInterrupt):
            send(NOW)
    assert (send(NOW + timedelta(minutes=11)), len(mailbox)) == (1, 2)


def test_a_step_that_is_interrupted_was_not_made(referral, monkeypatch):
    save(referral, None, items=phq9_with_risk(1))
    lead = make_member(referral.service, Role.SERVICE_LEAD)

    def die(*given, **more):
        raise KeyboardInterrupt

    before = state()
    with monkeypatch.context() as patched:
        patched.setattr("caseness.web.attention.risk.write_message", die)
        with pytest.raises(KeyboardInterrupt):
            escalate(NOW + timedelta(hours=5))
    assert state() == before
    assert escalate(NOW + timedelta(hours=5)) == 1
    assert Message.objects.filter(to=lead.user).count() == 1


def test_a_therapist_of_another_service_gets_a_digest_of_their_own_clients(referral):
    other = make_open_referral(make_therapist(), [9], TODAY)
    digest(MONDAY)
    assert set(Message.objects.values_list("to", flat=True)) == {referral.therapist.user_id, other.therapist.user_id}
