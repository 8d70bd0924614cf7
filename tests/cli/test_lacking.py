"""What `caseness measures compute` says of figures that are not there, or that rest on less than they seem to."""

import pytest

from caseness.cli.breakdowns import notes_of
from caseness.measures import choose, choose_variables
from caseness.periods import Period
from derived_records import derive_submissions, submissions_of, write_submission

MONTHS = ("2024-04", "2024-05", "2024-06")


def referrals(*months):
    return [
        {"month": one, "referral": f"R{one}", "patient": f"P{one}", "received": f"{one}-02", "commissioner": "11A"}
        for one in months
    ]


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    """A quarter of two providers, of which one misses June."""
    folder = tmp_path_factory.mktemp("quarter")
    whole = submissions_of(provider="RW1", referrals=referrals(*MONTHS))
    derive_submissions(folder, whole + submissions_of(provider="RX3", referrals=referrals(*MONTHS[:2])))
    return folder / "grains"


@pytest.mark.parametrize(
    ("measure", "period", "why"),
    [
        ("M089", "2024-25 Q1", "M089 has no figure for a quarter: NHS England publishes it by month alone."),
        ("M1012", "2024-04", "M1012 has no figure for a month: NHS England publishes it by quarter alone."),
    ],
)
def test_a_measure_that_is_not_of_a_period_is_told_and_nothing_is_written(
    caseness, quarter, tmp_path, measure, period, why
):
    asked = ("measures", "compute", quarter, "--measure", measure, "--period", period, "--out", tmp_path / "out")
    outcome = caseness(*asked)
    assert (outcome.status, why in outcome.err) == (14, True), outcome.err
    assert not (tmp_path / "out").exists()
    outcome = caseness(*asked, "--measure", "M001")
    assert (outcome.status, why in outcome.err) == (0, True), outcome.err


def test_a_measure_without_a_figure_is_in_no_official_pair():
    said = notes_of(choose_variables(["V001"]), choose(["M089", "M192"]), (Period.parse("2024-25 Q1"),))
    assert said[0].startswith("1 of 1 pairs")


def test_a_provider_that_misses_a_month_is_flagged_in_its_quarter(caseness, quarter, tmp_path):
    asked = ("measures", "compute", quarter, "--measure", "M001", "--out", tmp_path / "out")
    told = "1 provider has no referral in some month of a quarter or year: RX3 (2024-06)."
    assert told in caseness(*asked, "--period", "2024-25 Q1").err
    assert told not in caseness(*asked, "--period", "2024-04").err


def test_deriving_flags_a_provider_that_misses_a_month(caseness, tmp_path):
    for provider, months in (("RW1", MONTHS), ("RX3", MONTHS[:2])):
        for month, one in zip(months, submissions_of(provider=provider, referrals=referrals(*months)), strict=True):
            one["IDS002GP"] = [{"LocalPatientId": f"P{month}", "GMPCodeReg": "A12345"}]
            write_submission(tmp_path / "submitted" / f"{provider}-{month}", one)
    outcome = caseness("derive", tmp_path / "submitted", "--out", tmp_path / "grains")
    assert outcome.status == 0, outcome.err
    assert "RX3 (2024-06)" in outcome.err


def test_the_months_that_a_period_lacks_are_named(caseness, tmp_path):
    derive_submissions(tmp_path, submissions_of(provider="RW1", referrals=referrals("2024-04", "2024-06")))
    outcome = caseness("measures", "compute", tmp_path / "grains", "--period", "2024-25 Q1", "--out", tmp_path / "out")
    assert outcome.status == 14
    assert "does not cover all of 2024-25 Q1: it has nothing of 2024-05. It covers 2024-04 to 2024-06." in outcome.err
