"""The end codes of England, and what they leave open."""

import pytest

from caseness.audit.endings import classify
from caseness.audit.record import gather
from caseness.periods import Period, financial_year
from caseness.programme import load
from caseness.published import Embedded
from caseness.results import ENGLAND

# Source: NHS England, monthly activity and performance files, April 2024 to March 2025, summed.
CODES_2024_25 = {"M066": 439_930, "M344": 250_869, "M341": 20_608}
WITHOUT_A_REASON = {
    "2021-12": 5_404,
    "2022-01": 1_709,
    "2022-03": 2_273,
    "2022-04": 547,
    "2023-08": 1_180,
    "2023-09": 12_011,
}
EARLIER_THAN_PLANNED = {"2023-08": 25_464, "2023-09": 20_937}


@pytest.fixture(scope="module")
def record():
    return gather(Embedded())


@pytest.fixture(scope="module")
def endings(record):
    return classify(record, financial_year(2024), ENGLAND, load("england"))


def test_the_ends_of_2024_25(endings):
    assert {code: endings.code(code).count.value for code in CODES_2024_25} == CODES_2024_25
    assert (endings.ended.value, endings.treated.value) == (1_746_265, 1_170_043)


def test_317_417_of_those_treated_were_closed_as_not_taken_on(endings):
    """At the least: treated, less every code of those taken on, less every invalid code and all without one."""
    assert (endings.not_taken_on.value, endings.no_taken_on_code.value) == (317_417, 432_676)
    assert round(endings.not_taken_on_share.value, 1) == 27.1


def test_drop_out_among_those_treated_lies_between_a_fifth_and_three_fifths(endings):
    usual, without = endings.drop_out
    assert (usual.lowest.value, usual.highest.value) == (250_869, 709_020)
    assert [round(end.value, 1) for end in (usual.lowest_share, usual.highest_share)] == [21.4, 60.6]
    assert (without.lowest_share.value, without.highest_share.value) == (0, 100)


def test_the_codes_add_up_in_every_month(endings):
    assert len(endings.months) == 63
    for i, ended in enumerate(endings.ended_by_month):
        assert sum(code.by_month[i].value for code in endings.codes) == ended.value


def test_the_breaks_are_there_and_marked(endings):
    months = [month.label for month in endings.months]
    series = {code: endings.code(code).by_month for code in ("M072", "M344")}
    assert {label: series["M072"][months.index(label)].value for label in WITHOUT_A_REASON} == WITHOUT_A_REASON
    assert {label: series["M344"][months.index(label)].value for label in EARLIER_THAN_PLANNED} == EARLIER_THAN_PLANNED
    marked = {one.month.label for one in endings.breaks if "M072" in one.figure_ids}
    assert marked == {"2022-01", "2022-04", "2023-09"}


@pytest.mark.parametrize("year", range(2021, 2026))
def test_the_assumption_behind_the_bounds_is_not_contradicted_for_england(record, year):
    found = classify(record, financial_year(year), ENGLAND, load("england"))
    assert not found.drop_out[0].is_contradicted
    assert found.remainder.value == 0
    assert sum(one.count.value for one in found.course_ends) == found.treated.value


def test_every_month_can_be_classified(record):
    for month in record.periods("month"):
        assert classify(record, month, ENGLAND, load("england")).remainder.value == 0
    assert Period.parse("2026-03") in record.periods("month")
