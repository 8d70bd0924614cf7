"""Natural recovery of England, held against the specification and the official files."""

import csv
from math import sqrt

import pyarrow.parquet as pq
import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.natural import estimate
from caseness.audit.natural.trials import pool_disorder, read_arms
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.disclosure import release
from caseness.published import Embedded
from caseness.results import ANNUAL

# Source: the specification (outcome-science, B8): controls and treated, per cent, and comparisons.
POOLED = {
    "Depression": (19.1, 42.0, 196),
    "Generalized Anxiety Disorder": (15.0, 35.9, 61),
    "Panic Disorder": (14.8, 38.3, 71),
    "Social Anxiety Disorder": (11.6, 32.6, 74),
    "Post-Traumatic Stress Disorder": (10.8, 37.8, 87),
    "Obsessive Compulsive Disorder": (4.6, 38.1, 26),
    "Specific Phobia": (9.6, 31.6, 32),
}


@pytest.fixture(scope="module")
def natural():
    released = release(Embedded())
    record = gather(released)
    return estimate(record, released, choose(record, "2024-25"), read_shipped_assumptions())


@pytest.mark.parametrize(("disorder", "expected"), POOLED.items())
def test_the_pooled_arms_of_the_specification(disorder, expected):
    found = pool_disorder(disorder)
    assert (round(found.as_listed.value, 1), round(found.treated.value, 1), found.comparisons) == expected


def test_depression_has_the_interval_of_the_specification():
    found = pool_disorder("Depression").as_listed
    assert (round(found.low, 1), round(found.high, 1)) == (17.3, 21.0)


def test_shared_control_arms_counted_once():
    depression, panic = pool_disorder("Depression"), pool_disorder("Panic Disorder")
    assert (round(depression.counted_once.value, 1), depression.control_arms) == (18.5, 160)
    assert round(panic.counted_once.value, 1) == 16.3


def test_the_time_at_risk_of_2024_25_is_179_days(natural):
    assert round(natural.time_at_risk.days.value) == 179
    assert natural.time_at_risk.assumed_months == 0


def test_the_illustration_of_the_specification(natural):
    assert [round(one.specific.value, 1) for one in natural.durations] == [27.5, 18.5, -2.5]
    assert natural.durations[-1].verdict == "no additional recovery"


def test_the_band_of_2024_25_is_wide(natural):
    band = natural.band(ANNUAL)
    assert (band.recovered.value, band.judged.value) == (321_061, 635_185)
    assert band.specific.low < 5
    assert band.specific.high > 35


def test_the_shipped_arms_are_those_of_the_file(shared_data):
    path = shared_data / "trials" / "metapsy_total_response.csv"
    with path.open(newline="", encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    names = ("improved.ig", "n.ig", "improved.cg", "n.cg")
    listed = [(row["disorder"], row["study"], *(int(row[name]) for name in names)) for row in rows]
    shipped = [
        (one.disorder, one.study, one.responded_treated, one.treated, one.responded_control, one.control)
        for one in read_arms()
    ]
    assert shipped == listed


def test_the_first_scores_are_those_of_the_file(shared_data):
    """Mean and spread over the fifteen therapies, weighted by courses, and the courses not at caseness."""
    table = pq.read_table(
        shared_data / "published" / "proms_annual.parquet",
        filters=[("reporting_period", "=", "2024-25"), ("org_type", "=", "England"), ("variable_a", "=", "Total")],
    )
    held = {}
    for row in table.to_pylist():
        held.setdefault(row["variable_b"], {})[(row["measure_name"], row["measure_statistic"], row["measure_time"])] = (
            row["value"]
        )
    courses = {name: one[("courses_of_therapy", "count", None)] for name, one in held.items()}
    total = sum(courses.values())
    assumptions = read_shipped_assumptions()
    assert (len(held), total) == (15, 564_914)
    for scale, name in (("phq", "phq9"), ("gad", "gad7")):
        means = {one: held[one][(scale, "mean", "start")] for one in held}
        mean = sum(courses[one] * means[one] for one in held) / total
        within = sum(courses[one] * (held[one][(scale, "sd", "start")] ** 2 + (means[one] - mean) ** 2) for one in held)
        assert round(mean, 1) == assumptions.number(f"natural.{name}_mean")
        assert round(sqrt(within / total), 1) == assumptions.number(f"natural.{name}_deviation")
    below = sum(one[("not_caseness", "count", None)] for one in held.values())
    assert round(100 * below / total, 1) == assumptions.number("natural.below_both_at_start")


def test_the_assumed_problems_add_up_to_those_judged(natural):
    """Finished less not at caseness, England 2024-25: each problem, and all others."""
    assert sum(one.judged.value for one in natural.problems) == natural.band(ANNUAL).judged.value
