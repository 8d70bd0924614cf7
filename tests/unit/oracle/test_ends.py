"""Sources, ends and first assessments by code and by band."""

import pytest

from one_practice import april
from oracle.lists import END_CODES, SOURCES


@pytest.mark.parametrize(
    ("measure", "source"), [(measure, code) for measure, codes in SOURCES.items() for code in codes]
)
def test_a_source_is_in_one_group(measure, source):
    figures = april("2025-04-02", SourceOfReferralIAPT=source).figures()
    assert [name for name in SOURCES if figures[name].value] == [measure]


@pytest.mark.parametrize(
    ("end_code", "measure"), [(code, name) for name, code in END_CODES.items()] + [("15", "M071"), (None, "M072")]
)
def test_a_reason_for_ending_is_in_one_group(end_code, measure):
    figures = april(ended="2025-04-20", EndCode=end_code).figures()
    assert [name for name in (*END_CODES, "M071", "M072") if figures[name].value] == [measure]


@pytest.mark.parametrize(
    ("received", "band"),
    [
        ("2025-04-02", "M024"),
        ("2025-04-01", "M025"),
        ("2025-03-05", "M025"),
        ("2025-03-04", "M026"),
        ("2025-01-29", "M027"),
    ],
)
def test_days_to_assessment(received, band):
    figures = april(received).meet("2025-04-30", kind="01").figures()
    assert [name for name in ("M024", "M025", "M026", "M027") if figures[name].value] == [band]


@pytest.mark.parametrize(("received", "over"), [("2025-01-30", 0), ("2025-01-29", 1)])
def test_waiting_over_90_days(received, over):
    assert april(received).values("M029", "M030", "M038", "M045") == (1, over, 1, over)


def test_shares_of_those_who_ended():
    """Of four: never treated, once, twice, twice."""
    practice = april(ended="2025-04-20")
    for number, dates in enumerate((["2025-04-03"], ["2025-04-03", "2025-04-10"], ["2025-04-03", "2025-04-11"]), 2):
        practice.refer("2025-03-01", "2025-04-20", referral=f"r{number}", patient=f"p{number}")
        for when in dates:
            practice.meet(when, referral=f"r{number}")
    assert practice.values("M056", "M077", "M078", "M079", "M080") == (4, 25, 25, 50, 75)
    found = practice.figures()
    assert (found["M081"].numerator, found["M081"].denominator) == (2, 3)
    assert (found["M288"].numerator, found["M288"].denominator) == (1, 3)
