"""What each official measure counts, and what it does not. The text files beside this one hold the cases."""

import math

import pytest

from caseness.measures import CHAPTERS, all_measures, compute, find_measure
from caseness.periods import Period
from grain_tables import make_grains
from measure_cases import chapters, sections

SECTIONS = [section for chapter in chapters() for section in sections(chapter)]
BLANK = (None, None, None)


@pytest.fixture(scope="module")
def computed():
    """The figures of each section: of every row by itself, and of all rows together. Worked out once."""
    return {str(section): figures_of(section) for section in SECTIONS}


def figures_of(section):
    measures = [find_measure(one.measure) for one in section.expected]
    period = Period.parse(section.period)
    results = compute(make_grains(**section.rows), [period], measures, ["england", "provider"])
    return {
        (row["figure_id"], row["organisation"]): (row["numerator"], row["denominator"], row["value"])
        for row in results.table.to_pylist()
    }


CASES = [(section, expected) for section in SECTIONS for expected in section.expected]


@pytest.mark.parametrize(("section", "expected"), CASES, ids=[f"{a.chapter}-{a.title}-{b}" for a, b in CASES])
def test_a_measure_counts_these_rows_and_no_others(section, expected, computed):
    figures = computed[str(section)]
    rows = [row["provider"] for table in section.rows.values() for row in table]
    assert len(rows) == len(set(rows))
    assert set(expected.above) | set(expected.below or ()) <= set(rows)
    counted = [row for row in rows if is_counted(find_measure(expected.measure), figures, row)]
    assert counted == [row for row in rows if row in expected.above]
    if expected.below is not None:
        below = [row for row in rows if figures.get((expected.measure, row), BLANK)[1]]
        assert below == [row for row in rows if row in expected.below]


# A share counts a row in its numerator; a mean or a median counts a row that it has a number of.
def is_counted(measure, figures, row):
    numerator, denominator, _ = figures.get((measure.id, row), BLANK)
    return (
        bool(numerator) if measure.statistic in ("count", "percentage") or measure.id == "M351" else bool(denominator)
    )


@pytest.mark.parametrize(("section", "expected"), CASES, ids=[f"{a.chapter}-{a.title}-{b}" for a, b in CASES])
def test_a_measure_has_this_value_over_all_rows(section, expected, computed):
    numerator, _, value = computed[str(section)][expected.measure, "ENGLAND"]
    assert math.isclose(value, len(expected.above) if expected.value is None else expected.value)
    assert expected.value is not None or numerator == value


def test_every_chapter_has_cases_of_its_own_measures():
    assert set(chapters()) == {chapter.id for chapter in CHAPTERS}
    for chapter in CHAPTERS:
        named = {one.measure for section in sections(chapter.id) for one in section.expected}
        assert named == {one.id for one in chapter.measures}


@pytest.mark.parametrize("measure", all_measures())
def test_every_measure_has_a_row_that_counts_and_one_that_does_not(measure):
    cases = [(section, expected) for section, expected in CASES if expected.measure == measure]
    assert any(expected.above for _, expected in cases)
    rows = {row["provider"] for section, _ in cases for table in section.rows.values() for row in table}
    assert rows - {row for _, expected in cases for row in expected.above}
