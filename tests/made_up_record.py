"""Small made-up records, written as text for the tests of reading. No real people."""

from pathlib import Path

from caseness import engine
from caseness.read import Record, read_record

HEADER = """
DatSetVer,OrgIDProv,OrgIDSubmit,PrimSystemInUse,ReportingPeriodStartDate,ReportingPeriodEndDate,DateTimeDatSetCreate
2.1,ZZ9,ZZ9,MADE UP,2025-04-01,2025-04-30,2025-05-12 09:30:00
"""
PATIENTS = """
LocalPatientId,OrgIDLocalPatientId,PersonBirthDate,Gender
P1,ZZ9,1980-02-29,1
P2,ZZ9,1990-12-31,2
"""
REFERRALS = """
ServiceRequestId,LocalPatientId,OrgIDComm,ReferralRequestReceivedDate
R1,P1,99Z,2025-04-02
R2,P2,99Z,2025-04-03
"""


def header(created="2025-05-12 09:30:00", start="2025-04-01", end="2025-04-30", provider="ZZ9"):
    """A header table of one row."""
    names = HEADER.strip().splitlines()[0]
    return f"{names}\n2.1,{provider},{provider},MADE UP,{start},{end},{created}\n"


def write_places(top: Path, places: dict[str, dict[str, str | bytes]]) -> Path:
    """Write folders of CSV files: place -> name of the file without its ending -> text."""
    for place, tables in places.items():
        (top / place).mkdir(parents=True, exist_ok=True)
        for name, text in tables.items():
            content = text if isinstance(text, bytes) else text.lstrip("\n").encode()
            (top / place / f"{name}.csv").write_bytes(content)
    return top


def read_places(tmp_path: Path, places: dict[str, dict[str, str | bytes]]) -> Record:
    """Write folders of CSV files, and read them."""
    return read_record(write_places(tmp_path / "source", places), tmp_path / "record")


def read_one(tmp_path: Path, **tables: str | bytes) -> Record:
    """Read one submission of April 2025: a header, and the tables that are given."""
    return read_places(tmp_path, {"april": {"IDS000Header": HEADER, **tables}})


def cells_of(record: Record, table_id: str) -> list[dict]:
    """The well-formed rows of a table, by their row ids."""
    return sorted(engine.fetch(record.table(table_id)).to_pylist(), key=lambda row: row["row_id"])


def rejected_of(record: Record, table_id: str) -> list[dict]:
    """The rejected rows of a table, by their row ids."""
    return sorted(engine.fetch(record.rejected(table_id)).to_pylist(), key=lambda row: row["row_id"] or 0)


def rows_of(record: Record) -> dict[str, list[dict]]:
    """The well-formed rows of every table."""
    return {table_id: cells_of(record, table_id) for table_id in record.rows}
