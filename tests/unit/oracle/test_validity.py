"""How employment fields are filled in (EA002 to EA029, EA127 to EA130)."""

import pytest

from one_practice import QUARTER, Practice, april
from oracle.validity import CLASSES, FIELDS

CODES = {
    "EmployStatus": ("08", "ZZ", "09"),
    "WeekHoursWorked": ("1", "97", "05"),
    "BenefitRecInd": ("Y", "U", "y"),
    "ESAInd": ("N", "Z", "NA"),
    "UCInd": ("Y", "U", "8"),
    "PIPInd": ("N", "Z", "X"),
    "EmpSupportInd": ("N", "NA", "U"),
}


def standings(field, practice, **asked):
    return practice.values(*field.measures().values(), **asked)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.column)
def test_a_cell_is_in_one_class_and_a_blank_is_missing(field):
    for place, cell in enumerate((*CODES[field.column], " ")):
        practice = april().works("2025-04-10", **{field.column: cell})
        assert standings(field, practice) == tuple(int(place == number) for number in range(len(CLASSES)))


@pytest.mark.parametrize(("when", "counts"), [("2025-03-31", 0), ("2025-04-01", 1), ("2025-05-01", 0), (None, 0)])
def test_a_row_counts_in_the_month_that_it_was_recorded_in(when, counts):
    assert standings(FIELDS[0], april().works(when, EmployStatus="01")) == (counts, 0, 0, 0)


def test_a_row_counts_once_whatever_referrals_its_person_has():
    practice = Practice().file("2025-04").refer("2025-04-01").refer("2025-04-02", referral="r2")
    practice.works("2025-04-10", EmployStatus="01").works("2025-04-11", EmployStatus="01", patient="p2")
    assert standings(FIELDS[0], practice) == (2, 0, 0, 0)
    assert standings(FIELDS[0], practice, keep=lambda row: row["OrgID_Provider"] == "elsewhere") == (0, 0, 0, 0)
    assert standings(FIELDS[0], practice, period=QUARTER) == (2, 0, 0, 0)
