"""Which scores raise what, once; and what ends a signal."""

from datetime import timedelta

import pytest

from caseness.web.attention.actions_work import close_referral, take_back_score
from caseness.web.attention.models import RaisedSignal
from caseness.web.attention.raising import look_again
from caseness.web.events.models import Event, Kind
from web.acting import FIRST, at, correct, make_open_referral, make_therapist, phq9_with_risk, raised, save
from web.people import TODAY, make_contact, reader_for

pytestmark = pytest.mark.django_db


def weekly(referral, *totals, start=0):
    """Save a score a week, each on its day, as of its day."""
    for place, total in enumerate(totals, start):
        day = FIRST + timedelta(weeks=place)
        make_contact(referral, day)
        save(referral, total, day, today=day)


# Saved week by week; then what is there, with the week since which it holds.
TABLE = [
    ((16,), []),
    ((16, 12), []),
    ((12, 19), [("adverse-initial-response", 1, "holds")]),
    # Not again on the next save, since it holds on.
    ((12, 19, 20), [("adverse-initial-response", 1, "holds")]),
    # Back within the error of the questionnaire: it ends, and is raised anew where it begins anew.
    ((12, 19, 13), [("adverse-initial-response", 1, "no_longer")]),
    # At session 4 it goes by another name, since its beginning.
    (
        (12, 19, 20, 21),
        [
            ("adverse-initial-response", 1, "no_longer"),
            ("reliable-deterioration", 1, "holds"),
            ("no-early-response", 3, "holds"),
        ],
    ),
    (
        (12, 19, 13, 12, 19),
        [
            ("adverse-initial-response", 1, "no_longer"),
            ("no-early-response", 3, "holds"),
            ("reliable-deterioration", 4, "holds"),
        ],
    ),
]


@pytest.mark.parametrize(("totals", "expected"), TABLE)
def test_a_signal_is_raised_once_for_each_time_it_begins_to_hold(totals, expected):
    referral = make_open_referral()
    weekly(referral, *totals)
    dated = [(kind, "phq9", str(FIRST + timedelta(weeks=week)), state) for kind, week, state in expected]
    assert raised(referral) == sorted(dated, key=lambda one: (one[2], one[0]))


def test_what_was_told_is_kept_with_the_score_that_raised_it():
    referral = make_open_referral()
    weekly(referral, 12, 19)
    (signal,) = referral.signals.all()
    assert signal.told["why"].startswith("PHQ-9 was 12 at the start and 19 at session 2: 7 points worse.")
    assert set(signal.told) == {"title", "why", "rests_on", "accuracy", "consider", "about", "questionnaire"}
    assert (signal.urgency, signal.score.total) == ("next_session", 19)


def test_raising_and_ending_are_events_with_the_client_and_without_a_value():
    referral = make_open_referral()
    weekly(referral, 12, 19, 13)
    told = Event.objects.filter(what="signal", client=referral.client.key).order_by("pk")
    assert [(one.kind, one.details.get("why")) for one in told] == [
        (Kind.SIGNAL_RAISED, None),
        (Kind.CHANGED, "no_longer"),
    ]


def test_a_correction_that_shows_that_a_signal_never_held_ends_it_and_says_so():
    referral = make_open_referral()
    weekly(referral, 12, 19)
    correct(referral.scores.get(total=19), 9)
    assert [one[3] for one in raised(referral)] == [RaisedSignal.NEVER_HELD]


def test_a_correction_of_another_score_leaves_what_held_as_something_that_held():
    referral = make_open_referral()
    weekly(referral, 12, 19, 20)
    correct(referral.scores.get(total=20), 13)
    assert [one[3] for one in raised(referral)] == [RaisedSignal.NO_LONGER]


def test_a_correction_of_a_correction_brings_the_same_signal_back():
    referral = make_open_referral()
    weekly(referral, 12, 19)
    wrong = correct(referral.scores.get(total=19), 9)
    correct(wrong, 19)
    assert [one[3] for one in raised(referral)] == ["holds"]
    assert Event.objects.filter(kind=Kind.SIGNAL_RAISED, details__again=True).count() == 1


def test_a_correction_that_makes_a_signal_raises_it():
    referral = make_open_referral()
    weekly(referral, 12, 14)
    correct(referral.scores.get(total=14), 19)
    assert [(one[0], one[3]) for one in raised(referral)] == [("adverse-initial-response", "holds")]


def test_a_score_of_somebody_else_that_is_taken_back_ends_what_it_raised():
    referral = make_open_referral()
    weekly(referral, 12, 19)
    score = referral.scores.get(total=19)
    by = reader_for(referral.therapist, score.day)
    take_back_score(score=score, by=by, entry=score.key, why="Of another client", now=at(score.day))
    assert [one[3] for one in raised(referral)] == [RaisedSignal.NEVER_HELD]


def test_the_signals_of_a_referral_end_with_it():
    referral = make_open_referral()
    weekly(referral, 12, 19)
    by = reader_for(referral.therapist)
    close_referral(referral=referral, by=by, ended=TODAY, end_code="46", now=at(TODAY))
    assert [one[3] for one in raised(referral)] == [RaisedSignal.REFERRAL_ENDED]


def test_somebody_not_seen_is_told_after_15_days_and_again_after_30_once_for_all_questionnaires():
    therapist = make_therapist()
    referral = make_open_referral(therapist, [12])
    save(referral, 8, FIRST, "gad7", today=FIRST)
    for days in (14, 15, 16, 30, 31):
        look_again(referral, now=at(FIRST + timedelta(days=days)))
    assert raised(referral) == [
        ("not-seen", "", str(FIRST + timedelta(days=15)), "no_longer"),
        ("not-seen", "", str(FIRST + timedelta(days=30)), "holds"),
    ]


def test_a_score_on_one_questionnaire_is_a_sign_of_life_for_all():
    referral = make_open_referral(None, [12])
    save(referral, 8, FIRST + timedelta(days=10), "gad7", today=FIRST + timedelta(days=10))
    look_again(referral, now=at(FIRST + timedelta(days=16)))
    assert not raised(referral)


def test_somebody_with_appointments_and_no_score_is_missed_too():
    referral = make_open_referral()
    make_contact(referral, FIRST)
    look_again(referral, now=at(FIRST + timedelta(days=15)))
    assert [one[0] for one in raised(referral)] == ["not-seen"]


def test_a_signal_that_grows_more_urgent_asks_to_be_acknowledged_anew():
    referral = make_open_referral()
    weekly(referral, 12, 19)
    signal = referral.signals.get()
    RaisedSignal.objects.filter(pk=signal.pk).update(
        urgency="note", acknowledged=at(TODAY), acknowledged_by=referral.therapist.user
    )
    look_again(referral, now=at(FIRST + timedelta(weeks=1)))
    signal.refresh_from_db()
    assert (signal.urgency, signal.acknowledged) == ("next_session", None)


def test_a_risk_item_that_is_answered_twice_in_a_session_is_not_passed_over():
    referral = make_open_referral(None, [])
    save(referral, None, FIRST, items=phq9_with_risk(0), today=FIRST)
    save(referral, None, FIRST, items=phq9_with_risk(2), today=FIRST, is_another=True)
    assert [one[0] for one in raised(referral)] == ["risk-item"]
