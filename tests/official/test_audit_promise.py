"""The promise held against England, from the sum of monthly files."""

import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.promise import hold_against
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.disclosure import release
from caseness.published import Embedded


@pytest.fixture(scope="module")
def record():
    return gather(Embedded())


def held(record, year):
    return hold_against(record, release(Embedded()), choose(record, year), None, read_shipped_assumptions())


def test_2021_22_completes_less_and_recovers_as_promised(record):
    """Source: the specification: 665,229 of 1,153,672 treated finished, 57.7 %, and 3.8 % of them came off sick pay."""
    promise = held(record, "2021-22")
    shares = [round(one.happened_share.value, 1) for one in promise.main.steps]
    assert shares == [100.0, 57.7, 94.2, 50.1]
    assert (promise.off_sick_pay.value, round(promise.off_sick_pay_share.value, 1)) == (25_525, 3.8)


def test_the_terms_sum_in_every_year(record):
    for year in ("2021-22", "2022-23", "2023-24", "2024-25", "2025-26"):
        for reading in held(record, year).readings:
            terms = sum(one.recoveries.value for one in reading.terms)
            assert terms == pytest.approx(reading.shortfall.value, abs=1e-6)
            assert reading.shortfall.value == pytest.approx(reading.promised.value - reading.happened.value)


def test_the_recovering_of_those_judged_is_no_part_of_the_shortfall(record):
    for year in ("2021-22", "2024-25"):
        recovering = held(record, year).main.terms[-1]
        assert (recovering.id, recovering.recoveries.value < 0) == ("recovering", True)


def test_before_the_monthly_files_there_is_no_cohort(record):
    assert held(record, "2018-19").why_blank
    assert not held(record, "2024-25").off_sick_pay.is_known
