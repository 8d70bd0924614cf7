"""What is timed on a record. Each runs in a process of its own: python record_contestants.py NAME FOLDER.

A bare scan reads every column of every file as text, from the first byte to the last, and counts the rows. It checks nothing,
types nothing and writes nothing. Two threads each. The scan by Arrow is the faster on CSV, where DuckDB guesses the form of each
file anew and was not told it.
"""

import sys
from pathlib import Path


def arrow_scan(folder: Path) -> None:
    """All columns by Arrow, two threads."""
    import pyarrow as pa
    import pyarrow.csv as pa_csv
    import pyarrow.parquet as pa_parquet

    pa.set_cpu_count(2)
    rows = 0
    for path in sorted(folder.rglob("*.parquet")):
        rows += sum(batch.num_rows for batch in pa_parquet.ParquetFile(path).iter_batches(1 << 17, use_threads=True))
    for path in sorted(folder.rglob("*.csv")):
        with path.open("rb") as stream:
            names = stream.readline().decode().strip().replace('"', "").split(",")
        rows += pa_csv.read_csv(
            path,
            read_options=pa_csv.ReadOptions(block_size=4 << 20),
            convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        ).num_rows
    assert rows, f"No rows in {folder}"


def duckdb_scan(folder: Path) -> None:
    """All columns by DuckDB, two threads: the length of every cell is added up, so that each is read."""
    import duckdb

    engine = duckdb.connect(config={"threads": 2})
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv":
            source = f"read_csv('{path}', all_varchar=true, header=true)"
        elif path.suffix == ".parquet":
            source = f"read_parquet('{path}')"
        else:
            continue
        engine.sql(f"select count(*), sum(strlen(cast(columns(*) as varchar))) from {source}").fetchall()


def caseness_read(folder: Path) -> None:
    """Every row read, typed, kept or rejected, and written as a record."""
    import tempfile

    from caseness.read import read_record

    with tempfile.TemporaryDirectory() as out:
        read_record(folder, Path(out) / "record")


def caseness_read_and_check(folder: Path) -> None:
    """The same, and then every rule of the profile for a service, with its cascade and the counts of every field."""
    import tempfile

    from caseness.check import check
    from caseness.read import read_record

    with tempfile.TemporaryDirectory() as out:
        checked = check(read_record(folder, Path(out) / "record"))
        print(f"{sum(one.kept for one in checked.tables.values()):,} rows kept", file=sys.stderr)


CONTESTANTS = {one.__name__: one for one in (arrow_scan, duckdb_scan, caseness_read, caseness_read_and_check)}

if __name__ == "__main__":
    CONTESTANTS[sys.argv[1]](Path(sys.argv[2]))
