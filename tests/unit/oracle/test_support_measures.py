"""Who has employment support, when it begins and ends, how much of it there is, and how it is labelled."""

import pytest

from one_practice import CBT, EMPLOYMENT, QUARTER, Practice, april, month_of
from oracle.reading import Choices

MET = ("EA036", "EA037", "EA038", "EA039")
NOTHING, UNCOUNTED, THERAPY, SUPPORT, BOTH = (0, 0, 0, 0), (1, 0, 0, 0), (1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("contact", "met"),
    [
        ({"when": "2025-04-20"}, THERAPY),
        ({"when": "2025-04-20", "attendance": "2"}, NOTHING),
        ({"when": "2025-04-21"}, NOTHING),
        ({"when": "2025-04-21", "kind": "06"}, THERAPY),
        ({"when": "2025-04-20", "kind": "06"}, NOTHING),
        ({"when": "2025-04-20", "kind": None}, NOTHING),
        ({"when": "2025-04-20", "therapy": ""}, THERAPY),
        ({"when": "2025-04-20", "therapy": EMPLOYMENT}, SUPPORT),
        ({"when": "2025-04-20", "therapy": f"{EMPLOYMENT} {CBT}"}, BOTH),
        ({"when": "2025-04-21", "therapy": EMPLOYMENT}, NOTHING),
        ({"when": "2025-04-21", "therapy": EMPLOYMENT, "kind": "06"}, SUPPORT),
        ({"when": "2025-04-20", "therapy": EMPLOYMENT, "kind": "06"}, NOTHING),
        ({"when": "2025-04-25", "kind": "10"}, SUPPORT),
        ({"when": "2025-04-27", "kind": "10"}, NOTHING),
        ({"when": "2025-04-27", "kind": "10", "therapy": EMPLOYMENT}, NOTHING),
    ],
)
def test_what_a_contact_makes_of_a_month(contact, met):
    """Discharged on 20 April, and employment support ended on the 26th."""
    practice = april(ended="2025-04-20").works("2025-03-05", support_ended="2025-04-26").meet(**contact)
    assert practice.values(*MET) == met


def test_an_employment_contact_in_the_referral_after_support_ended_is_an_appointment_and_nothing_else():
    practice = april(ended="2025-04-20").works("2025-03-05", support_ended="2025-04-10").meet("2025-04-15", kind="10")
    assert practice.values(*MET) == UNCOUNTED


@pytest.mark.parametrize(
    ("start", "end", "met"),
    [
        ("2025-04-01", "2025-04-07", THERAPY),
        ("2025-03-28", "2025-04-03", THERAPY),
        ("2025-04-15", "2025-04-21", NOTHING),
        ("2025-02-28", "2025-04-03", NOTHING),
    ],
)
def test_a_log_lies_in_the_referral_as_a_whole(start, end, met):
    assert april(ended="2025-04-20").logged(start, end).values(*MET) == met


def test_who_was_met_is_asked_of_a_month_alone():
    assert not set(MET) & set(april().figures(QUARTER))


@pytest.mark.parametrize(
    ("contact", "labels"),
    [
        ({"when": "2025-04-20", "kind": "06"}, (1, 0, 0)),
        ({"when": "2025-04-21", "kind": "06"}, (0, 0, 1)),
        ({"when": "2025-04-21", "kind": "02"}, (0, 1, 1)),
        ({"when": "2025-04-21", "kind": "10"}, (0, 1, 0)),
        ({"when": "2025-04-21", "kind": None}, (0, 0, 0)),
        ({"when": "2025-04-21", "kind": "02", "therapy": CBT}, (0, 0, 0)),
        ({"when": "2025-04-21", "kind": "02", "attendance": "3"}, (0, 0, 0)),
        ({"when": "2025-04-20", "kind": "02"}, (0, 0, 0)),
    ],
)
def test_labels_that_do_not_fit(contact, labels):
    practice = april(ended="2025-04-20").meet(**{"therapy": EMPLOYMENT, **contact})
    assert practice.values("EA108", "EA110", "EA280") == labels


