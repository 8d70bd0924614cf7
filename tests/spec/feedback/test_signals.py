"""The signals of one course, in words"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from caseness.feedback import Contact, Kind, SessionScore, Trajectory, Urgency
from caseness.feedback.accuracy import say_accuracy
from caseness.feedback.cohort import NOT_IMPROVED
from caseness.feedback.fitting import About, fit_norms
from caseness.feedback.norms import Measured
from caseness.feedback.norms_file import enable
from caseness.feedback.rules import read_rules
from caseness.feedback.signals import signals_of, signals_of_caseload
from scored_courses import START, cohort_of, course_of, day


@pytest.fixture(scope="module")
def norms():
    """Norms of a service that are enabled."""
    fitted = fit_norms([cohort_of(np.random.default_rng(3), 6000)], read_rules(), About("a service", ("RX1",), ("2024-04", "2025-03"), "", "0.1.0", {}))  # fmt: skip
    return enable(replace(fitted, content="abc"), "A. Officer", date(2026, 1, 2), date(2026, 1, 2))


def only(name, course, **how):
    """The one signal of a name."""
    (found,) = [one for one in signals_of(course, **how) if one.id == name]
    return found


def ids(course, **how):
    return [one.id for one in signals_of(course, **how)]


def test_nothing_noticed_is_no_signal():
    assert signals_of(course_of([16, 12, 10, 8])) == ()
    assert signals_of(Trajectory("a1", "phq9", (), START)) == ()


def test_worse_in_the_first_sessions_is_told_once():
    found = only("adverse-initial-response", course_of([12, 14, 19]))
    assert (found.urgency, found.since, found.kind) == (Urgency.NEXT_SESSION, day(3), Kind.CONCERN)
    assert found.accuracy == "Not measured here."
    assert "reliable-deterioration" not in ids(course_of([12, 14, 19]))


def test_worse_later_says_how_much_and_since_when():
    found = only("reliable-deterioration", course_of([12, 14, 13, 19, 18, 12, 19, 20]))
    assert found.since == day(7)
    assert (
        found.why
        == "PHQ-9 was 12 at the start and 20 at session 8: 8 points worse. That is more than the error of the questionnaire."
    )
    assert "reliable change of PHQ-9 at or above 6 (IAPT v2.1" in found.rests_on


def test_no_early_response_says_what_it_looked_for():
    found = only("no-early-response", course_of([16, 15, 14, 13]))
    assert (found.since, found.urgency) == (day(4), Urgency.SUPERVISION)
    assert "By session 4 no score was reliably better than the first" in found.why
    assert (
        "session 4. The session is known for the CORE-10, and assumed for other questionnaires (Lucock"
        in found.rests_on
    )


def test_beyond_the_band_says_what_is_usual_and_of_whom(norms):
    found = only("beyond-expected-band", course_of([17, 17, 19], intensity="low"), norms=norms)
    assert found.why.startswith("PHQ-9 is 19 at session 3. Of people who began alike 80% lay between ")
    assert found.urgency == Urgency.SUPERVISION
    assert "Norms of a service, 2024-04 to 2025-03" in found.rests_on
    assert found.accuracy.startswith("Measured here: raised in ")
    assert "were not reliably better at the end" in found.accuracy


def test_beyond_the_wider_band_is_looked_at_sooner(norms):
    found = only("beyond-expected-band", course_of([17, 17, 21], intensity="low"), norms=norms)
    assert "90% lay between" in found.why
    assert found.urgency == Urgency.NEXT_SESSION
    narrow = only("beyond-expected-band", course_of([17, 17, 19], intensity="low"), norms=norms)
    assert found.accuracy != narrow.accuracy


def test_no_band_is_drawn_with_norms_that_nobody_enabled_or_of_people_who_do_not_exist(norms):
    course = course_of([17, 17, 21], intensity="low")
    assert "beyond-expected-band" not in ids(course, norms=replace(norms, sign_off=None))
    made_up = replace(norms, made_up="SYNTHETIC: nobody is real.")
    assert "beyond-expected-band" not in ids(course, norms=made_up)
    shown = only("beyond-expected-band", course, norms=made_up, demonstration=True)
    assert shown.rests_on.endswith("SYNTHETIC: nobody is real.")
    assert shown.accuracy.startswith("Measured on courses of people who do not exist")


def test_a_course_of_changed_intensity_has_no_band(norms):
    assert "beyond-expected-band" not in ids(course_of([17, 17, 21], intensity="changed"), norms=norms)


def test_sudden_changes_are_told_with_their_sessions():
    gain = only("sudden-gain", course_of([20, 21, 20, 9, 8, 9]))
    assert (gain.kind, gain.urgency, gain.since) == (Kind.TURNING_POINT, Urgency.NOTE, day(4))
    assert (
        gain.why
        == "PHQ-9 went from 20 at session 3 to 9 at session 4, and the sessions after it were better than those before."
    )
    loss = only("sudden-loss", course_of([8, 9, 8, 19, 20, 19]))
    assert (loss.kind, loss.urgency) == (Kind.CONCERN, Urgency.SUPERVISION)
    assert "worse than those before" in loss.why


ITEMS = [(1,) * 8 + (0,), (1,) * 8 + (1,), (1,) * 8 + (2,), (1,) * 8 + (2,), (1,) * 8 + (1,)]


@pytest.mark.parametrize(
    ("items", "said", "since"),
    [
        (ITEMS[:2], "That is new: the time before it was 0.", 2),
        (ITEMS[:3], "It has risen: the time before it was 1.", 2),
        (ITEMS[:4], "It is unchanged: the time before it was 2 too.", 2),
        (ITEMS[:5], "It has fallen: the time before it was 2.", 2),
        (ITEMS[1:2], "It is the first answer that is recorded.", 1),
    ],
)
def test_an_answer_to_the_risk_item_is_looked_at_the_same_day(items, said, since):
    found = only("risk-item", course_of([9] * len(items), items=items))
    assert found.urgency == Urgency.AT_ONCE
    assert found.why.endswith(said)
    assert found.why.startswith(f"Item 9 of PHQ-9 was answered {items[-1][8]} on")
    assert found.since == day(since)


def test_without_a_recorded_answer_above_the_line_there_is_no_such_signal():
    "A blank answer is none, and a total tells nothing of one item."
    assert "risk-item" not in ids(course_of([27]))
    assert "risk-item" not in ids(course_of([8], items=ITEMS[:1]))
    assert "risk-item" not in ids(course_of([8], items=[(1,) * 8 + (None,)]))
    assert "risk-item" not in ids(course_of([18], tool="gad7", items=[(3,) * 7]))


def test_a_line_of_risk_that_was_not_verified_is_used_and_says_so():
    "Not to show it would be the greater risk."
    found = only("risk-item", course_of([6], tool="core10", items=[(0, 0, 0, 0, 0, 1, 0, 0, 0, 0)]))
    assert "not verified" in found.rests_on


def test_a_first_score_of_the_ors_above_32_is_in_doubt():
    found = only("implausible-first-score", course_of([36, 35], tool="ors"))
    assert (found.kind, found.since) == (Kind.DOUBT_ABOUT_SCORES, day(1))
    assert "ORS began at 36, above 32" in found.why
    assert ids(course_of([32, 30], tool="ors")) == []


def test_a_sawtooth_and_a_flat_line_are_doubts():
    found = only("sawtooth", course_of([10, 16, 10, 16, 10, 16]))
    assert found.why == "PHQ-9 has changed direction 4 times or more, each time by 6 points or more."
    flat = only("flat-line", course_of([12, 9, 9, 9, 9]))
    assert (flat.why, flat.since) == ("PHQ-9 was 9 in each of the last 4 sessions with a score, or more.", day(5))


def test_somebody_not_seen_for_a_while_is_told_with_what_was_missed():
    contacts = (Contact(day(2), attended=True), Contact(day(3), attended=False), Contact(day(4), attended=False))
    found = only("not-seen", course_of([16, 12], as_of=day(2) + timedelta(days=16), contacts=contacts))
    assert found.why == "Last seen on 9 March 2026, 16 days ago. Appointments missed or cancelled since: 2."
    assert (found.urgency, found.since) == (Urgency.SUPERVISION, day(2) + timedelta(days=15))
    later = only("not-seen", course_of([16, 12], as_of=day(2) + timedelta(days=30)))
    assert (later.urgency, later.since) == (Urgency.NEXT_SESSION, day(2) + timedelta(days=30))


def test_who_waits_for_treatment_is_on_a_waiting_list_and_not_missed():
    late, contact = day(1) + timedelta(days=40), Contact(day(1), attended=True, kind="assessment")
    assert ids(course_of([16], as_of=late, contacts=(contact,))) == []
    begun = (contact, Contact(day(2), attended=True))
    assert ids(course_of([16], as_of=late, contacts=begun)) == ["not-seen"]


def test_who_was_seen_lately_or_has_ended_is_not_missed():
    assert ids(course_of([16, 12], as_of=day(2) + timedelta(days=14))) == []
    assert ids(course_of([16, 12], as_of=day(2) + timedelta(days=40), ended=day(3))) == []


def test_of_two_scores_in_one_session_the_last_counts_and_in_the_first_session_the_first():
    scores = (
        SessionScore(1, day(1), 12),
        SessionScore(1, day(1), 20),
        SessionScore(2, day(2), 19),
        SessionScore(2, day(2), 14),
    )
    assert signals_of(Trajectory("a1", "phq9", scores, day(2))) == ()


def test_signals_are_of_the_day_on_which_the_course_is_looked_at():
    whole = course_of([14, 20, 12, 8])
    assert ids(whole) == []
    assert ids(whole.until(day(2))) == ["adverse-initial-response"]


def test_a_caseload_lists_what_is_most_urgent_and_newest_first():
    worse = replace(course_of([12, 19]), reference="b")
    flat = replace(course_of([9, 9, 9, 9]), reference="c")
    risk = replace(course_of([9], items=ITEMS[1:2]), reference="d")
    found = signals_of_caseload([flat, worse, risk, replace(course_of([16, 9]), reference="e")])
    assert [one.course.reference for one in found] == ["d", "b", "c"]


def test_somebody_with_two_questionnaires_was_not_seen_once():
    late = day(2) + timedelta(days=20)
    both = [course_of([16, 12], as_of=late), course_of([12, 9], tool="gad7", as_of=late)]
    found = signals_of_caseload(both)
    assert [[signal.id for signal in one.signals] for one in found] == [["not-seen"]]


def test_accuracy_without_a_hit_says_how_many_came(norms):
    norm = replace(norms.norms[0], measured=(Measured("sawtooth", NOT_IMPROVED, 0, 2, 30, 70, 4),))
    assert say_accuracy(norm, "sawtooth", NOT_IMPROVED) == (
        "Measured here: raised in 2 of 102 courses; 30 were not reliably better at the end."
    )
    assert say_accuracy(norm, "flat-line", NOT_IMPROVED) == "Not measured here."
