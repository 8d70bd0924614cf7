"""The prices in the package are those of the collections, and the costs of England follow from them."""

import csv

import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.cost import price
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.published import Embedded


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


def test_the_costs_of_2024_25_are_those_of_the_specification():
    record = gather(Embedded())
    costs = price(record, choose(record, "2024-25"), None, read_shipped_assumptions())
    assert round(costs.total("reported").total.value, 1) == 861.0
    assert round(costs.total("all_contacts").total.value / 1000, 3) == 1.064
    for total_id, expected in (("reported", REPORTED), ("all_contacts", ALL_CONTACTS)):
        assert {of: round(costs.cost_per(of, total_id).cost.value) for of in expected} == expected


def test_the_total_of_2023_24_is_that_of_the_specification():
    record = gather(Embedded())
    costs = price(record, choose(record, "2023-24"), None, read_shipped_assumptions())
    assert round(costs.total("reported").total.value, 1) == 782.4
