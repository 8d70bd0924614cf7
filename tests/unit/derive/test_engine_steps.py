"""What the engine says of steps that it cannot run, or whose rows it cannot write."""

import pyarrow as pa
import pytest

from caseness.engine import drop, hold_text, load, scan_parquet_files, write_parts, write_text
from caseness.errors import CannotWrite, CasenessError, UnreadableInput


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
