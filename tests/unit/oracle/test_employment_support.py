"""The rule of EmploymentSupport_Count, within the period (M099), and sick pay (M237)."""

import pytest

from one_practice import CBT, EMPLOYMENT, april


def support(contact, ended="2025-04-20", **works):
    practice = april(ended=ended).meet(**{"therapy": EMPLOYMENT, **contact})
    practice.works("2025-03-05", **works)
    return practice.values("M099") == (1,)


@pytest.mark.parametrize(
    ("contact", "counts"),
    [
        ({"when": "2025-04-20"}, True),
        ({"when": "2025-04-20", "kind": "04"}, True),
        ({"when": "2025-04-20", "kind": None}, False),
        ({"when": "2025-04-20", "attendance": "3"}, False),
        ({"when": "2025-04-20", "therapy": CBT}, False),
        ({"when": "2025-04-21"}, False),
        ({"when": "2025-04-21", "kind": "06"}, True),
        ({"when": "2025-04-20", "kind": "06"}, True),
        ({"when": "2025-04-21", "kind": "06", "therapy": CBT}, False),
        ({"when": "2025-04-21", "kind": "10"}, True),
        ({"when": "2025-04-21", "kind": "10", "therapy": CBT}, True),
    ],
)
def test_which_contacts_are_employment_support(contact, counts):
    """Discharged on 20 April, and employment support still open."""
    assert support(contact) is counts


@pytest.mark.parametrize(
    ("contact", "counts"),
    [
        ({"when": "2025-04-10", "kind": "10"}, True),
        ({"when": "2025-04-11", "kind": "10", "therapy": CBT}, False),
        ({"when": "2025-04-11", "kind": "10"}, True),
        ({"when": "2025-04-11", "kind": "06"}, False),
        ({"when": "2025-04-21", "kind": "06"}, True),
        ({"when": "2025-04-11", "kind": "02"}, True),
    ],
)
def test_the_end_of_support_closes_one_door_of_three(contact, counts):
    """Support ended on 10 April; what has the code and is in the referral, or follows its end, still counts."""
    assert support(contact, support_ended="2025-04-10") is counts


def test_the_latest_employment_row_says_when_support_ended():
    practice = april(ended="2025-04-20").meet("2025-04-15", kind="10")
    practice.works("2025-04-01").works("2025-03-05", support_ended="2025-04-10")
    assert practice.values("M099") == (1,)


def test_an_open_follow_up_counts_until_the_month_ends():
    assert support({"when": "2025-04-25", "kind": "06"}, ended=None)


@pytest.mark.parametrize(
    ("rows", "off"),
    [
        ([("2025-03-02", "Y"), ("2025-04-02", "N")], 1),
        ([("2025-04-02", "N"), ("2025-03-02", "Y")], 1),
        ([("2025-03-02", "Y"), ("2025-04-25", "N")], 0),
        ([("2025-02-01", "Y"), ("2025-04-02", "N")], 0),
        ([("2025-03-02", "Y"), ("2025-04-02", "N"), ("2025-04-03", None)], 1),
        ([("2025-03-02", "Y")], 0),
        ([(None, "Y"), ("2025-04-02", "N")], 0),
    ],
)
def test_off_sick_pay_by_the_rows_inside_the_referral(rows, off):
    practice = april(ended="2025-04-20").meet("2025-04-03").meet("2025-04-10")
    for when, sick_pay in rows:
        practice.works(when, sick_pay=sick_pay)
    assert practice.values("M237") == (off,)
