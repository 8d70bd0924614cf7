"""One numerator over every denominator that holds it, and why the others are blank."""

import pytest

from caseness.audit.denominators import NOT_A_PART, explain_headline, lay_out_grid
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL, ENGLAND, MONTHLY
from small_records import figures, record_of

MONTH = Period.parse("2024-05")
COUNTS = "M001 200\nM031 150\nM056 180\nM153 60\nM075 40\nM076 80\nM179 5\nM202 78\nM185 50\nM187 20\nM189 8\nM191 36\nM193 30"


@pytest.fixture
def grid():
    return lay_out_grid(record_of(figures(COUNTS, MONTH)).cube(MONTHLY), MONTH, ENGLAND)


def test_a_share_is_of_what_it_says(grid):
    assert grid.cell("recovery", "judged_for_recovery").share.value == 48
    assert grid.cell("recovery", "ended_after_treatment").share.value == 30
    assert grid.cell("recovery", "paired").shown == 46.2


def test_the_pair_in_print_is_marked(grid):
    official = {(one.numerator, one.denominator) for one in grid.cells if one.is_official}
    assert ("recovery", "judged_for_recovery") in official
    assert ("reliable_improvement", "finished_course") in official
    assert ("recovery", "finished_course") not in official


def test_people_received_are_another_cohort(grid):
    cell = grid.cell("recovery", "referrals_received")
    assert (cell.share.value, cell.is_another_cohort) == (18, True)
    assert not grid.cell("recovery", "finished_course").is_another_cohort


def test_another_cohort_can_be_smaller_than_what_is_held_against_it():
    record = record_of(figures("M001 100\nM076 150", MONTH))
    grid = lay_out_grid(record.cube(MONTHLY), MONTH, ENGLAND)
    assert grid.cell("finished_course", "referrals_received").share.value == 150


def test_a_numerator_that_is_no_part_of_the_denominator_has_no_share(grid):
    cell = grid.cell("reliable_improvement", "judged_for_recovery")
    assert (cell.share.is_known, cell.share.reason, cell.why_blank) == (False, "not_applicable", NOT_A_PART)


def test_a_count_that_this_basis_does_not_print_leaves_a_blank_that_says_so(grid):
    cell = grid.cell("recovery", "at_caseness")
    assert cell.share.reason == "no_data"
    assert cell.why_blank == "At caseness: not published on this basis (monthly file) for this period."


def test_a_share_of_nobody_is_not_applicable():
    record = record_of(figures("M056 100\nM076 0\nM185 0", MONTH))
    cell = lay_out_grid(record.cube(MONTHLY), MONTH, ENGLAND).cell("reliable_improvement", "finished_course")
    assert (cell.share.reason, cell.why_blank) == ("not_applicable", "The denominator is 0.")


def test_rounded_counts_give_an_interval_without_a_shown_figure():
    record = record_of(figures("M076 80\nM185 *", MONTH, "RYK"))
    cell = lay_out_grid(record.cube(MONTHLY), MONTH, "RYK").cell("reliable_improvement", "finished_course")
    assert (cell.share.value, cell.share.low, cell.shown) == (None, 0, None)
    assert cell.share.high == pytest.approx(100 * 4 / 78)


def test_a_basis_without_any_share_has_no_grid():
    record = record_of(figures("M076 80", MONTH))
    assert lay_out_grid(record.cube(MONTHLY), MONTH, ENGLAND) is None
    assert lay_out_grid(record.cube(ANNUAL), MONTH, ENGLAND) is None


def test_both_denominators_of_the_annual_report_are_explained():
    year = financial_year(2023)
    rows = figures("M191 501\nM076 1100\nM179 100\nM192 50.1\nat_caseness 996", year, basis=ANNUAL)
    headline = explain_headline(record_of(rows), year, ENGLAND)
    assert [(pair.denominator, pair.shown, pair.is_official) for pair in headline.pairs] == [
        ("judged_for_recovery", 50.1, True),
        ("at_caseness", 50.3, False),
    ]
    assert headline.printed.value == 50.1
    assert "501 recovered of 996 at caseness is 50.3 % (another denominator)" in headline.explanation
    assert "The two differ by 4 people" in headline.explanation


def test_one_denominator_alone_says_no_difference():
    year = financial_year(2023)
    headline = explain_headline(record_of(figures("M191 501\nat_caseness 996", year, basis=ANNUAL)), year, ENGLAND)
    assert headline.explanation.startswith("No recovery rate is printed for this period")
    assert "differ" not in headline.explanation


def test_rounded_counts_are_said_as_intervals():
    year = financial_year(2023)
    rows = figures("M191 50\nM076 110\nM179 10\nM192 50\nat_caseness 100", year, "RYK", ANNUAL)
    said = explain_headline(record_of(rows), year, "RYK").explanation
    assert "48 to 52 recovered of 96 to 104 judged for recovery is 46.2 to 54.2 %" in said
    assert "The two differ by those of whom no caseness is known." in said
