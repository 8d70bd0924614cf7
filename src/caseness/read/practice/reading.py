"""From the files of a practice to the tables of a record, with every row kept or rejected, and every assumption said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from caseness.errors import UnreadableRecord
from caseness.read.limits import ROWS_PER_SUBMISSION
from caseness.read.practice.columns import ENDING, SESSION
from caseness.read.practice.continuing import continue_courses
from caseness.read.practice.courses import Course, make_courses
from caseness.read.practice.entries import Entry, Rejected, Sheet, Where
from caseness.read.practice.record_tables import CONTACT, ENDING_REVIEW, OWN, Practice, make_tables
from caseness.read.practice.rows import RowReader
from caseness.read.practice.settling import settle
from caseness.read.practice.sheets import ENDINGS, open_sheets

NO_ATTENDANCE_COLUMN = (
    "Sessions in a sheet without a column for attendance: {n}. They are taken to have been attended (assumed)."
)
BLANK_ATTENDANCE = "Sessions that do not say whether they were attended: {n}. They are not counted as attended."
TYPE_ASSUMED = (
    "Sessions that do not say what they were for: {n}. The first attended one of a course is taken for assessment and "
    "treatment, unless an assessment is marked, and every other for treatment (assumed)."
)
NOT_YET = (
    "date: it is after the day of reading, so that the session was neither attended nor missed yet, nor a score given"
)
# Cancelled beforehand, by either side: all that can be known of a session before its day.
_CANCELLED = ("2", "4")
SAME_SESSION = (
    "Sessions of a day of which the client has one here already, under another name: {n}. They say nothing else of attendance "
    "and scores, and are taken for the same. Scores that it lacks are added, and all else of it stays as it is here."
)
REFERRAL_ASSUMED = "Courses without a day of referral: {n}. The day of their first row stands for it (assumed), so their waits mean nothing."


@dataclass(frozen=True, eq=False)
class PracticeSheets:
    """What the files of a practice came to.

    `tables` holds text under the declared names of the columns, by the id of the table. `read` counts the rows of
    all sheets: `read` = `kept` + the number of those `rejected`. `notes` say what was assumed or left out. `places`
    holds the row of the sheet for each row of a table, None where several say it.
    """

    tables: Mapping[str, pa.Table]
    sheets: tuple[Sheet, ...]
    courses: tuple[Course, ...]
    rejected: tuple[Rejected, ...]
    read: int
    kept: int
    notes: tuple[str, ...]
    places: Mapping[str, tuple[Where | None, ...]] = field(default_factory=dict)

    def rejected_of(self, table_id: str) -> tuple[Rejected, ...]:
        """The rejected rows that stand behind those of a table: endings, or all others, behind the sessions."""
        if table_id not in (CONTACT, ENDING_REVIEW):
            return ()
        return tuple(each for each in self.rejected if (each.kind == ENDING) == (table_id == ENDING_REVIEW))

    def place_of(self, table_id: str, row_id: int) -> Where | None:
        """The row of the sheet that a row of the record comes from, by its `row_id`."""
        number = row_id % ROWS_PER_SUBMISSION
        rows = (*self.places.get(table_id, ()), *(each.where for each in self.rejected_of(table_id)))
        return rows[number - 1] if 0 < number <= len(rows) else None


def read_practice_sheets(paths: Sequence[Path], practice: Practice = OWN) -> PracticeSheets:
    """Read the sheets of one practice, in CSV files or workbooks, as the tables of one submission.

    Parameters
    ----------
    paths
        Files, or folders whose files are read. All of their sheets belong together: sessions in one and
        endings in another are of the same clients.
    practice
        Who writes the record and when.

    Raises
    ------
    UnreadableRecord
        If a file is no practice sheet, is damaged or is too large. The message says what was looked for.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "sheet.csv"
    >>> _ = path.write_text("client,date,attended,CORE-10\\nA1,2025-03-03,yes,21\\nA1,10/03/2025,yes,17\\n")
    >>> found = read_practice_sheets([path], Practice())
    >>> found.read, found.kept, found.tables["IDS607CodedScoreAssessmentAct"]["PersScore"].to_pylist()
    (2, 2, ['21', '17'])
    """
    sheets = open_sheets(_files(paths))
    remarks: Counter[str] = Counter()
    rows = [row for sheet in sheets for row in _read_sheet(sheet, remarks)]
    entries = [each for each in rows if isinstance(each, Entry)]
    early = {each.where: NOT_YET for each in entries if _has_not_been(each, practice.last_day)}
    courses, unfit = make_courses(each for each in entries if each.where not in early)
    courses, refused = _go_on(courses, practice, remarks)
    unfit |= {**early, **refused}
    late = [_reject(each, unfit[each.where], sheets) for each in entries if each.where in unfit]
    rejected = sorted([each for each in rows if isinstance(each, Rejected)] + late, key=lambda each: each.where)
    remarks.update(_remarks_on(courses))
    made = make_tables(courses, practice)
    notes = [*(note for sheet in sheets for note in _notes_on(sheet))]
    notes += [said.format(n=f"{n:,}") for said, n in remarks.items()]
    kept = len(entries) - len(late)
    return PracticeSheets(made.tables, sheets, courses, tuple(rejected), len(rows), kept, tuple(notes), made.places)


def _go_on(
    courses: tuple[Course, ...], practice: Practice, remarks: Counter[str]
) -> tuple[tuple[Course, ...], Mapping[Where, str]]:
    """The courses with what was there before, and the rows that say something else than it."""
    if practice.find_known is None:
        return courses, {}
    known = tuple(practice.find_known({course.client for course in courses}))
    settled = settle(continue_courses(courses, lambda _: known), known)
    remarks.update({SAME_SESSION: settled.same} if settled.same else {})
    return settled.courses, settled.refused


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        below = (
            sorted(each for each in path.iterdir() if each.suffix.casefold() in ENDINGS) if path.is_dir() else [path]
        )
        if not below:
            raise UnreadableRecord(f"{path} holds no practice sheet: no file that ends in {', '.join(ENDINGS)}.")
        found.extend(below)
    return found


def _read_sheet(sheet: Sheet, remarks: Counter[str]) -> list[Entry | Rejected]:
    reader = RowReader(sheet)
    rows = [reader.read(line) for line in sheet.lines]
    remarks.update(reader.remarks)
    if any(one.column and one.column.id in ("attended", "dna") for one in sheet.taken):
        return rows
    remarks.update(NO_ATTENDANCE_COLUMN for each in rows if _is_session(each))
    return [_as_attended(each) if isinstance(each, Entry) and _is_session(each) else each for each in rows]


def _is_session(row: Entry | Rejected) -> bool:
    return isinstance(row, Entry) and row.kind == SESSION


def _has_not_been(row: Entry, today: date) -> bool:
    """Whether a row says of a later day what can be known only afterwards: that a session took place or was missed, or a score."""
    attended = row.get("attended")
    is_told = bool(row.scores or row.alliance or (attended and attended not in _CANCELLED))
    return row.kind == SESSION and row.day > today and is_told


def _as_attended(session: Entry) -> Entry:
    return replace(session, values={**session.values, "attended": "5"})


def _reject(entry: Entry, reason: str, sheets: Sequence[Sheet]) -> Rejected:
    sheet = sheets[entry.where.sheet - 1]
    line = next(each for each in sheet.lines if each.number == entry.where.row)
    return Rejected(entry.kind, entry.where, (reason,), sheet.kept_cells(line))


def _remarks_on(courses: Sequence[Course]) -> Iterable[str]:
    for course in courses:
        yield from (BLANK_ATTENDANCE for each in course.sessions if not each.get("attended"))
        yield from (TYPE_ASSUMED for each in course.sessions if not each.get("type") and not each.here)
        yield from () if course.referred or course.known else (REFERRAL_ASSUMED,)


def _notes_on(sheet: Sheet) -> Iterable[str]:
    yield from sheet.notes
    if sheet.above:
        yield f"{sheet.name}: {sheet.above} lines above the header were passed over."
    if sheet.repeated:
        yield f"{sheet.name}: the header stands {sheet.repeated} times more among the rows, and is no row."
    for one in sheet.taken:
        if one.same_as is not None:
            first = sheet.taken[one.same_as].header
            yield f"{sheet.name}: {one.header!r} and {first!r} are for the same thing, and have to agree in each row."
