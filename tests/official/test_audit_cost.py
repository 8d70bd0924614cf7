"""The prices in the package are those of the collections, and the costs of England follow from them."""

import csv

import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.claims import CANNOT_BE_CHECKED, judge, read_shipped_claims
from caseness.audit.cost import price
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.published import Embedded
from caseness.results import ANNUAL, SUMMED


@pytest.mark.parametrize("year", ["2023-24", "2024-25"])
def test_the_prices_are_those_of_the_file(shared_data, year):
    with (shared_data / "costs" / f"national_cost_collection_{year.replace('-', '_')}.csv").open(
        encoding="utf-8"
    ) as file:
        printed = [
            (float(row["activity"]), float(row["unit_cost"]), float(row["cost"])) for row in csv.DictReader(file)
        ]
    entries = read_shipped_assumptions().entries_of("cost.unit_cost")
    held = [
        (one.keys["activity"], one.keys["unit_cost"], one.keys["total"])
        for one in entries
        if one.keys["collection"] == year
    ]
    assert held == printed


# Source: published-data, "Costs" (derived there). Courses, recoveries and reliable recoveries are of the annual report.
REPORTED = {"course": 1284, "recovery": 2682, "reliable_recovery": 2853}
ALL_CONTACTS = {"course": 1587, "recovery": 3314}
# By hand: 1,064 million pounds over the results of the monthly files, which count the contacts too.
HEADLINE = {"course": 1595, "recovery": 3335}


def test_the_costs_of_2024_25_are_those_of_the_specification():
    record = gather(Embedded())
    costs = price(record, choose(record, "2024-25"), None, read_shipped_assumptions())
    assert round(costs.total("reported").total.value, 1) == 861.0
    assert round(costs.total("all_contacts").total.value / 1000, 3) == 1.064
    for total_id, expected in (("reported", REPORTED), ("all_contacts", ALL_CONTACTS)):
        annual = {one.of: one.cost.value for one in costs.per if (one.total_id, one.basis) == (total_id, ANNUAL)}
        assert {of: round(annual[of]) for of in expected} == expected
    headline = {of: costs.cost_per(of, "all_contacts") for of in HEADLINE}
    assert {of: round(one.cost.value) for of, one in headline.items()} == HEADLINE
    assert {one.basis for one in headline.values()} == {SUMMED}


def test_the_total_of_2023_24_is_that_of_the_specification():
    record = gather(Embedded())
    costs = price(record, choose(record, "2023-24"), None, read_shipped_assumptions())
    assert round(costs.total("reported").total.value, 1) == 782.4


def test_five_times_the_claim_is_beyond_every_ratio_of_2024_25_and_yet_not_judged():
    """By hand: 1,284 and 1,595 pounds over 877 and over 750. They are of other money than the claim, which names none."""
    record = gather(Embedded())
    costs = price(record, choose(record, "2024-25"), None, read_shipped_assumptions())
    ratios = sorted(round(one.ratio.value, 2) for one in costs.comparisons)
    assert ratios == [1.46, 1.71, 1.82, 2.13]
    claim = next(one for one in read_shipped_claims() if one.id == "cost-five-times-the-claim")
    (judged,) = judge(record, (claim,), Embedded())
    assert judged.verdict == CANNOT_BE_CHECKED
    assert judged.figure.value is None


def test_earlier_years_have_a_total_at_the_prices_of_2013():
    """By hand: 5,699,269 contacts of 2021-22 at 99 to 177 pounds; 554,709 courses of 2017-18 at 877."""
    record = gather(Embedded())
    later, earlier = (
        price(record, choose(record, year), None, read_shipped_assumptions()) for year in ("2021-22", "2017-18")
    )
    total = later.total("prices_2013").total
    assert (total.low, total.high) == pytest.approx((5_699_269 * 99 / 1e6, 5_699_269 * 177 / 1e6))
    assert later.total("all_contacts").price_year == "2023-24"
    assert earlier.total("prices_2013").total.value == pytest.approx(554_709 * 877 / 1e6)
