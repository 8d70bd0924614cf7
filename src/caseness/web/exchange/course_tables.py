"""What becomes of each course of a practice sheet, as a table on a terminal."""

from __future__ import annotations

from caseness.cli.show import Table
from caseness.read.practice import PracticeSheets
from caseness.web.exchange.known_courses import tell_courses
from caseness.web.services.models import Service


def course_tables(sheet: PracticeSheets, service: Service) -> list[Table]:
    """What is done, with how many courses, and the rows in which they begin in the sheet."""
    told = tell_courses(sheet, service)
    rows = tuple((one["says"], f"{one['count']:,}", _spell(one["rows"], one["count"])) for one in told)
    columns = ("What is done", "Courses", "That begin in the sheet in")
    return [Table("courses", "What becomes of each course", columns, rows)] if rows else []


def _spell(rows: list[dict[str, object]], count: int) -> str:
    told = [f"{row['sheet']}, row {row['row']}" for row in rows]
    more = count - len(rows)
    return "; ".join([*told, *([f"and {more:,} more"] if more > 0 else [])])
