"""In work, off sick, not employed or of unknown standing: at first, at last, and when support begins."""

import pytest

from one_practice import Practice, april, month_of
from oracle.reading import Choices
from oracle.work import GROUPS, group

SUPPORT_BEGINS = ("EA276", "EA277", "EA278", "EA279")
FIRST, LAST = ("EA050", "EA051", "EA052", "EA053"), ("EA054", "EA055", "EA056", "EA057")
FIRST_ALONE, LAST_ALONE = ("M316", "M317", "M318", "M319"), ("M320", "M321", "M322", "M323")
FIRST_SUPPORTED = ("M324", "M325", "M326", "M327")
ONLY = {name: tuple(int(name == one) for one in GROUPS) for name in GROUPS}


def row(status, absence=None, **cells):
    return {"EmployStatus": status, "SickAbsenceInd": absence, **cells}


@pytest.mark.parametrize(
    ("cells", "name", "otherwise"),
    [
        (("01", "N"), "in work", "in work"),
        (("01", "Y"), "off sick", "off sick"),
        (("01", "8"), "unknown", "unknown"),
        (("01", None), "unknown", "unknown"),
        (("02", "8"), "not employed", "not employed"),
        (("02", None), "not employed", "not employed"),
        (("08", "Y"), "not employed", "unknown"),
        (("08", "X"), "not employed", "unknown"),
        (("ZZ", "N"), "unknown", "unknown"),
    ],
)
def test_the_group_of_a_row(cells, name, otherwise):
    assert group(row(*cells)) == name
    assert group(row(*cells), Choices(employment_groups="unknown-first")) == otherwise


def finished(**support):
    practice = april("2025-03-01", "2025-04-20").meet("2025-04-03").meet("2025-04-10")
    return practice.meet("2025-04-15", kind="10", **support)


def test_first_and_last_are_by_rows_from_receipt_to_discharge():
    practice = finished(attendance="3")
    for when, *cells in (
        ("2025-02-28", "02", "8"),
        ("2025-03-01", "01", "Y"),
        ("2025-04-20", "01", "N"),
        ("2025-04-21", "02", "8"),
    ):
        practice.works(when, **row(*cells))
    assert practice.values(*FIRST_ALONE) == ONLY["off sick"]
    assert practice.values(*LAST_ALONE) == ONLY["in work"]


@pytest.mark.parametrize("cells", [("09", "N"), (None, "N"), ("01", "?"), ("01", None)])
def test_a_row_without_a_listed_status_or_absence_tells_nothing(cells):
    practice = finished().works("2025-03-05", **row("02", "8")).works("2025-03-04", **row(*cells))
    assert practice.values(*FIRST_SUPPORTED) == ONLY["not employed"]


def test_a_blank_absence_can_be_let_count():
    practice = finished().works("2025-03-05", **row("02", "8")).works("2025-03-04", **row("01"))
    assert practice.values(*FIRST_SUPPORTED, choices=Choices(blank_sickness="counted")) == ONLY["unknown"]


def test_of_two_rows_of_one_day_the_later_row_is_the_later():
    practice = finished().works("2025-03-05", **row("02", "8")).works("2025-03-05", **row("01", "N"))
    assert practice.values(*FIRST_SUPPORTED) == ONLY["not employed"]


def test_without_a_row_the_standing_is_unknown():
    assert finished().values(*FIRST_SUPPORTED) == ONLY["unknown"]


def test_of_an_open_referral_first_and_last_are_until_the_last_support():
    """The greater of a null discharge and a date is the date."""
    practice = april().meet("2025-04-03").meet("2025-04-15", kind="10")
    practice.works("2025-04-15", support_ended="2025-04-18", **row("01", "N")).works("2025-04-16", **row("02", "8"))
    assert practice.values("EA041", *FIRST) == (1, *ONLY["in work"])
    assert practice.values(*LAST) == ONLY["in work"]


@pytest.mark.parametrize(
    ("ended", "support_ended", "name"),
    [
        (None, None, "in work"),
        (None, "2025-04-17", "unknown"),
        ("2025-04-17", None, "unknown"),
        ("2025-04-17", "2025-04-18", "in work"),
    ],
)
def test_when_support_begins_a_row_counts_until_the_later_end(ended, support_ended, name):
    practice = april(ended=ended).meet("2025-04-15", kind="10")
    practice.works("2025-04-18", support_ended=support_ended, **row("01", "N"))
    assert practice.values(*SUPPORT_BEGINS) == ONLY[name]


def test_when_support_begins_the_latest_row_counts_with_a_blank_absence_too():
    practice = april().meet("2025-04-15", kind="10").works("2025-04-01", **row("01", "N"))
    assert practice.works("2025-04-02", **row("05")).values(*SUPPORT_BEGINS) == ONLY["not employed"]


def test_rows_of_earlier_files_tell_only_if_they_are_let():
    practice = Practice().file("2025-04").refer("2025-03-01").works("2025-04-02", **row("01", "N", EmpSupportInd="Y"))
    practice.file("2025-05").refer("2025-03-01").meet("2025-05-15", kind="10")
    may, every = month_of("2025-05"), Choices(employment_rows="all-months")
    measures = (*SUPPORT_BEGINS, "EA139", "EA001")
    assert practice.values(*measures, period=may) == (*ONLY["unknown"], 0, 100)
    assert practice.values(*measures, period=may, choices=every) == (*ONLY["in work"], 1, 100)


@pytest.mark.parametrize(
    ("rows", "suits"),
    [
        ([("2025-03-05", "Y")], 1),
        ([("2025-03-05", "N"), ("2025-03-06", "Y")], 1),
        ([("2025-03-06", None), ("2025-03-05", "Y")], 0),
        ([("2025-02-28", "Y")], 0),
        ([(None, "Y")], 0),
        ([], 0),
    ],
)
def test_support_suits_by_the_latest_row_inside_the_referral(rows, suits):
    practice = april()
    for when, said in rows:
        practice.works(when, EmpSupportInd=said)
    assert practice.values("EA139") == (suits,)
