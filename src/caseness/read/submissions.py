"""Submissions by their header rows: whose, of which month, in which window, and which version counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pyarrow as pa

from caseness.errors import UnreadableRecord
from caseness.read.cells import as_text
from caseness.read.headings import Heading, read_heading
from caseness.read.limits import HEADER_ROWS
from caseness.read.model import OUTSIDE, PRIMARY, REFRESH, Submission
from caseness.read.numbering import Owners, RowNumbers
from caseness.read.pieces import Place, TableSource
from caseness.read.typed_rows import Sorter
from caseness.record import ROW_ID, table

HEADER = "IDS000Header"
_NEEDED = ("OrgIDProv", "ReportingPeriodStartDate", "ReportingPeriodEndDate", "DateTimeDatSetCreate")
_UNTAKEN = "None of the record is taken, since nothing is guessed."


@dataclass(frozen=True, eq=False)
class HeaderRow:
    """A header row and the place that it was found in. `value` names the submission in an extract of several."""

    place: int
    value: str | None
    cells: Mapping[str, object]


def read_submissions(places: Sequence[Place]) -> tuple[tuple[Submission, ...], tuple[Owners, ...]]:
    """The submissions of all places, numbered from 1 in the order of the month in which each was made, period, provider, time and place.

    So the submissions of a period that were made in one month stand beside each other, and a version made later has the
    greater number.

    Returns
    -------
    the submissions in that order, and for each place whose its rows are

    Raises
    ------
    UnreadableRecord
        If a place has no header row, or two that cannot be told apart, or one that does not say whose it is.
    """
    rows = [row for number, place in enumerate(places) for row in _header_rows(number, place)]
    ordered = sorted(rows, key=lambda row: _order(row, places))
    submissions = _mark_latest([_submission(number, row, places) for number, row in enumerate(ordered, start=1)])
    return tuple(submissions), tuple(_owners(number, ordered) for number in range(len(places)))


def window_of(period_end: date, created: datetime) -> str:
    """The window that a submission falls into, by the months alone.

    Each window takes the month before (primary) and the one before that (refresh), and opens and closes on days that
    are fixed for every year anew. Those days are not used: only some were found, and a file of the right month that
    was made a day late was either let in or made again.

    Source: ../shared/spec/record-and-measures.md, section 4 (windows).

    Examples
    --------
    >>> window_of(date(2025, 4, 30), datetime(2025, 5, 12)), window_of(date(2025, 4, 30), datetime(2025, 6, 2))
    ('primary', 'refresh')
    >>> window_of(date(2025, 4, 30), datetime(2025, 4, 30))
    'outside'
    """
    months = (created.year - period_end.year) * 12 + created.month - period_end.month
    return {1: PRIMARY, 2: REFRESH}.get(months, OUTSIDE)


def submission_notes(submissions: Sequence[Submission]) -> list[str]:
    """What is worth saying of the submissions: made outside their windows, or there twice."""
    notes = []
    outside = [one for one in submissions if one.window == OUTSIDE]
    if outside:
        notes.append(
            f"{len(outside)} of {len(submissions)} submissions were made outside both windows of their month "
            f"({_numbers(outside)}). Such a one counts only where no other of its provider and month is in a window."
        )
    seen: dict[tuple, list[Submission]] = {}
    for one in submissions:
        seen.setdefault((one.provider, one.submitter, one.period_start, one.created), []).append(one)
    notes += [
        f"Submissions {_numbers(alike)} have the same header: provider, month and time of making. They may be one that was "
        "copied. Only the last counts."
        for alike in seen.values()
        if len(alike) > 1
    ]
    return notes


def _numbers(submissions: Iterable[Submission]) -> str:
    numbers = [str(one.id) for one in submissions]
    return ", ".join(numbers[:10]) + (" and more" if len(numbers) > 10 else "")


def _header_rows(number: int, place: Place) -> list[HeaderRow]:
    rows = [row for source in place.tables if source.table_id == HEADER for row in _read(number, source)]
    if not rows:
        raise UnreadableRecord(
            f"{place.name} holds {len(place.tables)} tables and no header row ({HEADER}), so it is not known whose they "
            f"are, nor of which month. {_UNTAKEN} Put the header beside them."
        )
    values = [row.value for row in rows]
    if len(rows) > 1 and (None in values or len(set(values)) < len(values)):
        raise UnreadableRecord(
            f"{place.name} holds {len(rows)} header rows, and a submission has one. {_UNTAKEN} Put each submission into a "
            "folder of its own, or give every row of every table its `UniqueSubmissionID`."
        )
    return rows


def _read(number: int, source: TableSource) -> list[HeaderRow]:
    opened = source.open()
    given = read_heading(HEADER, opened.names, source.name)
    # Whose each row is, is what is being found out, so its number within its submission means nothing yet.
    heading = replace(given, places={name: place for name, place in given.places.items() if name != ROW_ID})
    sorter = Sorter(table(HEADER), heading, Owners(1), RowNumbers(), source.name, opened.has_serial_dates)
    rows: list[HeaderRow] = []
    for piece in opened.read(sorter.wanted):
        done = sorter.sort(piece)
        _require_typed(done.rejected, source.name)
        values = _values(heading, piece.rows)
        rows += [HeaderRow(number, value, cells) for value, cells in zip(values, done.kept.to_pylist(), strict=True)]
        if len(rows) > HEADER_ROWS:
            raise UnreadableRecord(f"{source.name} has more than {HEADER_ROWS:,} header rows. {_UNTAKEN}")
    for row in rows:
        _require_known(row, source.name)
    return rows


def _values(heading: Heading, rows: pa.Table) -> list[str | None]:
    name = heading.submission_column
    if name is None:
        return [None] * rows.num_rows
    values = as_text(rows.column(list(heading.places).index(name)).combine_chunks()).to_pylist()
    return [None if value is None else value.strip() for value in values]


def _require_typed(rejected: pa.Table, name: str) -> None:
    if rejected.num_rows:
        reasons = "; ".join(rejected["reasons"][0].as_py())
        raise UnreadableRecord(
            f"{name}: the header row cannot be read ({reasons}), so it is not known whose the rows are, nor of which month. "
            f"{_UNTAKEN} Mend the header."
        )


def _require_known(row: HeaderRow, name: str) -> None:
    blank = [each for each in _NEEDED if row.cells[each] is None]
    if blank:
        raise UnreadableRecord(
            f"{name}: the header row says nothing in {', '.join(blank)}, so it is not known whose the rows are, or of which "
            f"month. {_UNTAKEN} Fill in the header."
        )


def _order(row: HeaderRow, places: Sequence[Place]) -> tuple:
    cells, value = row.cells, row.value or ""
    time = cells["DateTimeDatSetCreate"]
    assert isinstance(time, datetime), f"Unhandled {time!r}"
    made = ((time.year, time.month), cells["ReportingPeriodStartDate"], cells["OrgIDProv"], time)
    # Numbers in the order of numbers: 10 after 9.
    return (*made, places[row.place].name, int(value) if value.isdecimal() else 0, value)


def _submission(number: int, row: HeaderRow, places: Sequence[Place]) -> Submission:
    cells = row.cells
    start, end, created = (cells[name] for name in _NEEDED[1:])
    assert isinstance(start, date), f"Unhandled {start!r}"
    assert isinstance(end, date), f"Unhandled {end!r}"
    assert isinstance(created, datetime), f"Unhandled {created!r}"
    return Submission(
        id=number,
        provider=str(cells["OrgIDProv"]),
        submitter=str(cells["OrgIDSubmit"] or ""),
        version=str(cells["DatSetVer"] or ""),
        period_start=start,
        period_end=end,
        created=created,
        window=window_of(end, created),
        is_latest=False,
        place=places[row.place].name,
    )


# The last that was let in wins. One that no window can have let in counts only if there is no other.
def _mark_latest(submissions: Sequence[Submission]) -> list[Submission]:
    latest: dict[tuple[str, date], Submission] = {}
    for one in submissions:
        key = (one.provider, one.period_start)
        before = latest.get(key)
        if before is None or one.window != OUTSIDE or before.window == OUTSIDE:
            latest[key] = one
    chosen = {one.id for one in latest.values()}
    return [replace(one, is_latest=one.id in chosen) for one in submissions]


def _owners(place: int, ordered: Sequence[HeaderRow]) -> Owners:
    ours = {row.value: number for number, row in enumerate(ordered, start=1) if row.place == place}
    if set(ours) == {None}:
        return Owners(ours[None])
    return Owners(None, {value: number for value, number in ours.items() if value is not None})
