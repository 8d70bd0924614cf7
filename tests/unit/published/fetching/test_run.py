"""Whole runs: what is kept, what is set aside, what is told, and what a second run does."""

import json
import threading

import pytest

from caseness.errors import CannotFetch, CannotWrite
from caseness.published import open_releases
from caseness.published.fetching import Folder, lock, look_at, read_manifest
from caseness.published.fetching.parts import Part
from unit.published.fetching.conftest import BODY, annual, monthly
from unit.published.fetching.server import Page
from unit.published.fetching.test_archives import zipped


def whats(outcomes):
    return [one.what for one in outcomes]


def test_a_file_is_put_in_its_place_and_written_down(run, base):
    assert whats(run(monthly())) == ["fetched"]
    assert run.path("monthly/2025-04/file.csv").read_bytes() == BODY
    fetched = run.manifest().find("monthly", "2025-04")
    assert fetched.fetched_at == "2026-11-24T12:00:00Z"
    assert (fetched.address, fetched.final_address) == ("https://files.example.org/file.csv", f"{base}/file.csv")
    assert (fetched.bytes, fetched.etag, fetched.licence) == (len(BODY), '"one"', "Open Government Licence v3.0")
    assert [one.name for one in fetched.files] == ["file.csv"]
    assert list(run.folder.parts.glob("*.part*")) == []


def test_a_second_run_fetches_only_what_is_missing(run, pages):
    pages["/b.csv"] = Page(b"a,b\n")
    run(monthly())
    assert whats(run(monthly(), monthly("/b.csv", "2025-05"))) == ["here", "fetched"]
    assert len(pages["/file.csv"].asked) == 1


def test_one_failure_does_not_stop_the_others(run, pages):
    pages["/b.csv"] = Page(b"<!DOCTYPE html><html>sorry</html>")
    pages["/c.csv"] = Page(b"")
    outcomes = run(
        monthly("/b.csv", "2025-01"), monthly(), monthly("/c.csv", "2025-02"), monthly("/gone.csv", "2025-03")
    )
    assert whats(outcomes) == ["failed", "fetched", "failed", "failed"]
    said = [one.failure.what for one in outcomes if one.failure]
    assert said[0] == "the address now answers with a web page"
    assert "empty" in said[1]
    assert "404" in said[2]
    assert [one.period for one in run.manifest().releases] == ["2025-04"]


@pytest.mark.parametrize(
    ("path", "content", "says"),
    [
        ("/a.csv", b"PK\x03\x04", "zip"),
        ("/a.zip", b"a,b\n", "is text"),
        ("/a.rar", b"PK\x03\x04", "zip"),
        ("/a.csv", b"{}", "JSON"),
        ("/a.csv", b"\0\1", "no kind"),
    ],
)
def test_another_kind_than_the_address_promises_is_refused(run, pages, path, content, says):
    pages[path] = Page(content)
    (outcome,) = run(annual(path))
    assert says in outcome.failure.what
    assert not run.path("annual").exists()
    assert list(run.folder.parts.glob("*.part*")) == []


def test_what_is_there_is_asked_for_again_only_on_request(run, pages):
    run(monthly())
    assert whats(run(monthly(), again=True)) == ["unchanged"]
    assert pages["/file.csv"].asked[1]["If-None-Match"] == '"one"'
    pages["/file.csv"].etag = '"renamed"'
    assert whats(run(monthly(), again=True)) == ["unchanged"]
    assert run.manifest().earlier == ()


def test_a_replaced_file_is_kept_beside_and_read_by_nobody(run, pages):
    run(monthly())
    before = run.manifest().releases[0]
    page = pages["/file.csv"]
    page.body, page.etag = b"a,b\n1,2\n", '"two"'
    assert whats(run(monthly(), again=True)) == ["replaced"]
    (earlier,) = run.manifest().earlier
    assert earlier.folder == f".earlier/monthly/2025-04-{before.sha256[:12]}"
    assert earlier.set_aside == "the publisher replaced it"
    assert run.path(f"{earlier.folder}/file.csv").read_bytes() == BODY
    assert run.path("monthly/2025-04/file.csv").read_bytes() == b"a,b\n1,2\n"


def test_a_file_that_was_changed_here_is_fetched_again_and_kept(run):
    run(monthly())
    run.path("monthly/2025-04/file.csv").write_bytes(b"mine")
    assert whats(run(monthly())) == ["fetched"]
    assert "changed here" in run.manifest().earlier[0].set_aside


def test_the_same_size_does_not_hide_a_change_from_a_thorough_look(run):
    run(monthly())
    run.path("monthly/2025-04/file.csv").write_bytes(BODY[::-1])
    assert whats(run(monthly())) == ["here"]
    assert whats(run(monthly(), again=True)) == ["fetched"]


def test_what_stands_there_unlisted_is_set_aside(run):
    run(monthly())
    run.folder.manifest.unlink()
    assert whats(run(monthly())) == ["fetched"]
    assert run.path(".earlier/monthly/2025-04-unlisted/file.csv").read_bytes() == BODY


def test_an_earlier_version_that_a_killed_run_did_not_write_down_is_found(run, pages):
    run(monthly())
    old = run.manifest().releases[0]
    place = run.path(f".earlier/monthly/2025-04-{old.sha256[:12]}")
    place.parent.mkdir(parents=True)
    run.path("monthly/2025-04").rename(place)
    pages["/file.csv"].body, pages["/file.csv"].etag = b"a,b\n1,2\n", '"two"'
    run(monthly())
    assert [one.folder for one in run.manifest().earlier] == [f".earlier/monthly/2025-04-{old.sha256[:12]}"]


