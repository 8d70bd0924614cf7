"""The demonstration shows the whole life of signals and alerts, in an order that can be."""

from datetime import timedelta
from random import Random

import pytest
from django.urls import reverse

from caseness.web.attention.clinical_support import DOMAINS, OUTCOMES
from caseness.web.attention.models import Message, Plan, RaisedSignal, RiskAlert, SignalAudit
from caseness.web.attention.signal_audit import FIGURES, NEVER_HELD, count_signals
from caseness.web.exchange.demonstration.answered import answer_all, look_back
from caseness.web.exchange.demonstration.words import words
from caseness.web.exchange.looking import look_at_all
from caseness.web.services.roles import Role
from web.acting import NOW, make_therapist
from web.caseloads import add_session, fill_caseload
from web.people import TODAY, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    """A made-up caseload of some size, as it stands before anybody has answered."""
    therapist = make_therapist()
    for number, referral in enumerate(fill_caseload(therapist, 48, TODAY)):
        referral.signals.all().delete()
        add_session(referral, referral.received + timedelta(days=5), 16, 12)
        if number % 6 == 0:
            add_session(referral, TODAY - timedelta(days=8 + number), 15, None, item_9=1)
    return therapist.service


@pytest.fixture
def answered(service):
    look_back(service, NOW)
    look_at_all(service, NOW)
    answer_all(service, NOW, Random(3))
    return service


def test_signals_were_raised_acknowledged_planned_for_and_reviewed_and_some_wait(answered, client):
    count_signals(NOW)
    kinds = SignalAudit.objects.get(service=answered).content["kinds"]
    total = {name: sum(kind["figures"][name] for kind in kinds) for name in FIGURES}
    assert all(many > 0 for name, many in total.items() if name != NEVER_HELD)
    assert RaisedSignal.objects.filter(ended__isnull=True, acknowledged__isnull=True).exists()
    assert RaisedSignal.objects.filter(ended__isnull=False).exists()
    assert Plan.objects.filter(reviewed__isnull=True).exists()
    client.force_login(make_member(answered, Role.SERVICE_LEAD).user)
    assert "Not seen for a while" in client.get(reverse("signals-audit")).content.decode()


def test_nothing_happened_before_what_it_follows_or_after_now(answered):
    for one in RaisedSignal.objects.all():
        assert one.raised <= (one.acknowledged or NOW) <= NOW
        assert one.raised <= (one.ended or NOW) <= NOW
    for one in Plan.objects.all():
        assert one.made <= (one.reviewed or NOW) <= NOW
    for one in RiskAlert.objects.all():
        assert one.fired <= one.closed <= NOW


def test_alerts_were_closed_with_what_was_done_and_the_signals_with_them(answered):
    closed = RiskAlert.objects.filter(closed__isnull=False)
    assert closed.count() == RiskAlert.objects.count() > 0
    assert all(one.what_was_done.startswith("Made-up") for one in closed)
    assert RaisedSignal.objects.filter(answered_with__in=closed).exists()
    assert not Message.objects.filter(sent__isnull=True).exists()


def test_the_words_are_those_that_the_pages_know():
    assert set(words()["plans"]) == {one.id for one in DOMAINS}
    assert set(words()["happened"]) <= set(dict(OUTCOMES))
