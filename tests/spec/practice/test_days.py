"""How a day may be written on a practice sheet, and which ones reject their row"""

from datetime import date, datetime, time, timedelta

import pytest

from caseness.read.practice.cells import read_day, read_number, read_time
from small_practice import read_table, reasons_of

END_OF_MARCH = date(2025, 3, 31)


@pytest.mark.parametrize(
    "cell",
    [
        "2025-03-31", "2025-03-31T00:00:00", "2025-03-31 09:30", "31/03/2025", "31.3.2025", "31-03-2025", " 31/03/2025 ", "31/03/2025 14:00",
        "2025/03/31", "31 March 2025", "31 Mar 2025", "31-mar-2025", "31st March, 2025",
        END_OF_MARCH, datetime.fromisoformat("2025-03-31T14:00"),
    ],
)  # fmt: skip
def test_a_day_is_iso_or_has_the_day_first(cell):
    assert read_day(cell).day == END_OF_MARCH


@pytest.mark.parametrize("serial", [45747, 45747.0, 45747.6])
def test_a_workbook_counts_days_and_nothing_else_does(serial):
    assert read_day(serial, is_workbook=True).day == END_OF_MARCH
    assert read_day(serial).reason == "not a date"
    assert read_day("45747", is_workbook=True).reason == "not a date"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31/03/25", "the year has two digits, so it could be two days"),
        ("03/31/2025", "the month stands first: write 31/03/2025 or 2025-03-31"),
        ("31/02/2025", "there is no such day"),
        ("2025-13-01", "there is no such day"),
        ("0025-03-31", "the year cannot be right"),
        (date(1066, 10, 14), "the year cannot be right"),
        ("soon", "not a date"),
        ("31 Mai 2025", "not a date"),
        ("31 March 25", "not a date"),
        ("30 Feb 2025", "there is no such day"),
        ("", "blank"),
        ("-", "blank"),
        (12.0, "not a date"),
        (True, "not a date"),
    ],
)
def test_what_is_no_day_says_why(cell, reason):
    assert read_day(cell, is_workbook=True).reason == reason


def test_september_has_two_short_forms():
    assert {read_day(f"1 {name} 2025").day for name in ("Sep", "Sept", "September")} == {date(2025, 9, 1)}


def test_days_become_ambiguous_where_one_in_the_column_has_the_month_first():
    found = read_table("""
    client | date
    A      | 03/04/2025
    A      | 12/25/2025
    A      | 25/12/2025
    A      | 04/04/2025
    A      | 2025-04-03
    """)
    assert reasons_of(found) == {
        2: ["date: could be two days, since the column has days with the month first"],
        3: ["date: the month stands first: write 31/03/2025 or 2025-03-31"],
    }
    assert found.kept == 3


def test_other_days_of_a_row_are_held_to_the_same():
    found = read_table("client | date | referred | dob\nA | 2025-01-06 | soon | 1/1/80\n")
    assert reasons_of(found) == {
        2: ["referred: not a date", "birth date: the year has two digits, so it could be two days"]
    }


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("9:05", "09:05:00"), ("14.30", "14:30:00"), ("14:30:15", "14:30:15"), (time(9, 5), "09:05:00"), (datetime.fromisoformat("2025-01-06T09:05"), "09:05:00"),
        (timedelta(hours=9, minutes=5), "09:05:00"), (timedelta(days=1), None), ("24:00", None), ("9:60", None), ("9:05:61", None), ("nine", None),
    ],
)  # fmt: skip
def test_a_time_has_hours_and_minutes(cell, read):
    assert read_time(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"), [("2,35", "2.35"), ("2.35", "2.35"), (14.0, "14"), ("-3", "-3"), ("1,2,3", None), ("١٢", None)]
)
def test_a_number_has_a_point_or_a_comma(cell, read):
    assert read_number(cell) == read
