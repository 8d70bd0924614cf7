"""Records for the tests of the margins, written as text tables and put where a read record has its tables."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pa_parquet

from caseness.record import table

HEADERS = """
    submission | OrgIDProv | ReportingPeriodStartDate | ReportingPeriodEndDate
    1          | ZX001     | 2024-04-01               | 2024-04-30
    2          | ZX001     | 2025-03-01               | 2025-03-31
"""


def rows_of(text):
    """A text table as rows: the first line names the columns, a blank cell is null."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [{name: cell or None for name, cell in zip(lines[0], line, strict=True)} for line in lines[1:]]


def write_table(folder, table_id, text):
    """One table, typed as declared. Columns that are not given are blank."""
    declared = table(table_id)
    schema = pa.schema([pa.field("submission", pa.int32()), pa.field("row_id", pa.int64()), *declared.schema])
    rows = []
    for number, row in enumerate(rows_of(text), start=1):
        submission = int(row.get("submission") or 2)
        rows.append({**row, "submission": submission, "row_id": submission * 10**9 + number})
    cells = [pa.array([_typed(row.get(field.name), field.type) for row in rows], field.type) for field in schema]
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    pa_parquet.write_table(pa.table(cells, schema=schema), folder / "tables" / f"{declared.id}.parquet")


def write_record(folder, headers=HEADERS, **tables):
    """A record folder: the header and the tables given, by the short name of each."""
    write_table(folder, "header", headers)
    for name, text in tables.items():
        write_table(folder, name, text)
    return folder


def _typed(value, kind):
    if pa.types.is_date32(kind) and value is not None:
        return date.fromisoformat(value)
    return value
