"""Small practice sheets for tests, written as a text table with bars between the cells."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from caseness.read.practice import Practice, read_practice_sheets

CREATED = Practice(datetime.fromisoformat("2025-06-01T09:00:00"))


def read_table(text, name="sheet.csv", encoding="utf-8"):
    """A text table as a practice sheet, read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text.strip() + "\n", encoding=encoding)
        return read_practice_sheets([path], CREATED)


def rows_of(found, table_id, *columns):
    """Some columns of one table of the record, as tuples in the order of its rows."""
    return list(zip(*(found.tables[table_id][column].to_pylist() for column in columns), strict=True))


def reasons_of(found):
    """Why rows were rejected, by the number of the row in the file."""
    return {each.where.row: list(each.reasons) for each in found.rejected}


def courses_of(found):
    """Each course as its client, the days of its sessions, and the day of its ending."""
    return [
        (
            each.client,
            tuple(session.day.isoformat() for session in each.sessions),
            each.ending.day.isoformat() if each.ending else None,
        )
        for each in found.courses
    ]
