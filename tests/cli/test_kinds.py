"""A record, grains and submissions are not taken for figures, and nothing is written among their rows."""

from shutil import copytree

import pytest

from caseness.cli.kinds import GRAINS, RECORD, SUBMISSIONS, kind_of
from derived_records import submissions_of, write_submission
from measured_grains import CONTACTS, REFERRALS

KINDS = {"grains": GRAINS, "record": RECORD, "submissions": SUBMISSIONS, "submission": SUBMISSIONS}
UNFINISHED = {"grains": "derive.json", "record": "record.json"}


@pytest.fixture
def rows(caseness, grains, tmp_path):
    """A folder of each kind, below `rows`."""
    (submission,) = submissions_of(provider="RW1", referrals=REFERRALS, contacts=CONTACTS)
    submission["IDS002GP"] = [{"LocalPatientId": "P1", "GMPCodeReg": "A12345"}]
    write_submission(tmp_path / "rows" / "submission", submission)
    write_submission(tmp_path / "rows" / "submissions" / "april", submission)
    caseness("record", tmp_path / "rows" / "submission", "--out", tmp_path / "rows" / "record")
    copytree(grains, tmp_path / "rows" / "grains")
    return tmp_path / "rows"


def _held(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


@pytest.mark.parametrize("name", KINDS)
def test_compare_says_in_a_line_what_it_was_given_instead_of_figures(caseness, rows, name):
    for sides in ((rows / name, rows / "absent"), (rows / name, rows / name)):
        outcome = caseness("measures", "compare", *sides)
        assert (outcome.status, outcome.out, outcome.err.count("\n")) == (11, "", 1)
        assert f"{name} is {KINDS[name]}, and holds no figures" in outcome.err
        assert f"caseness measures compute {rows / name} --out FOLDER" in outcome.err


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_computed_derived_or_audited_into_rows(caseness, grains, rows, name):
    before = _held(rows)
    commands = [("measures", "compute", grains), ("audit", "--records", grains), ("derive", "absent")]
    for command in commands[: 2 if name == "grains" else 3]:
        outcome = caseness(*command, "--out", rows / name)
        assert outcome.status == 15, outcome.err
        assert f"{name} is {KINDS[name]}. Nothing was read, and nothing written." in outcome.err
    assert _held(rows) == before


@pytest.mark.parametrize("name", UNFINISHED)
def test_what_lost_its_manifest_is_what_it_was(rows, name):
    (rows / name / UNFINISHED[name]).unlink()
    assert kind_of(rows / name) == KINDS[name]


def test_figures_go_into_a_folder_that_is_empty_absent_or_has_earlier_ones(caseness, grains, tmp_path):
    (tmp_path / "out").mkdir()
    for out in ("out", "out", "absent"):
        assert caseness("measures", "compute", grains, "--measure", "M076", "--out", tmp_path / out).status == 0


def test_grains_are_still_replaced_by_grains(caseness, rows):
    assert caseness("derive", rows / "record", "--out", rows / "grains").status == 0
    outcome = caseness("record", rows / "submission", "--out", rows / "grains")
    assert (outcome.status, "holds something that is no record" in outcome.err) == (15, True)


def test_a_folder_in_which_somebody_works_is_none_of_them(caseness, rows, tmp_path):
    """It may hold one of each, and a workbook that is none of ours, or cannot be read."""
    for name in ("report.xlsx", "old.accdb"):
        (tmp_path / name).write_bytes(b"no workbook")
    assert [kind_of(folder) for folder in (tmp_path, rows, tmp_path / "report.xlsx", tmp_path / "absent")] == [""] * 4


@pytest.mark.parametrize("passed_over", [".git", "rejected"])
def test_what_reading_passes_over_does_not_hide_submissions(rows, passed_over):
    (rows / "submissions" / passed_over).mkdir()
    assert kind_of(rows / "submissions") == SUBMISSIONS
