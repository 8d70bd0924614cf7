"""Sources and ends by their codes."""

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
