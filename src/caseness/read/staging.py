"""The tables of all places, typed and written out, one file for each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from caseness.errors import UnreadableRecord
from caseness.read.cells import LOST
from caseness.read.headings import Heading, read_heading
from caseness.read.limits import BROKEN_LINES
from caseness.read.model import (
    OF_A_RECORD,
    RecordFile,
    RowCount,
    rejected_path,
    rejected_schema,
    typed_path,
    typed_schema,
)
from caseness.read.numbering import Owners, RowNumbers
from caseness.read.pieces import OpenTable, Place, TableSource
from caseness.read.typed_files import TypedFile
from caseness.read.typed_rows import Sorter, lost_note
from caseness.record import table
from caseness.settings import load_settings


@dataclass(frozen=True)
class Staged:
    """What became of one source of rows."""

    file: RecordFile
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Part:
    place: Place
    source: TableSource
    owners: Owners


def stage(places: Sequence[Place], owners: Sequence[Owners], into: Path) -> list[Staged]:
    """Type every table of every place and write it below a folder.

    Tables are taken two at once, or as many as the setting `threads` says. The files of one table follow each other, so
    that its rows stand in the order of submission and row id.
    """
    parts: dict[str, list[_Part]] = {}
    for place, owner in zip(places, owners, strict=True):
        for source in place.tables:
            parts.setdefault(source.table_id, []).append(_Part(place, source, owner))
    # The largest first, so that no thread is left with it at the end.
    ordered = sorted(parts, key=lambda one: (-sum(part.source.size for part in parts[one]), one))
    with ThreadPoolExecutor(load_settings().threads) as pool:
        staged = list(pool.map(lambda table_id: _stage_table(table_id, parts[table_id], into), ordered))
    by_table = dict(zip(ordered, staged, strict=True))
    return [one for table_id in sorted(by_table) for one in by_table[table_id]]


def _stage_table(table_id: str, parts: Sequence[_Part], into: Path) -> list[Staged]:
    declared = table(table_id)
    numbers: dict[str, RowNumbers] = {}
    with ExitStack() as files:
        kept = files.enter_context(
            TypedFile(typed_path(into, table_id), typed_schema(declared).with_metadata(OF_A_RECORD))
        )
        rejected = files.enter_context(TypedFile(rejected_path(into, table_id), rejected_schema(declared)))
        return [_stage_part(part, numbers.setdefault(part.place.name, RowNumbers()), kept, rejected) for part in parts]


def _stage_part(part: _Part, numbers: RowNumbers, kept: TypedFile, rejected: TypedFile) -> Staged:
    source = part.source
    opened = source.open()
    heading = read_heading(source.table_id, opened.names, source.name)
    owners = _owners_of(part, heading)
    sorter = Sorter(
        table(source.table_id), heading, owners, numbers, source.name, has_serial_dates=opened.has_serial_dates
    )
    count, told = _sort_all(sorter, opened, kept, rejected)
    file = RecordFile(source.name, part.place.name, source.table_id, count, heading.unknown)
    return Staged(file, (*opened.notes, *heading.notes(source.name), *_notes(source.name, told)))


def _sort_all(sorter: Sorter, opened: OpenTable, kept: TypedFile, rejected: TypedFile) -> tuple[RowCount, Counter[str]]:
    count, told, broken = RowCount(), Counter[str](), 0
    for piece in opened.read(sorter.wanted):
        broken += len(piece.broken)
        _require_few(broken, sorter.where)
        rows = sorter.sort(piece)
        kept.add(rows.kept)
        rejected.add(rows.rejected)
        count += RowCount(piece.size, rows.kept.num_rows, rows.rejected.num_rows)
        told.update(rows.told)
    return count, told


def _require_few(broken: int, name: str) -> None:
    if broken > BROKEN_LINES:
        raise UnreadableRecord(
            f"{name}: more than {BROKEN_LINES:,} lines are no rows: they have more or fewer cells than the heading, or a "
            "quotation mark that is not closed. None of the record is taken. Look at the separator and at the quotation "
            "marks, and export the table again."
        )


# Where a place holds several submissions, only the row itself can say which is its own.
def _owners_of(part: _Part, heading: Heading) -> Owners:
    name = heading.submission_column
    if name is not None and part.owners.only is not None:
        raise UnreadableRecord(
            f"{part.source.name} says in the column `{name}` to which submission each row belongs, and the header of "
            f"{part.place.name} does not have that column. None of the record is taken, since nothing is guessed. Add "
            "it to the header, or leave it out of the table."
        )
    if name is not None or part.owners.only is not None:
        return part.owners
    if len(part.owners.by_value) == 1:
        return Owners(next(iter(part.owners.by_value.values())))
    raise UnreadableRecord(
        f"{part.place.name} holds {len(part.owners.by_value)} submissions, and {part.source.name} does not say to "
        "which of them its rows belong. None of the record is taken, since nothing is guessed. Add the column "
        "`UniqueSubmissionID` to it, or put each submission into a folder of its own."
    )


def _notes(where: str, told: Mapping[str, int]) -> list[str]:
    signs: dict[str, list[tuple[str, int]]] = {}
    for key, count in told.items():
        column, _, sign = key.partition("\t")
        signs.setdefault(sign, []).append((column, count))
    return [
        f"{where}: {sum(count for _, count in columns):,} cells ({', '.join(sorted(name for name, _ in columns))}) "
        f"{_said(sign)}."
        for sign, columns in sorted(signs.items())
    ]


def _said(sign: str) -> str:
    if sign.startswith(LOST):
        return lost_note(sign)
    return sign if not sign.startswith("trimmed") else f"were tidied ({sign})"


def total(staged: Sequence[Staged]) -> dict[str, RowCount]:
    """The rows of each table over all of its files, in the order of the tables' ids."""
    totals: dict[str, RowCount] = {}
    for one in staged:
        totals[one.file.table] = totals.get(one.file.table, RowCount()) + one.file.rows
    return dict(sorted(totals.items()))
