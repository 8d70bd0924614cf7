"""The page of a case study: one file, with a chart of each questionnaire and every table."""

import re
from dataclasses import replace

import pytest

from case_records import ACTIVITIES, CONTACTS, scored, watched
from caseness.casebook import tell_case
from caseness.casebook.blocks import Grid
from caseness.casebook.model import Expected
from caseness.casebook.spelling import Spell
from caseness.report.case_page import render_case, style_of
from caseness.report.charts.course import draw_course, key_of
from caseness.report.charts.theme import NARROW, WIDE


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """A course with two questionnaires, a score after the end, and one scale on which high is good."""
    scores = [*scored(16, 12, 9), *({**each, "tool": "caseness:ors"} for each in scored(20, 24))]
    later = "month | referral | tool | score | on\n2025-06 | R1 | phq9 | 2 | 2025-06-25"
    tables = {"contacts": CONTACTS, "activities": ACTIVITIES, "contact_scores": scores, "scores": later}
    return watched(tmp_path_factory.mktemp("page") / "record", **tables)


def test_the_page_is_one_file_that_asks_for_nothing(case):
    page = render_case(tell_case(case), Spell())
    assert "default-src 'none'" in page
    assert not re.findall(r"(?:src|href)=\"https?:", page)
    assert page.count("<svg") == 4


def test_a_chart_is_named_by_its_alternative(case):
    page = render_case(tell_case(case), Spell())
    (name, *_) = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert name.startswith("PHQ-9, 4 scores: 16 on day 6 (week 1)")


def test_ids_on_the_page_differ(case):
    ids = re.findall(r' id="([^"]+)"', render_case(tell_case(case), Spell()))
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_chart_shows_the_whole_scale_and_each_line(case, width):
    drawn = str(draw_course(case.measured[0], Spell(), width).to_dict())
    assert "'domain': [0, 27]" in drawn
    assert all(f"'total': {at}" in drawn for at in (10, 22))
    assert ("caseness line" in drawn) is (width is WIDE) or "caseness line" in drawn


def test_days_are_dates_where_they_were_asked_for(case):
    assert "days from the referral" in str(draw_course(case.measured[0], Spell(), WIDE).to_dict())
    drawn = str(draw_course(case.measured[0], Spell(case.received), WIDE).to_dict())
    assert "1 April 2025" in drawn
    assert "days from the referral" not in drawn


def test_the_key_names_what_is_drawn(case):
    first, second = case.measured
    assert [name for name, _ in key_of(first)] == ["line-0", "line-1", "line-2", "line-3"]
    assert [name for name, _ in key_of(second)] == ["line-0"]


def test_a_band_is_drawn_and_named_where_there_is_one(case):
    expected = Expected(((6, 8.0, 20.0), (13, 7.0, 18.0)), "Expected: of 900 courses.", "SYNTHETIC")
    first = replace(case.measured[0], expected=expected)
    assert ("leaves", "expected, from courses like this one") in key_of(first)
    assert "'high': 20.0" in str(draw_course(first, Spell(), WIDE).to_dict())
    page = render_case(tell_case(replace(case, measured=(first,))), Spell())
    assert "SYNTHETIC Expected: of 900 courses." in page


def test_a_band_of_one_session_is_drawn_too(case):
    """One day has no area, and what the key names must be seen: it is a bar from the one end to the other."""
    bands = (((6, 8.0, 20.0),), ((6, 8.0, 20.0), (13, 7.0, 18.0)))
    one, two = (replace(case.measured[0], expected=Expected(points, "Expected.", "")) for points in bands)
    assert ("leaves", "expected, from courses like this one") in key_of(one)
    assert _band(one)["type"] == "rule"
    assert _band(one)["strokeWidth"] >= 10
    assert _band(two)["type"] == "area"
    drawn = render_case(tell_case(replace(case, measured=(one,))), Spell())
    bare = render_case(tell_case(replace(case, measured=(case.measured[0],))), Spell())
    assert drawn.count('stroke-width="14"') == 2
    assert 'stroke-width="14"' not in bare


def _band(scores):
    return draw_course(scores, Spell(), WIDE).to_dict()["layer"][0]["mark"]


def test_a_column_is_set_by_its_longest_cell():
    grid = Grid("x", "X", ("A", "B", "C", "D"), (("short", "w" * 30, "p" * 100, "e" * 200),))
    assert [style_of(grid, place) for place in range(4)] == ["short", "words", "prose", "essay"]
    assert style_of(replace(grid, numbers=(1,)), 1) == "right"


def test_text_of_the_record_is_no_markup(case):
    note = replace(case.life[0], note="<b>bold</b>") if case.life else None
    told = note or replace(case.ending, code="<b>bold</b>")
    changed = replace(case, ending=told) if note is None else replace(case, life=(note,))
    page = render_case(tell_case(changed), Spell())
    assert "&lt;b&gt;bold" in page
    assert "<b>bold" not in page
