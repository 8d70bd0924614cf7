"""The picture of a course: where its points, lines and words lie."""

from datetime import date, timedelta

from caseness.feedback import SessionScore
from caseness.web.attention.course_drawing import Drawn, draw

FIRST = date(2026, 3, 2)


def scores(*totals):
    """One a week and session; None where none was taken."""
    return [
        SessionScore(number, FIRST + timedelta(weeks=number - 1), total)
        for number, total in enumerate(totals, 1)
        if total is not None
    ]


def drawn(*totals, **more):
    return draw(Drawn(scores=scores(*totals), low=0, high=27, end=FIRST + timedelta(weeks=len(totals) - 1), **more))


def test_higher_scores_lie_higher_and_later_ones_to_the_right():
    low, high = drawn(5, 20).points
    assert low.x < high.x
    assert low.y > high.y


def test_the_ends_of_the_scale_are_the_ends_of_the_picture_and_nothing_lies_beyond():
    found = drawn(0, 27, 40)
    assert [one.y for one in found.points] == [found.bottom, found.top, found.top]


def test_only_the_first_and_the_last_total_are_written():
    assert [one.words for one in drawn(17, 15, 9).points] == ["17", "", "9"]


def test_a_line_breaks_where_a_session_has_no_score():
    assert len(drawn(17, 15, 9).lines) == 1
    before, after = drawn(17, None, 9, 8).lines
    assert (before.count(","), after.count(",")) == (1, 2)


def test_one_score_is_a_point_without_a_line_to_it():
    found = drawn(17)
    assert (len(found.points), found.lines[0].count(",")) == (1, 1)


def test_a_band_is_one_closed_shape_around_what_is_expected():
    band = [(one.day, 5.0, 10.0) for one in scores(1, 1, 1)]
    corners = drawn(17, 15, 9, band=band).band.split()
    assert len(corners) == 6
    assert corners[0].split(",")[0] == corners[-1].split(",")[0]


def test_whoever_was_not_seen_for_long_leaves_an_empty_end_that_is_not_too_long():
    late = draw(Drawn(scores=scores(17, 15), low=0, high=27, end=FIRST + timedelta(days=900)))
    assert late.days[-1].words == f"{FIRST + timedelta(days=7 + 45):%-d %b}"


def test_a_missed_appointment_before_the_first_score_is_left_out():
    found = drawn(17, 15, missed=[FIRST - timedelta(days=3), FIRST + timedelta(days=3)])
    assert len(found.missed) == 1
