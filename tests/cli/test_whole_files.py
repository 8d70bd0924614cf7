"""Files of figures have their names only once all of them are whole."""

import pytest

from caseness.cli import annual_files
from caseness.cli.computed_files import open_results, write_layout
from caseness.cli.whole_files import whole_files
from caseness.disclosure import OWN_USE
from caseness.errors import CannotWrite
from caseness.results import SCHEMA

EMPTY = SCHEMA.empty_table()


@pytest.mark.parametrize("layout", ["results", "nhs-monthly"])
def test_an_earlier_result_stays_whole_until_the_next_is(tmp_path, layout):
    (paths, _) = write_layout([EMPTY], layout, tmp_path, OWN_USE)
    earlier = {path.name: path.read_bytes() for path in paths}

    def stopped():
        yield EMPTY
        found = {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.name.endswith(".part")}
        assert found == earlier
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_layout(stopped(), layout, tmp_path, OWN_USE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == earlier


def test_nothing_that_passes_for_a_result_is_there_while_it_is_written(tmp_path):
    def watched():
        yield EMPTY
        assert sorted(path.name for path in tmp_path.iterdir()) == [".measures.csv.part", ".measures.parquet.part"]

    write_layout(watched(), "results", tmp_path, OWN_USE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["measures.csv", "measures.parquet"]


def test_what_a_killed_run_left_is_written_over(tmp_path):
    for name in ("measures.csv", "measures.parquet"):
        (tmp_path / f".{name}.part").write_text("half of a", encoding="utf-8")
    write_layout([EMPTY], "results", tmp_path, OWN_USE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["measures.csv", "measures.parquet"]
    assert open_results(tmp_path / "measures.csv").table.num_rows == 0


def test_a_second_run_into_the_same_folder_is_refused_and_the_first_goes_on(tmp_path):
    with whole_files(tmp_path) as first:
        first.begin("a.csv").write_text("figures", encoding="utf-8")
        with pytest.raises(CannotWrite, match="Another run is writing"), whole_files(tmp_path) as second:
            second.begin("a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "figures"
    with whole_files(tmp_path) as third:
        third.begin("a.csv").write_text("newer", encoding="utf-8")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "newer"


def test_a_file_that_is_left_out_takes_an_earlier_one_with_it(tmp_path):
    (tmp_path / "a.csv").write_text("earlier", encoding="utf-8")
    with whole_files(tmp_path) as files:
        files.begin("a.csv").write_text("too long", encoding="utf-8")
        files.leave_out("a.csv")
        assert (tmp_path / "a.csv").exists()
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_taken_by_a_folder_is_told(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(CannotWrite), whole_files(tmp_path) as files:
        files.begin("a.csv").write_text("figures", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_annual_files_are_written_so_too():
    assert annual_files.whole_files is whole_files
