"""What the page of a client shows: the course as picture and table, single answers, appointments, and what is recorded."""

import uuid
from datetime import timedelta

import pytest

from caseness.web.attention.actions_work import take_back_score
from caseness.web.attention.client_page import ClientPage
from caseness.web.attention.together_page import TogetherPage
from web.acting import correct
from web.caseloads import add_alert, add_booking, add_life, add_session, at, raise_signals
from web.people import (
    TODAY,
    make_contact,
    make_course,
    make_member,
    make_referral,
    make_score,
    make_service,
    make_team,
    reader_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def therapist():
    service = make_service()
    return make_member(service, team=make_team(service), name="Tess Therapist")


@pytest.fixture
def referral(therapist):
    return make_referral(therapist.service, therapist, received=TODAY - timedelta(60), name="Ann Able")


def page_of(referral):
    return ClientPage(reader_for(referral.therapist), referral)


def test_the_head_tells_who_it_is_and_how_long_they_waited(referral):
    referral.problems.create(scheme="01", code="F32.1", significance="1")
    referral.problems.create(scheme="01", code="F41.1", significance="2")
    assert page_of(referral).waited == "60 days so far"
    make_contact(referral, TODAY - timedelta(39))
    found = page_of(type(referral).objects.get(pk=referral.pk))
    assert (found.name, found.age, found.therapist) == ("Ann Able", 36, "Tess Therapist")
    assert (found.problem, found.other_problems) == ("Depressive episode", ["Generalised anxiety disorder"])
    assert found.waited == "21 days for the first appointment"


def test_the_change_so_far_is_told_in_words(referral):
    make_course(referral, [17, 15, 9], TODAY - timedelta(14))
    (course,) = page_of(referral).courses
    assert course.change == "From 17 to 9, 8 points better: reliably better. Reliable is a change at or above 6 points."
    assert course.caseness == "caseness is at or above 10"


def test_the_table_says_the_same_as_the_picture_and_has_a_row_where_nothing_was_recorded(referral):
    make_course(referral, [17, 15], TODAY - timedelta(28))
    make_contact(referral, TODAY - timedelta(14))
    make_score(referral, TODAY - timedelta(7), 9, contact=make_contact(referral, TODAY - timedelta(7)))
    (course,) = page_of(referral).courses
    assert [(row.session, row.total, row.is_case) for row in course.rows] == [
        (1, 17, True), (2, 15, True), (3, None, None), (4, 9, False),
    ]  # fmt: skip
    assert len(course.drawing.points) == 3
    assert len(course.drawing.lines) == 2
    assert len(course.drawing.not_measured) == 1
    assert course.summary.startswith("PHQ-9, 3 scores, lower is better: 17 on 20 February 2026, 9 on 13 March 2026.")


def test_a_missed_appointment_is_marked_under_the_course(referral):
    make_course(referral, [17, 15], TODAY - timedelta(14))
    make_contact(referral, TODAY - timedelta(3), attendance="3")
    found = page_of(referral)
    assert len(found.courses[0].drawing.missed) == 1
    assert found.attendance == "Attended: 2; did not attend: 1."


def test_no_band_is_drawn_without_norms(referral):
    make_course(referral, [17, 15], TODAY - timedelta(14))
    (course,) = page_of(referral).courses
    assert (course.band, course.drawing.band) == (None, "")


def test_a_questionnaire_without_a_verified_change_is_not_judged(referral):
    make_score(referral, TODAY - timedelta(7), 30, "wsas", make_contact(referral, TODAY - timedelta(7)))
    make_score(referral, TODAY, 20, "wsas", make_contact(referral, TODAY))
    (course,) = page_of(referral).courses
    assert (
        course.change
        == "From 30 to 20, 10 points better: change not judged. No verified reliable change is known for it."
    )


def test_single_answers_are_worded_where_the_licence_lets_them_and_the_risk_item_is_marked(referral):
    add_session(referral, TODAY - timedelta(7), 14, None)
    add_session(referral, TODAY, 16, None, item_9=2)
    make_score(referral, TODAY - timedelta(14), 12)
    make_score(referral, TODAY, 20, "wsas", items=[4, 4, 4, 4, 4])
    phq9, wsas = page_of(referral).items
    assert (phq9.name, phq9.totals_alone, len(phq9.days)) == ("PHQ-9", 1, 2)
    assert phq9.rows[0].words == "Little interest or pleasure in doing things"
    risk = phq9.rows[8]
    assert risk.is_risk
    assert [(one.says, one.level, one.is_risk) for one in risk.answers] == [("0", 0, False), ("2", 2, True)]
    assert not any("because of my problem" in row.words for row in wsas.rows)


def test_appointments_stand_with_what_became_of_them_the_latest_first(referral):
    make_contact(referral, TODAY - timedelta(7))
    make_contact(referral, TODAY - timedelta(2), attendance="")
    add_booking(referral, TODAY + timedelta(5))
    found = page_of(referral)
    assert [(one.came, one.was_attended) for one in found.appointments] == [
        ("Booked", None), ("Not recorded", None), ("Attended", True),
    ]  # fmt: skip
    assert found.appointments[2].therapies == "Cognitive behaviour therapy"
    assert found.next_appointment.day == TODAY + timedelta(5)


def test_what_else_is_recorded_is_shown_in_words(referral, therapist):
    make_course(referral, [10, 14, 18], TODAY - timedelta(14))
    (signal,) = raise_signals(referral, TODAY)
    add_life(referral, TODAY, therapist.user)
    add_alert(referral, TODAY, therapist)
    found = page_of(referral)
    assert [one.rating for one in found.goals[0].ratings] == [2, 4, 6]
    assert [name for name, _ in found.circumstances] == ["Loss or bereavement"]
    assert [str(one) for one in found.medication] == ["Sertraline"]
    assert found.notes[0].by == therapist.user
    assert [one.answer for one in found.alerts] == [2]
    assert (found.held[0].signal.key, found.held[0].plan.was_made_with_client) == (signal.key, True)


def test_a_signal_that_holds_no_longer_is_kept_apart(referral):
    make_course(referral, [10, 14, 18], TODAY - timedelta(14))
    (signal,) = raise_signals(referral, TODAY)
    signal.ended = at(TODAY)
    signal.save()
    found = page_of(referral)
    assert (found.held, len(found.ended_signals)) == ([], 1)


def test_what_is_looked_at_together_names_no_signal_and_asks(referral):
    make_course(referral, [10, 14, 18], TODAY - timedelta(14))
    raise_signals(referral, TODAY)
    shown = TogetherPage(page_of(referral))
    (course,) = shown.courses
    assert course.moved.startswith("When we began it was 10. Last time it was 18: 8 points higher.")
    told = " ".join([course.moved, course.line, course.way, *shown.questions]).lower()
    assert "Have things been harder lately? What has been going on, in here or outside?" in shown.questions
    assert not [word for word in ("deteriorat", "caseness", "signal", "reliabl", "phq") if word in told]
    assert shown.name == "Ann"


def test_the_number_of_queries_does_not_grow_with_the_course(referral, django_assert_max_num_queries):
    make_course(referral, [17 - number % 5 for number in range(30)], TODAY - timedelta(210))
    add_life(referral, TODAY, referral.therapist.user)
    with django_assert_max_num_queries(18):
        found = page_of(referral)
        assert found.courses
        assert found.items == []
        assert (found.held, found.alerts, found.goals[0].ratings, found.notes[0].by) is not None


def test_a_score_that_was_corrected_or_taken_back_stays_to_be_seen(referral):
    make_course(referral, [17, 15], TODAY - timedelta(14))
    first, last = referral.scores.order_by("day")
    correct(first, 16, "A slip of the pen")
    take_back_score(
        score=last, by=reader_for(referral.therapist), entry=uuid.uuid4(), why="Another client's", now=at(TODAY)
    )
    found = page_of(type(referral).objects.get(pk=referral.pk))
    told = [(one.name, one.total, one.became, one.by, one.why) for one in found.corrections]
    assert told == [
        ("PHQ-9", 15, None, "Tess Therapist", "Another client's"),
        ("PHQ-9", 17, 16, "Tess Therapist", "A slip of the pen"),
    ]
    assert [one.total for one in found.scores] == [16]
