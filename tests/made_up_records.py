"""Synthetic records, made small and read back with nothing but Arrow, so that no reader of ours is trusted."""

from pathlib import Path

import pyarrow.parquet as pa_parquet

from caseness.synthetic.request import Request
from caseness.synthetic.synthesis import synthesise


def make(
    folder,
    referrals=400,
    months=6,
    seed=5,
    shape="national",
    errors=0.0,
    lead_in=0,
    chunk_size=150_000,
    workers=1,
    truth=None,
):
    """A record in a folder of its own."""
    request = Request(referrals, months, seed, shape, error_rate=errors, lead_in=lead_in)
    return synthesise(request, folder, truth, workers, chunk_size=chunk_size)


def places(folder):
    """The folders of months and windows, in order."""
    return sorted(path for path in Path(folder).iterdir() if path.is_dir())


def rows_in(place, table_id):
    """The rows of one table in one place, each with `whose` it is."""
    rows = []
    for path in sorted(place.glob(f"{table_id}*.parquet")):
        rows += pa_parquet.read_table(path).to_pylist()
    return [{"whose": row.get("UniqueSubmissionID"), **row} for row in rows]


def rows_of(folder, table_id, window=""):
    """The rows of one table in all places, or those of one window, each with its `place`."""
    return [
        {"place": place.name, **row}
        for place in places(folder)
        if place.name.endswith(window)
        for row in rows_in(place, table_id)
    ]


def content(folder):
    """Every file below a folder, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