def test_support_begins_in_the_month_of_its_first_contact():
    practice = april().meet("2025-04-03", kind="01").meet("2025-04-10", kind="10").meet("2025-04-12", kind="10")
    practice.file("2025-05").refer("2025-03-01").meet("2025-05-02", kind="10")
    measures = ("EA034", "EA035", "EA040", "EA140", "EA281")
    assert practice.values(*measures) == (1, 0, 1, 7, 7)
    assert practice.values(*measures, period=month_of("2025-05")) == (1, 0, 0, None, None)


@pytest.mark.parametrize(("assessed", "wait"), [("2025-04-10", 0), ("2025-04-11", None)])
def test_whoever_was_assessed_later_did_not_wait(assessed, wait):
    practice = april().meet(assessed, kind="01").meet("2025-04-10", kind="10")
    assert practice.values("EA040", "EA140") == (1, wait)


def test_a_row_can_be_said_to_hold_from_the_first_month_of_its_referral():
    practice = april().meet("2025-04-03", kind="10").works("2025-03-05", EmpSupportInd="Y")
    practice.file("2025-05").refer("2025-03-01").works("2025-03-05", EmpSupportInd="Y")
    once, may = Choices(record_start="first-month"), month_of("2025-05")
    measures = ("EA001", "EA034", "EA035", "EA139")
    assert practice.values(*measures, period=may) == (100, 1, 0, 1)
    assert practice.values(*measures, choices=once) == (100, 1, 0, 1)
    assert practice.values(*measures, period=may, choices=once) == (None, 0, 0, 0)


@pytest.mark.parametrize(("status", "missing"), [("01", 0), ("XX", 0), (None, 100)])
def test_a_status_is_recorded_if_it_is_not_blank(status, missing):
    practice = april().meet("2025-04-03", kind="10").works("2025-03-05", EmployStatus=status)
    assert practice.values("EA001") == (missing,)


ENDS = ("EA041", "EA131", "EA132", "EA133", "EA134", "EA136")


@pytest.mark.parametrize(
    ("ends", "found", "by_latest"),
    [
        (("2025-04-10", None), (1, 2, 2, 2, 2, 1), (0, 0, None, None, None, 0)),
        (("2025-04-12", "2025-04-10"), (1, 3, 3, 3, 3, 1), (1, 2, 2, 2, 2, 1)),
        (("2025-04-10", "2025-05-10"), (1, 2, 2, 2, 2, 1), (0, 0, None, None, None, 0)),
        (("2025-03-31", None), (0, 0, None, None, None, 0), (0, 0, None, None, None, 0)),
    ],
)
def test_support_ends_by_any_row_or_by_the_latest(ends, found, by_latest):
    """Contacts of type 10 count up to the day that put the referral into the month."""
    practice = april()
    for when in ("2025-03-20", "2025-04-10", "2025-04-11", "2025-04-14"):
        practice.meet(when, kind="10")
    for when, end in zip(("2025-03-05", "2025-03-06"), ends, strict=True):
        practice.works(when, support_ended=end)
    assert practice.values(*ENDS) == found
    assert practice.values(*ENDS, choices=Choices(support_ended="latest-row")) == by_latest


def test_support_that_ended_without_a_contact_is_in_no_mean():
    practice = Practice().file("2025-04").refer("2025-03-01").works("2025-03-05", support_ended="2025-04-10")
    practice.refer("2025-03-01", referral="r2", patient="p2").works("2025-03-05", "p2", support_ended="2025-04-10")
    practice.meet("2025-04-02", kind="10").meet("2025-04-03", kind="10").meet("2025-04-04")
    assert practice.values(*ENDS) == (1, 2, 2, 2, 2, 0)


@pytest.mark.parametrize(
    ("when", "supported"), [("2025-03-01", True), ("2025-04-20", True), ("2025-04-21", False), (None, False)]
)
def test_a_finished_course_was_supported_if_support_began_by_its_end(when, supported):
    practice = april(ended="2025-04-20").meet("2025-03-05").meet("2025-03-12")
    if when:
        practice.meet(when, kind="10")
    assert practice.values("M296", "M306") == (int(not supported), int(supported))
