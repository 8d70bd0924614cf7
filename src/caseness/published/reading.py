"""Read one file of the published record into cells, or say why it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from caseness import engine
from caseness.periods import Period
from caseness.published.checks import check_columns_of_year, check_printed, note_missing
from caseness.published.dates import read_dates, year_in_path
from caseness.published.delimited import read_delimited
from caseness.published.files import TextTable, open_parquet
from caseness.published.layouts import Layout, recognise
from caseness.published.names import column_key
from caseness.published.repeats import look_for_repeats, settle_repeats
from caseness.published.spool import spool
from caseness.published.survey import Held, survey_cells, survey_tidy
from caseness.published.unread import kind_of, refuse_columns, refuse_ending
from caseness.published.workbooks import read_workbook


@dataclass(frozen=True, eq=False)
class Reading:
    """One file, read: its cells as an expression that is not yet run, what it holds, and what was found amiss.

    `stored` is the table that lies on disk: the tidy file itself, or the cells kept of any other.
    `may_repeat` says whether a cell may be printed more than once.
    """

    layout: Layout
    stored: ibis.Table
    cells: ibis.Table
    held: tuple[Held, ...]
    notes: tuple[str, ...]
    may_repeat: bool


def read_file(path: Path) -> Reading:
    """Read a file by the layout that its columns show.

    Parquet in a tidy layout is read where it lies. All else is read as text, checked cell
    by cell, and kept on disk as it was understood.

    Raises
    ------
    UnreadableInput
        If it is no release, is damaged, or holds what could become a wrong figure.
    """
    ending = path.suffix.casefold()
    if ending == ".parquet":
        return _read_parquet(path)
    if ending in (".csv", ".tsv"):
        return _read_text(read_delimited(path, is_header), path)
    if ending in (".xlsx", ".xls"):
        return _read_text(read_workbook(path, is_header), path)
    raise refuse_ending(path)


def is_header(names: Sequence[str]) -> bool:
    """Whether these are the columns of a layout, or of a file that is known and not read."""
    return recognise(names) is not None or kind_of(names) is not None


def _read_parquet(path: Path) -> Reading:
    table = open_parquet(path)
    layout = _layout_of(table.columns)
    if layout.on_disk is None or not all(table[name].type().is_date() for name in layout.dates):
        printed = engine.fetch(table.select(**{name: table[name].cast("string") for name in table.columns}))
        return _read_text(TextTable(printed, 1), path)
    held, notes = survey_tidy(table, layout, path.name)
    # No part of an audit rests on the outcomes yet: a question put to them sees to repeats by itself.
    is_searched = layout.dataset != "outcomes"
    repeats, may_repeat = look_for_repeats(table, layout, held, path.name) if is_searched else ([], True)
    return Reading(layout, table, layout.to_cells(table), held, (*notes, *repeats), may_repeat)


def _layout_of(columns: Sequence[str]) -> Layout:
    layout = recognise(columns)
    if layout is None:
        raise refuse_columns(columns)
    return layout


def _read_text(text: TextTable, path: Path) -> Reading:
    layout = _layout_of(text.table.column_names)
    printed, notes = _keep_known(text, layout, path.name)
    check_printed(printed, layout.value_columns(printed.column_names), text.first_line, path.name)
    dated = _with_year(_with_dates(printed, layout, path.name), layout, path)
    cells, repeats = settle_repeats(engine.fetch(layout.to_cells(engine.load(dated))), path.name)
    missing = note_missing(cells, printed, layout, path.name)
    kept = spool(cells)
    held, found = survey_cells(kept, path.name)
    # What is kept is no longer laid out as the file was.
    return Reading(
        layout=replace(layout, on_disk=None),
        stored=kept,
        cells=kept,
        held=held,
        notes=(*text.notes, *notes, *repeats, *missing, *found),
        may_repeat=bool(repeats),
    )


def _keep_known(text: TextTable, layout: Layout, name: str) -> tuple[pa.Table, list[str]]:
    ours = layout.find(text.table.column_names)
    own = set(layout.columns)
    if len(set(ours.values())) < len(ours):
        aliases = set(map(column_key, layout.aliases))
        ours = {printed: column for printed, column in ours.items() if column_key(printed) not in aliases}
    columns = {column: pc.utf8_trim_whitespace(text.table[printed]) for printed, column in ours.items()}
    unknown = [printed for printed in text.table.column_names if printed not in ours]
    assert own <= set(columns), f"recognised without {own - set(columns)}"
    return pa.table(columns), _note_unknown(unknown, layout, name)


def _note_unknown(unknown: Sequence[str], layout: Layout, name: str) -> list[str]:
    if not unknown or not layout.names:
        return []
    return [f"{name}: {len(unknown)} columns are not known and were not read: {', '.join(unknown[:10])}."]


def _with_dates(printed: pa.Table, layout: Layout, name: str) -> pa.Table:
    for column in layout.dates:
        texts = printed[column]
        days = read_dates(texts.unique().to_pylist(), column, name)
        dates = pa.array([days[text] for text in texts.to_pylist()], pa.date32())
        printed = printed.set_column(printed.column_names.index(column), column, dates)
    return printed


def _with_year(printed: pa.Table, layout: Layout, path: Path) -> pa.Table:
    if not layout.needs_year:
        return printed
    year = year_in_path(path)
    check_columns_of_year(printed.column_names, layout, year, path.name)
    return _append_days(printed, year)


def _append_days(printed: pa.Table, year: Period) -> pa.Table:
    for column, day in (("start_date", year.start), ("end_date", year.end)):
        printed = printed.append_column(column, pa.repeat(pa.scalar(day, pa.date32()), printed.num_rows))
    return printed
