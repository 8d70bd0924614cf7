"""A questionnaire of which answers lack: what was answered is kept, its risk item is told, and no total is made up."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from caseness.web.attention.models import RiskAlert
from caseness.web.attention.raising import look_again
from caseness.web.caseload.courses import trajectories
from caseness.web.caseload.models import Referral, Score
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.exchange.bundles import bundles
from web.acting import NOW, correct, make_open_referral, phq9_with_risk, raised, save
from web.people import TODAY

pytestmark = pytest.mark.django_db
RISK_ALONE = (*[None] * 8, 3)


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """The clock of requests stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def referral():
    return make_open_referral()


@pytest.fixture
def send(client, referral):
    """Sends the sheet of scores, as the therapist, and follows to the page after it."""
    client.force_login(referral.therapist.user)

    def go(**sent):
        given = {"entry": str(uuid.uuid4()), "day": str(TODAY), **sent}
        return client.post(reverse("score-add", args=(referral.key,)), given, follow=True)

    return go


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_risk_answer_alone_is_saved_and_raises_its_alert(client, referral, send):
    answer = send(**{"phq9-9": "3"})
    score = referral.scores.get()
    assert (score.total, score.items) == (None, list(RISK_ALONE))
    assert RiskAlert.objects.get().answer == 3
    assert "PHQ-9 is incomplete: 8 of 9 questions have no answer, so it has no total." in text_of(answer)
    page = text_of(client.get(reverse("client", args=(referral.key,))))
    assert "PHQ-9 of 20 March 2026 is incomplete" in page
    assert "incomplete, without a total," in text_of(client.get(reverse("score-correct", args=(score.key,))))


def test_a_total_beside_a_risk_answer_keeps_both(client, referral, send):
    answer = send(**{"phq9-9": "3", "phq9-total": "12"})
    score = referral.scores.get()
    assert (score.total, score.items, score.risk_alert.answer) == (Decimal(12), list(RISK_ALONE), 3)
    assert "PHQ-9 has the total that was entered: 8 of 9 questions have no answer." in text_of(answer)
    form = client.get(reverse("score-correct", args=(score.key,))).context_data["form"]
    assert (form["phq9-total"].value(), form["phq9-9"].value()) == ("12", "3")


@pytest.mark.parametrize("total", [2, 28])
def test_a_total_that_the_answers_cannot_come_to_is_refused(referral, total):
    with pytest.raises(NotAccepted):
        save(referral, total, items=RISK_ALONE)
    assert not Score.objects.exists()


def test_an_answer_that_is_none_of_the_questionnaire_is_refused(referral):
    for items in ((*[None] * 8, 7), (None,) * 9):
        with pytest.raises(NotAccepted):
            save(referral, None, items=items)


def test_an_incomplete_score_is_in_no_course_caseload_or_export(client, referral):
    save(referral, None, items=RISK_ALONE)
    held = Referral.objects.get(pk=referral.pk)
    assert not trajectories(held, TODAY, made_up=False)
    client.force_login(referral.therapist.user)
    assert "No score yet" in text_of(client.get(reverse("caseload")))
    (bundle,) = bundles(referral.service)
    assert not bundle.referrals[0].scores.all()


def test_a_risk_answer_without_a_total_raises_the_signal_of_a_complete_one_once(referral):
    score = save(referral, None, items=RISK_ALONE)
    assert raised(referral) == [("risk-item", "phq9", str(TODAY), "holds")]
    signal = referral.signals.get()
    assert (signal.score, signal.urgency) == (score, "at_once")
    assert signal.told["why"].startswith("Item 9 of PHQ-9 was answered 3 on 20 March 2026.")
    look_again(referral, now=NOW)
    correct(score, None, items=(*[1] * 8, 3))
    assert raised(referral) == [("risk-item", "phq9", str(TODAY), "holds")]


def test_incomplete_and_complete_answers_about_risk_are_one_course(referral):
    weeks = [TODAY - timedelta(weeks=each) for each in (3, 2, 1)]
    save(referral, None, weeks[0], items=phq9_with_risk(2), today=weeks[0])
    save(referral, None, weeks[1], items=RISK_ALONE, today=weeks[1])
    assert raised(referral) == [("risk-item", "phq9", str(weeks[0]), "holds")]
    save(referral, None, weeks[2], items=(*[None] * 8, 0), today=weeks[2])
    assert raised(referral) == [("risk-item", "phq9", str(weeks[0]), "no_longer")]


def test_it_is_completed_by_a_correction_with_trace(client, referral):
    score = save(referral, None, items=RISK_ALONE)
    made = correct(score, None, items=(*[1] * 8, 3))
    assert (made.total, RiskAlert.objects.count()) == (Decimal(11), 1)
    client.force_login(referral.therapist.user)
    page = text_of(client.get(reverse("client", args=(referral.key,))))
    assert "<s>incomplete on 20 March 2026</s> became 11" in page
