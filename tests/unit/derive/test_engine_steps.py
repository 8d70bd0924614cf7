"""What the engine says of steps that it cannot run, of files that it cannot read, and of rows that it cannot write."""

import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from caseness.engine import (
    drop,
    fetch,
    given_as,
    hold,
    hold_text,
    load,
    scan_parquet,
    scan_parquet_files,
    stream,
    write_parts,
    write_text,
)
from caseness.errors import CannotWrite, CasenessError, UnreadableInput


def _damage(path):
    """Damaged inside: its end, where its columns stand, is as it was."""
    kept = path.read_bytes()
    inside = range(4, len(kept) - 8 - pq.read_metadata(path).serialized_size)
    path.write_bytes(kept[: inside.start] + b"\xa5" * len(inside) + kept[inside.stop :])


def _cut_short(path):
    os.truncate(path, 40)


@pytest.fixture
def files(tmp_path):
    """Two files of rows, and the table over both."""
    paths = [tmp_path / f"rows-{number}.parquet" for number in range(2)]
    for path in paths:
        pq.write_table(pa.table({"part": [0, 1] * 500, "name": [f"name {number}" for number in range(1000)]}), path)
    return paths


def test_a_query_that_cannot_be_run_is_told(tmp_path):
    for run in (
        lambda: hold_text("SELECT nothing", "held_for_a_test"),
        lambda: write_text("SELECT nothing", tmp_path / "a.parquet"),
    ):
        with pytest.raises(CasenessError, match="could not be computed"):
            run()


def test_rows_that_cannot_be_written_are_told(tmp_path):
    with pytest.raises(CannotWrite, match="could not be written"):
        write_text("SELECT 1 AS one", tmp_path / "absent" / "a.parquet")


def test_parts_are_files_of_their_own_and_a_damaged_one_is_told(tmp_path):
    write_parts(load(pa.table({"part": [0, 1], "value": [5, 6]})), tmp_path / "parts", "part")
    (path,) = (tmp_path / "parts" / "part=1").iterdir()
    path.write_bytes(b"torn")
    with pytest.raises(UnreadableInput, match="no whole Parquet file"):
        scan_parquet_files([path])
    drop(["never_held"])


@pytest.mark.parametrize("harm", [_damage, _cut_short])
@pytest.mark.parametrize("run", [fetch, hold, lambda rows: list(stream(rows)), lambda rows: write_parts(rows, "parts", "part")],
                         ids=["fetch", "hold", "stream", "parts"])  # fmt: skip
def test_a_file_that_is_damaged_inside_is_named(files, run, harm, tmp_path, monkeypatch):
    """Also one that was cut short after it had been opened. The engine itself does not say which of several it was."""
    monkeypatch.chdir(tmp_path)
    rows = scan_parquet_files(files)
    harm(files[1])
    with pytest.raises(UnreadableInput, match=r"rows-1\.parquet is damaged: it cannot be read to its end"):
        run(rows)


@pytest.mark.parametrize("run", [lambda query, _: hold_text(query, "held_for_a_test"), write_text], ids=["held", "written"])  # fmt: skip
def test_a_damaged_file_is_named_where_a_step_reads_it_by_a_name(files, run, tmp_path):
    rows = scan_parquet(files[0])
    _damage(files[0])
    given, told = {"rows_of_a_test": rows.filter(rows.part == 1)}, r"rows-0\.parquet is damaged"
    with given_as(given), pytest.raises(UnreadableInput, match=told):
        run("SELECT * FROM rows_of_a_test", tmp_path / "out.parquet")


def test_whole_files_are_not_blamed_for_what_cannot_be_run(files, tmp_path):
    rows = scan_parquet_files(files)
    with pytest.raises(CasenessError, match="could not be computed") as told:
        fetch(rows.mutate(number=rows.name.cast("int64")))
    assert told.type is CasenessError
    with given_as({"rows_of_a_test": rows}), pytest.raises(CannotWrite):
        write_text("SELECT * FROM rows_of_a_test", tmp_path / "absent" / "out.parquet")
