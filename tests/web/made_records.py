"""Made-up records for the tests of import and export: drawn, read and checked once."""

import io
import shutil
import zipfile
from functools import cache
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caseness.check import check
from caseness.engine import fetch
from caseness.read import read_record
from caseness.record import TABLES
from caseness.synthetic.request import SERVICE, Request
from caseness.synthetic.synthesis import synthesise
from caseness.web.exchange.arriving import month_of

PROVIDER = "ZX001"
REQUEST = Request(40, 3, seed=11, shape=SERVICE, error_rate=0.08)
FIRST_MONTHS = ("2024-04", "2024-05")


@pytest.fixture(scope="session")
def records(tmp_path_factory):
    """A service's record with planted errors, whole and of its first months alone."""
    return make_records(tmp_path_factory.getbasetemp() / "made-records")


# A fixture that several files import is another one in each, even of the session.
@cache
def make_records(place):
    """The records, made once in a process."""
    synthesise(REQUEST, place / "whole")
    (place / "begun").mkdir()
    for month in FIRST_MONTHS:
        shutil.copytree(place / "whole" / f"{month}-refresh", place / "begun" / month)
    return SimpleNamespace(
        folder=place / "whole",
        whole=read_and_check(place / "whole", place / "read-whole"),
        begun=read_and_check(place / "begun", place / "read-begun"),
    )


def read_and_check(folder, to):
    """A record as an import takes it."""
    return check(read_record(folder, to))


def rows_by_month(checked):
    """Of each table the rows of the submissions that count: month and cells, without blanks."""
    months = {
        one.id: month_of(one) for one in checked.record.submissions if one.is_latest and one.id not in checked.refused
    }
    return {table.id: _rows(checked, table.id, months) for table in TABLES if table.id in checked.tables}


def _rows(checked, table_id, months):
    told = [one for one in fetch(checked.kept(table_id)).to_pylist() if one["submission"] in months]
    return {(months[one.pop("submission")], _cells(one)) for one in told}


def _cells(row):
    return tuple(sorted((name, value) for name, value in row.items() if value is not None and name != "row_id"))


def pack(folder, to, provider=PROVIDER, months=FIRST_MONTHS[:1]):
    """The latest submissions of some months as an archive of another provider. Gives its path."""
    with zipfile.ZipFile(to, "w") as archive:
        for month in months:
            for path in sorted((folder / f"{month}-refresh").glob("*.parquet")):
                content = _of_provider(path, provider) if path.stem == "IDS000Header" else path.read_bytes()
                archive.writestr(f"record/{month}/{path.name}", content)
        archive.writestr("record/read me.pdf", b"%PDF-1.7")
    return to


def _of_provider(path, provider):
    rows = pq.read_table(path)
    for name in ("OrgIDProv", "OrgIDSubmit"):
        rows = rows.set_column(rows.column_names.index(name), name, pa.array([provider] * rows.num_rows))
    held = io.BytesIO()
    pq.write_table(rows, held)
    return held.getvalue()
