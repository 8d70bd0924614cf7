"""The page of judged change: what it says, what its files hold, and that it asks for nothing."""

import csv
import io
import re

import numpy as np
import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.change import judge_change
from caseness.report.change_page import render_change, say_range, write_change
from judged_courses import courses_of, many, scores_of

MARK = "SYNTHETIC: made up by Caseness. No row is of a real person."


@pytest.fixture
def judged():
    """Two questionnaires judged together, made up, some with an anxiety measure that has no norms."""
    generator = np.random.default_rng(5)
    courses = courses_of(
        many(generator, 80), many(generator, 80, "gad7"), ended=150, made_up=MARK, notes=("A <note>.",)
    )
    return judge_change(courses, read_shipped_assumptions())


def test_the_page_says_how_far_the_headline_moves_and_what_it_may_not_be_used_for(judged):
    page = render_change(judged)
    headline = judged.outcomes[0].headline
    assert f"{headline.rate.value:.1f}" in say_range(judged.outcomes[0])
    assert judged.purpose in page
    assert all(said.replace("'", "&#39;") in page for said in judged.limits)
    assert "A &lt;note&gt;." in page
    assert page.count(MARK) >= 2
    assert "(Cronbach" not in say_range(judged.outcomes[0])


def test_the_page_fetches_nothing(judged):
    page = render_change(judged)
    assert not re.findall(r"(?:src|href)=\"(?!#|data:)", page)
    assert "default-src 'none'" in page


def test_each_file_says_by_itself_that_nobody_is_real(judged, tmp_path):
    written = write_change(judged, tmp_path)
    tables = [path for path in written if path.suffix == ".csv"]
    assert len(tables) >= 5
    for path in tables:
        rows = list(csv.DictReader(io.StringIO(path.read_text())))
        assert {row["synthetic"] for row in rows} <= {MARK}


def test_numbers_in_files_are_whole(judged, tmp_path):
    write_change(judged, tmp_path, ["csv"])
    rows = list(csv.DictReader(io.StringIO((tmp_path / "change-pair.csv").read_text())))
    one = judged.outcomes[0].verdicts[3]
    row = rows[3]
    assert (row["definition"], float(row["rate"]), float(row["rate_low"])) == (one.label, one.rate.value, one.rate.low)
    assert float(row["points"]) == one.points.value


def test_where_nobody_began_as_a_case_the_page_says_so():
    courses = courses_of(scores_of("phq9", [5, 4], [3, 4]))
    judged = judge_change(courses, read_shipped_assumptions())
    assert "no rate to move" in say_range(judged.outcomes[0])
    assert "no rate to move" in render_change(judged)
