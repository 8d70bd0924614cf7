"""The identities hold in England in every month; departures would be findings about the release."""

import pytest

from caseness.audit.identities import check
from caseness.audit.record import gather
from caseness.published import Embedded


@pytest.fixture(scope="module")
def checks():
    return {one.id: one for one in check(gather(Embedded()))}


@pytest.mark.parametrize(
    ("identity", "months"),
    [
        ("access_bands", 63),
        ("assessment_bands", 63),
        ("waiting_bands", 63),
        ("phq_scores", 63),
        ("outcomes", 63),
        ("end_codes", 63),
        ("contacts", 63),
        ("before_treatment", 63),
        ("second_treatment_bands", 24),
        ("late_second_treatments", 24),
        ("attendance", 63),
        ("M141", 63),
    ],
)
def test_an_identity_holds_in_every_month(checks, identity, months):
    found = checks[identity]
    assert (found.checked, found.hold, found.depart) == (months, months, 0)


def test_no_identity_is_departed_from(checks):
    assert not [one.id for one in checks.values() if one.depart]


def test_england_is_exact_so_nothing_is_left_open(checks):
    assert not [one.id for one in checks.values() if one.cannot_be_told]


def test_annual_report_and_monthly_sums_lie_within_three_per_cent(checks):
    between = [one for name, one in checks.items() if name.endswith("between bases")]
    assert {(one.checked, one.hold) for one in between} == {(4, 4)}
