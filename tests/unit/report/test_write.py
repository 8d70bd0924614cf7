"""Files: what is written, the same to the byte each time, all or none."""

import csv
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseness import report
from caseness.errors import CannotWrite, UnknownName
from caseness.report import files
from caseness.report.files import put_in_place

AGAIN = """
import sys
from pathlib import Path
from browser.reports import audit_england
from caseness import report
audit = audit_england()
report.write(audit, Path(sys.argv[1]), ("html", "json", "csv"))
report.write_brief(audit, Path(sys.argv[1]))
"""


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_all_formats_are_written_unless_some_are_asked_for(england, tmp_path):
    written = report.write(england, tmp_path)
    assert {"report.html", "audit.json", "audit.xlsx", "csv/ledger.csv", "csv/journey.csv"} <= set(contents(tmp_path))
    assert sorted(written) == sorted(tmp_path / name for name in contents(tmp_path))


def test_only_what_is_asked_for_is_written(england, tmp_path):
    assert report.write(england, tmp_path, ["json"]) == [tmp_path / "audit.json"]
    assert list(contents(tmp_path)) == ["audit.json"]


def test_another_process_writes_the_same_bytes(england, repository, tmp_path):
    """Neither the order of a set, nor the clock and its time zone, nor the folder leaves a trace."""
    here, there = tmp_path / "one", tmp_path / "a longer name"
    report.write(england, here, ("html", "json", "csv"))
    report.write_brief(england, here)
    paths = os.pathsep.join([str(repository / "tests"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": paths, "TZ": "UTC+11"}
    subprocess.run([sys.executable, "-c", AGAIN, str(there)], check=True, env=environment, cwd=tmp_path)
    one, other = contents(here), contents(there)
    assert one.keys() == other.keys()
    assert {name for name in one if one[name] != other[name]} == set()
    assert str(tmp_path).encode() not in b"".join(one.values())


def test_a_second_report_replaces_the_first(england, service, tmp_path):
    report.write(england, tmp_path, ["html"])
    report.write(service, tmp_path, ["html"])
    assert "Small &amp; &lt;Careful&gt; Service" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert list(contents(tmp_path)) == ["report.html"]


def test_an_unknown_format_is_named_with_those_there_are(england, tmp_path):
    with pytest.raises(UnknownName, match=r"no format 'htm'.*Did you mean 'html'.*html, json, csv, xlsx"):
        report.write(england, tmp_path, ["htm"])


def test_a_file_in_the_place_of_the_folder_is_said_and_left_alone(england, tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CannotWrite, match=r"could not be written to .*out: .*--out"):
        report.write(england, tmp_path / "out", ["json"])
    assert (tmp_path / "out").read_text() == "mine"


def test_when_the_disk_fills_up_the_old_report_still_stands(tmp_path, monkeypatch):
    """A file that cannot be made whole leaves the others as they were, and nothing half-made behind."""
    put_in_place(tmp_path, {"report.html": b"old", "csv/a.csv": b"old"})

    def fill_up(path, content):
        if path.name == "a.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    monkeypatch.setattr(files, "_make", fill_up)
    with pytest.raises(CannotWrite, match="No space left on device"):
        put_in_place(tmp_path, {"report.html": b"new", "csv/a.csv": b"new"})
    assert contents(tmp_path) == {"report.html": b"old", "csv/a.csv": b"old"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "report.html"]


def test_a_folder_in_the_place_of_a_file_is_met_before_anything_is_changed(tmp_path):
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(CannotWrite, match=r"b\.csv is a folder"):
        put_in_place(tmp_path, {"a.csv": b"new", "b.csv": b"new"})
    assert not (tmp_path / "a.csv").exists()


def test_the_ledger_of_everyone_is_one_file(service, tmp_path):
    report.write(service, tmp_path, ["csv"])
    with (tmp_path / "csv" / "ledger.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == service.ledger_table().num_rows
    (row,) = [
        row
        for row in rows
        if (row["organisation"], row["period"], row["step"]) == ("X01", "2024-25", "reliable_deterioration")
    ]
    assert (row["value"], row["low"], row["high"]) == ("", "0", "48")


def test_a_table_in_csv_keeps_the_interval_and_the_reason(service, tmp_path):
    report.write(service, tmp_path, ["csv"])
    with (tmp_path / "csv" / "journey.csv").open(newline="", encoding="utf-8") as stream:
        rows = {row["step"]: row for row in csv.DictReader(stream)}
    row = rows["Reliably deteriorated"]
    assert [row[f"summed_count{end}"] for end in ("", "_low", "_high", "_reason")] == ["", "0", "48", "suppressed"]


def test_a_cell_that_begins_like_a_formula_is_text_in_csv(awkward, tmp_path):
    report.write(awkward, tmp_path, ["csv"])
    with (tmp_path / "csv" / "claims.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert row["claim"].startswith("'=HYPERLINK")
    assert row["source"].startswith("'+1")


def test_the_document_says_which_layout_it_has(england, tmp_path):
    (path,) = report.write(england, tmp_path, ["json"])
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["schema_version"] == "1.3.0"
    assert list(content) == sorted(content)
    assert "record" not in content


def test_the_brief_is_one_page_with_bounds_england_and_room_for_a_reply(service, tmp_path):
    (path,) = report.write_brief(service, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert path == Path(tmp_path / "brief.html")
    assert "England</th>" in text
    assert "The reply of Small &amp; &lt;Careful&gt; Service" in text
    assert "0 to 48 (suppressed)" in text


def test_the_brief_of_england_has_nobody_beside_it(england, tmp_path):
    (path,) = report.write_brief(england, tmp_path, ["html"])
    assert "England</th>" not in path.read_text(encoding="utf-8")


def test_no_brief_is_written_when_no_page_is_asked_for(england, tmp_path):
    assert report.write_brief(england, tmp_path, ["json"]) == []
