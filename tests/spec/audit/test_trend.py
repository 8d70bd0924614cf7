"""Lowest since when, and lowest of how many years, worked by hand."""

from caseness.audit.quantity import Quantity
from caseness.audit.years import compare_years
from caseness.periods import financial_year
from caseness.results import ANNUAL

# Source: NHS Digital and NHS England, Psychological Therapies annual reports 2016-17 to 2021-22.
RECOVERY = {2016: 49.3, 2017: 50.8, 2018: 52.1, 2019: 51.1, 2020: 51.4, 2021: 50.2}


def test_the_lowest_since_2016_17():
    """50.2 in 2021-22 is below each of the four years before, and above 2016-17: the lowest of five years."""
    years = [(financial_year(year), Quantity(rate, rate, rate, "percentage")) for year, rate in RECOVERY.items()]
    *_, last = compare_years(ANNUAL, years).points
    assert (last.lowest_of_years, last.lowest_since.label, last.is_record_low) == (5, "2016-17", False)