def test_a_newer_address_replaces_the_older(run, pages):
    pages["/v2.csv"] = Page(b"a,b\n3,4\n")
    run(monthly())
    assert whats(run(monthly("/v2.csv"))) == ["replaced"]
    assert run.manifest().earlier[0].set_aside == "the list has a newer address"


def test_an_archive_is_unpacked_and_kept_as_it_was_published(run, pages):
    pages["/a.zip"] = Page(zipped(("x/a.csv", "1"), ("b.csv", "2")))
    run(annual("/a.zip"))
    fetched = run.manifest().releases[0]
    assert [one.name for one in fetched.files] == ["a.csv", "b.csv"]
    assert run.path(f"annual/2024-25/{fetched.published_file}").read_bytes() == pages["/a.zip"].body


def test_a_bad_archive_leaves_nothing(run, pages):
    pages["/a.zip"] = Page(zipped(("../a.csv", "1")))
    (outcome,) = run(annual("/a.zip"))
    assert "leads out" in outcome.failure.what
    assert [path.name for path in run.folder.root.iterdir()] == [".parts"]


def test_a_rar_archive_stays_closed_until_a_program_is_there(run, pages, tmp_path, monkeypatch):
    pages["/a.rar"] = Page(b"Rar!\x1a\x07\x00rest")
    monkeypatch.setenv("PATH", str(tmp_path))
    run(annual("/a.rar"))
    assert run.manifest().releases[0].archive == "closed"
    assert run.path("annual/2024-25/a.rar").is_file()
    program = tmp_path / "bsdtar"
    program.write_text('#!/bin/sh\ncd "$4" && echo 1 > a.csv\n')
    program.chmod(0o755)
    assert whats(run(annual("/a.rar"))) == ["unpacked"]
    assert run.path("annual/2024-25/a.csv").read_text() == "1\n"
    assert len(pages["/a.rar"].asked) == 1


def test_a_host_that_is_down_is_tried_once(run, base, monkeypatch):
    monkeypatch.setattr("caseness.published.fetching.plan.rebase", lambda url, base: "http://127.0.0.1:9/a.csv")
    outcomes = run(*(monthly(period=f"2025-0{n}") for n in range(1, 9)), workers=1)
    assert {one.failure.what for one in outcomes} == {"no connection to 127.0.0.1:9 could be made"}


def test_a_part_of_a_killed_run_is_taken_up(run, pages, base):
    half = len(BODY) // 2
    pages["/file.csv"].script = [{"cut": half, "ranges": False}]
    assert whats(run(monthly())) == ["failed"]
    part = Part(run.folder.part_of(monthly(), f"{base}/file.csv"))
    assert part.size == half
    (run.folder.parts / "new-left").mkdir()
    assert [one.state for one in look_at([monthly()], run.folder, run.manifest(), base)] == ["part"]
    pages["/file.csv"].script = [{}]
    assert whats(run(monthly())) == ["fetched"]
    assert pages["/file.csv"].asked[-1]["Range"] == f"bytes={half}-"
    assert not (run.folder.parts / "new-left").exists()


def test_ctrl_c_keeps_what_has_arrived(run, pages):
    class Interrupting:
        def advanced(self, item, size, total):
            """Nothing."""

        def ended(self, outcome):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(monthly(), watch=Interrupting())
    assert whats(run(monthly())) == ["here"]
    assert threading.active_count() < 20


def test_a_disk_that_is_full_is_told(run, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caseness.published.fetching.run.place", full)
    (outcome,) = run(monthly())
    assert "No space left" in outcome.failure.what
    assert "Make room" in outcome.failure.advice


def test_two_runs_in_one_folder_do_not_meet(tmp_path):
    folder = Folder(tmp_path)
    with lock(folder), pytest.raises(CannotFetch, match="Another"), lock(folder):
        pass


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="Choose another folder"), lock(Folder(tmp_path / "file")):
        pass


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2}',
        '{"format": 1, "releases": [{}], "earlier": []}',
        '{"format": 1, "releases": [{"odd": 1}], "earlier": []}',
    ],
)
def test_a_manifest_that_cannot_be_understood_is_told(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(CannotFetch, match="Nothing was fetched"):
        read_manifest(tmp_path / "manifest.json")


def test_a_manifest_that_leads_out_of_the_folder_is_refused(run):
    run(monthly())
    text = run.folder.manifest.read_text().replace('"folder": "monthly/2025-04"', '"folder": "../../etc"')
    run.folder.manifest.write_text(text)
    with pytest.raises(CannotFetch, match="leads out"):
        run(monthly())


def test_what_was_fetched_is_read_and_what_was_set_aside_is_not(run, pages, repository):
    fixtures = repository / "tests" / "fixtures" / "releases"
    month = (fixtures / "monthly_2021-06_reconstructed.csv").read_bytes()
    year = (fixtures / "annual_main_2024-25_reconstructed.csv").read_bytes()
    pages["/file.csv"].body = month.replace(b"153472", b"153471")
    pages["/year.zip"] = Page(zipped(("psych-ther-ann-rep-csv-main2.csv", year)))
    run(monthly(period="2021-06"), annual("/year.zip"))
    pages["/file.csv"].body, pages["/file.csv"].etag = month, '"two"'
    run(monthly(period="2021-06"), again=True)
    opened = open_releases(run.folder.root)
    assert [one.name for one in opened.releases] == [
        "annual/2024-25/psych-ther-ann-rep-csv-main2.csv",
        "monthly/2021-06/file.csv",
    ]
    assert [one.name for one in opened.ignored] == ["manifest.json"]
    assert len(json.loads(run.folder.manifest.read_text())["earlier"]) == 1
