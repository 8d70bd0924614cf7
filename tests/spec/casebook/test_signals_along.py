"""Signals along a course: each is told on the day on which it first read so, in the words of that day"""

from dataclasses import replace

import pytest

from case_records import ACTIVITIES, CONTACTS, scored, watched
from caseness.casebook import tell_case, write_markdown
from caseness.casebook.watching import trajectories_of
from caseness.feedback import Kind
from caseness.feedback.signals import signals_of


@pytest.fixture
def along(tmp_path):
    """Totals of GAD-7 in, one in each session, and a case with its signals out."""

    def run(*totals):
        return watched(
            tmp_path / "record", contacts=CONTACTS, activities=ACTIVITIES, contact_scores=scored(*totals, tool="gad7")
        )

    return run


def seen_on(case, day):
    """What somebody sees who looks at the course on a day: the words by the signal."""
    looked_at = trajectories_of(replace(case, known_until=day))
    return {one.id: one.why for course in looked_at for one in signals_of(course) if one.kind != Kind.TURNING_POINT}


def test_worse_at_session_2_and_at_session_4_are_two_signals_each_on_its_own_day(along):
    """Session 2 is on day 13, where worse is worse at the start. Session 4 is on day 27, and not before is it said of it."""
    case = along(7, 12, None, 12)
    found = {one.signal.id: (one.first, one.signal.why.split(":")[0]) for one in case.signals}
    assert found["adverse-initial-response"] == (13, "GAD-7 was 7 at the start and 12 at session 2")
    assert found["reliable-deterioration"] == (27, "GAD-7 was 7 at the start and 12 at session 4")
    text = write_markdown(tell_case(case))
    told = [line for line in text.splitlines() if "12 at session 4" in line]
    assert told
    assert all("First on day 27 (week 4)" in line for line in told)


@pytest.mark.parametrize(
    "totals",
    [(7, 12, None, 12), (7, 12, 12, 12, 12, 3), (14, 14, 14, 14, 14, 14, 14), (5, 5, 6, 5, 14, 15, 14, 16), (7, 12, 7, 12)],
    ids=str,
)  # fmt: skip
def test_a_signal_reads_as_it_would_have_on_its_first_day_and_on_no_day_before(along, totals):
    """A sudden loss, too, is told from the day on which it could be known, and not from the step itself."""
    case = along(*totals)
    assert case.signals
    for one in case.signals:
        name = one.signal.id
        assert seen_on(case, one.first)[name] == one.signal.why
        assert not [day for day in range(6, one.first) if name in seen_on(case, day)], name
