"""What the margins of a record are worked out from: its tables, its referrals as arrays, and a year to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ibis import _

from caseness import engine
from caseness.errors import UnreadableInput
from caseness.synthetic.courses import Courses, read_courses
from caseness.synthetic.facts import Facts
from caseness.synthetic.journey import journeys
from caseness.synthetic.places import RecordTables

A_YEAR = 365


@dataclass(frozen=True, eq=False)
class Sample:
    """What the margins of a record are worked out from: its tables, its referrals as arrays, and the window of a year.

    `begins` is the first day of the record: of contacts before it nothing is known.
    """

    tables: RecordTables
    courses: Courses
    facts: Facts
    first_day: date
    last_day: date
    begins: date


def read_sample(record_folder: Path, facts: Facts) -> Sample:
    """Read what the margins need of a record. See `compare_margins`."""
    tables = RecordTables(record_folder)
    header = engine.fetch(
        tables.all_rows("IDS000Header").aggregate(
            first=_.ReportingPeriodStartDate.min(), last=_.ReportingPeriodEndDate.max()
        )
    ).to_pylist()[0]
    if header["last"] is None:
        raise UnreadableInput(f"{record_folder} has no header row, so its months are not known. Nothing was compared.")
    first_day = max(header["first"], header["last"] - timedelta(days=A_YEAR - 1))
    courses = read_courses(engine.fetch(journeys(tables)), first_day)
    return Sample(tables, courses, facts, first_day, header["last"], header["first"])
