"""A signal is seen, planned for over five domains, and looked at again; and what became of signals is counted."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from caseness.web.attention.actions_signals import acknowledge_signal, make_plan, review_plan
from caseness.web.attention.clinical_support import DOMAINS
from caseness.web.attention.models import Plan, SignalAudit
from caseness.web.attention.signal_audit import count_signals
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.services.roles import Role
from web.acting import NOW, at, correct, make_open_referral, make_therapist, save
from web.people import TODAY, make_contact, make_member, reader_for

pytestmark = pytest.mark.django_db

SOON = TODAY + timedelta(days=14)


@pytest.fixture
def referral():
    return one_that_got_worse(make_therapist())


def one_that_got_worse(therapist):
    """A referral with the signal of having got worse at the start."""
    found = make_open_referral(therapist, [12], TODAY - timedelta(days=1))
    make_contact(found, TODAY)
    save(found, 19)
    return found


@pytest.fixture
def signal(referral):
    return referral.signals.get(kind="adverse-initial-response")


def plan(signal, domains=None, review_on=SOON, entry=None, **more):
    return make_plan(
        signal=signal, by=reader_for(signal.referral.therapist), entry=entry or uuid.uuid4(), now=NOW,
        domains=domains or {"support": "Debt: an advice service was named"}, was_made_with_client=True,
        review_on=review_on, **more,
    )  # fmt: skip


def test_the_first_who_acknowledges_counts(referral, signal):
    other = make_therapist(referral.team)
    acknowledge_signal(signal=signal, by=reader_for(referral.therapist), now=NOW)
    acknowledge_signal(signal=signal, by=reader_for(other), now=NOW + timedelta(hours=1))
    signal.refresh_from_db()
    assert (signal.acknowledged, signal.acknowledged_by) == (NOW, referral.therapist.user)


def test_a_plan_acknowledges_and_keeps_only_what_was_written(signal):
    made = plan(signal, {"risk": " ", "alliance": "Agreed to say when it gets too fast ", "other": "x"})
    signal.refresh_from_db()
    assert made.domains == {"alliance": "Agreed to say when it gets too fast"}
    assert signal.acknowledged == NOW


def test_a_plan_without_a_word_or_a_day_to_come_is_refused(signal):
    with pytest.raises(NotAccepted, match="at least one of the five"):
        plan(signal, {"risk": ""} | {"x": "y"})
    with pytest.raises(NotAccepted, match="a day after today"):
        plan(signal, review_on=TODAY)


def test_the_same_plan_sent_twice_is_one(signal):
    entry = uuid.uuid4()
    assert plan(signal, entry=entry) == plan(signal, entry=entry)


def test_what_happened_is_said_once(signal):
    made, by = plan(signal), reader_for(signal.referral.therapist)
    with pytest.raises(NotAccepted, match="Choose what happened next"):
        review_plan(plan=made, by=by, what_happened="rained", now=NOW)
    review_plan(plan=made, by=by, what_happened="improved", note="Less debt", now=NOW)
    with pytest.raises(NotAccepted, match="was reviewed already"):
        review_plan(plan=made, by=by, what_happened="worse", now=NOW)


def test_the_page_explains_and_takes_a_plan_and_its_review(client, signal, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(signal.referral.therapist.user)
    address = reverse("signal", args=(signal.key,))
    page = client.get(address).content.decode()
    for said in (signal.told["why"], "Not measured here.", "It is not for triage", *(one.title for one in DOMAINS)):
        assert said in page
    client.post(reverse("signal-acknowledge", args=(signal.key,)))
    sent = {"entry": uuid.uuid4(), "review_on": str(SOON)}
    refused = client.post(reverse("signal-plan", args=(signal.key,)), sent)
    assert (refused.status_code, Plan.objects.count()) == (422, 0)
    client.post(reverse("signal-plan", args=(signal.key,)), {**sent, "support": "Debt"})
    made = Plan.objects.get()
    review = reverse("plan-review", args=(made.key,))
    assert client.post(review, {"entry": uuid.uuid4()}).status_code == 422
    client.post(review, {"entry": uuid.uuid4(), "what_happened": "improved"})
    assert "What happened next: It got better." in client.get(address).content.decode()


def test_what_became_of_signals_is_counted_by_kind_and_for_nobody(client, referral, signal, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    review_plan(plan=plan(signal), by=reader_for(referral.therapist), what_happened="improved", now=NOW)
    other = one_that_got_worse(make_therapist(referral.team))
    correct(other.scores.get(total=19), 12)
    assert count_signals(NOW) == 1
    (kind,) = SignalAudit.objects.get().content["kinds"]
    assert kind["figures"] == {
        "signals_raised": 2, "signals_acknowledged": 1, "signals_acknowledged_in_time": 1, "signals_that_never_held": 1,
        "signals_with_a_plan": 1, "signals_with_a_plan_made_together": 1, "signals_with_a_review": 1,
    }  # fmt: skip
    assert {name: count for name, count in kind["happened"].items() if count} == {"improved": 1}
    client.force_login(make_member(referral.service, Role.ANALYST).user)
    page = client.get(reverse("signals-audit")).content.decode()
    assert "exact and unsuppressed: for the service&#39;s own use" in page
    assert referral.therapist.user.name not in page


def test_it_is_counted_once_a_day_and_not_in_the_request(client, referral, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    client.force_login(make_member(referral.service, Role.SERVICE_LEAD).user)
    assert "Nothing was counted yet." in client.get(reverse("signals-audit")).content.decode()
    assert [count_signals(at(day)) for day in (TODAY, TODAY, TODAY + timedelta(days=1))] == [1, 0, 1]


def test_whoever_sees_clients_alone_does_not_see_the_counts(client, referral):
    client.force_login(referral.therapist.user)
    assert client.get(reverse("signals-audit")).status_code == 403
