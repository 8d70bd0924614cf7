"""Rejected rows and the ids of all faults, written row by row as CSV for those who mend them.

Rejected rows hold personal data: they are the rows as they were submitted. A cell that a spreadsheet would take for a
formula gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from caseness.check.checked import Checked
from caseness.check.faults import RULE
from caseness.check.rules import rules_for
from caseness.engine import stream
from caseness.errors import CannotWrite
from caseness.read.cells import as_text
from caseness.record import ROW_ID, SUBMISSION, table

REASONS = "reasons"
ROWS_FILE, REJECTED_FOLDER, WARNING_FILE = "rows.csv", "rejected", "PERSONAL-DATA.txt"
_FORMULA = r"^([=+\-@\t\r])"
_ABOUT = (
    "These files hold personal data: the rejected rows, as they were submitted, each with the reasons.\n"
    "Keep them where the record itself may be kept, and delete them when the rows are mended.\n"
)


def write_rows(checked: Checked, out: Path) -> Path:
    """Write the ids of all rows at fault, by rule: `rule`, `table`, `submission`, `row_id`. No value of a row is in it.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    held = [
        faults.held.mutate(table=ibis.literal(name)).select(RULE, "table", SUBMISSION, ROW_ID)
        for each in (checked.unreadable, checked.faults)
        for name, faults in each.items()
    ]
    batches = (batch for one in held for batch in stream(one.order_by([RULE, ROW_ID])))
    return _write(out / ROWS_FILE, [RULE, "table", SUBMISSION, ROW_ID], batches, checked.made_up)


def write_rejected_rows(checked: Checked, out: Path) -> tuple[Path, ...]:
    """Write every rejected row, one file for each table that has any, with `reasons` in front of its columns.

    Raises
    ------
    CannotWrite
        If the folder cannot be written to.
    """
    folder = out / REJECTED_FOLDER
    tables = [name for name, count in checked.tables.items() if count.rejected or count.unreadable]
    written = tuple(_write_table(checked, name, folder / f"{name}.csv") for name in tables)
    if written:
        (folder / WARNING_FILE).write_text(_ABOUT, encoding="utf-8")
    return written


def _write_table(checked: Checked, name: str, path: Path) -> Path:
    columns = [SUBMISSION, ROW_ID, REASONS, *(each.name for each in table(name).columns)]
    unread = checked.record.rejected(name)
    refused = unread.mutate(reasons=unread[REASONS].join("; "))
    # A line that could not be cut into cells stands whole, in a column of its own.
    names = [*columns, "line"] if "line" in unread.columns else columns
    says = {rule.id: rule.says for rule in rules_for(checked.profile)}
    by_rule = (_spell_reasons(batch, says) for batch in stream(checked.rejected(name).order_by(ROW_ID)))
    rows = chain(stream(refused.select(names).order_by(ROW_ID)), by_rule)
    return _write(path, names, rows, checked.made_up)


def _spell_reasons(batch: pa.RecordBatch, says: dict[str, str]) -> pa.RecordBatch:
    place = batch.schema.names.index(REASONS)
    coded = batch.column(place).dictionary_encode()
    spelled = ["; ".join(f"{each}: {says[each]}" for each in one.split("; ")) for one in coded.dictionary.to_pylist()]
    columns = [
        pa.array(spelled, pa.string()).take(coded.indices) if i == place else each
        for i, each in enumerate(batch.columns)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _write(path: Path, names: list[str], batches: Iterable[pa.RecordBatch], made_up: str) -> Path:
    marks = {"synthetic": made_up} if made_up else {}
    schema = pa.schema([pa.field(name, pa.string()) for name in (*names, *marks)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with pa_csv.CSVWriter(str(path), schema) as file:
            for batch in batches:
                file.write_batch(_marked(_harmless(batch, names), marks))
    except OSError as problem:
        raise CannotWrite(
            f"{path} could not be written: {problem.strerror}. Choose another folder with --out."
        ) from problem
    return path


def _marked(batch: pa.RecordBatch, marks: Mapping[str, str]) -> pa.RecordBatch:
    for name, said in marks.items():
        batch = batch.append_column(name, pa.array([said] * batch.num_rows, pa.string()))
    return batch


def _harmless(batch: pa.RecordBatch, names: list[str]) -> pa.RecordBatch:
    held = set(batch.schema.names)
    nothing = pa.nulls(batch.num_rows, pa.string())
    cells = [
        pc.replace_substring_regex(as_text(batch.column(each)), _FORMULA, r"'\1") if each in held else nothing
        for each in names
    ]
    return pa.RecordBatch.from_arrays(cells, names=names)
