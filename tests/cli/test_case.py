"""`caseness case`."""

import json

import pytest

from caseness.derive import open_grains
from caseness.engine import fetch
from caseness.feedback import INTENDED_PURPOSE
from derived_records import submissions_of, write_submission
from house.source_tree import ROOT

SHEETS = ROOT / "tests" / "fixtures" / "practice"
REFERRALS = "month | referral | received | ended | source | end_code\n2025-04 | R1 | 2025-04-01 | 2025-04-28 | B1 | 46"
CONTACTS = """
    month   | contact | referral | on         | type
    2025-04 | C1      | R1       | 2025-04-05 | 02
    2025-04 | C2      | R1       | 2025-04-12 | 02
"""
SCORES = """
    month   | referral | tool | score | on
    2025-04 | R1       | phq9 | 16    | 2025-04-05
    2025-04 | R1       | phq9 | 8     | 2025-04-12
"""
KEY = "a key for tests, of 32 letters or more\n"


@pytest.fixture
def submitted(tmp_path):
    """A folder of CSV files of one submission, and a key beside it."""
    (tmp_path / "case.key").write_text(KEY)
    (submission,) = submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES)
    submission["IDS002GP"] = [{"LocalPatientId": "P1", "GMPCodeReg": "A12345"}]
    return write_submission(tmp_path / "submitted", submission)


@pytest.fixture
def study(caseness, submitted):
    """Runs the command on the record with the key."""

    def run(*args):
        return caseness("case", submitted, "--key", "case.key", *args)

    return run


def pseudonym_in(answer):
    return answer.json["courses"][0]["pseudonym"]


def test_a_course_is_printed_as_markdown_with_what_it_is_for(study):
    answer = study("R1")
    assert answer.status == 0, answer.err
    assert answer.out.startswith("# Case study case-")
    assert "PHQ-9: 16 at first (a case), 8 at last (not a case); reliable improvement." in answer.out
    assert INTENDED_PURPOSE in answer.out
    assert "R1" not in answer.out
    assert "2025-04" not in answer.out


def test_until_when_the_record_reaches_is_said_beside_it(study):
    assert "the record reaches to 2025-04-30" in study("R1").err


def test_the_list_shows_pseudonyms_that_lead_to_the_same_course(study):
    listed = study()
    assert "courses with an attended contact: 1. Shown" in listed.out
    assert INTENDED_PURPOSE in listed.out
    assert "R1" not in listed.out
    found = pseudonym_in(study("--json"))
    assert found in listed.out
    assert study(found).out == study("R1").out


def test_the_list_says_what_it_is_for_in_every_form(study):
    assert INTENDED_PURPOSE in study().out
    assert study("--json").json["purpose"] == INTENDED_PURPOSE
    assert INTENDED_PURPOSE in study("--open").out
    assert study("--open", "--json").json["purpose"] == INTENDED_PURPOSE


def test_of_two_submissions_of_a_month_the_later_counts(caseness, tmp_path):
    """Whichever comes first in the folder. What the earlier one said is not shown beside it."""
    (tmp_path / "case.key").write_text(KEY)
    (tmp_path / "both").mkdir()
    for name, created, score in (("2", "2025-05-12T09:30:00", "21"), ("1", "2025-06-12T09:30:00", "8")):
        (submission,) = submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES.replace("8 ", score))
        submission["IDS000Header"][0]["DateTimeDatSetCreate"] = created
        write_submission(tmp_path / "both" / name, submission)
    told = caseness("case", "both", "R1", "--key", "case.key")
    assert "PHQ-9: 16 at first (a case), 8 at last (not a case); reliable improvement." in told.out
    assert "| 21 |" not in told.out


def test_the_list_can_be_of_finished_or_open_courses(study):
    assert study("--finished", "--json").json["total"] == 1
    assert study("--open", "--json").json["total"] == 0
    assert "open courses: 0" in study("--open").out


def test_files_are_written_in_the_forms_that_were_asked_for(study, tmp_path):
    name = pseudonym_in(study("--json"))
    answer = study("R1", "--out", "here")
    assert answer.out == ""
    assert answer.err.count("It is personal data.") == 3
    assert {path.name for path in (tmp_path / "here").iterdir()} == {f"{name}.html", f"{name}.md", f"{name}.json"}
    assert study("R1", "--out", "one", "--format", "markdown").status == 0
    assert [path.suffix for path in (tmp_path / "one").iterdir()] == [".md"]


def test_json_holds_what_the_page_says(study):
    told = study("R1", "--json").json
    assert told["purpose"] == INTENDED_PURPOSE
    assert told["chapters"][0]["id"] == "in-short"


def test_dates_are_shown_where_they_are_asked_for(study):
    assert "Ended on 28 April 2025" in study("R1", "--dates").out


def test_slips_are_told_with_their_exit_codes(study, caseness, submitted, tmp_path):
    assert study("R2").status == 28
    assert "holds no referral 'R2'" in study("R2").err
    assert study("R1", "--provider", "XX").status == 28
    assert study("R1", "--finished").status == 2
    assert study("--out", "here").status == 2
    assert study("--dates").status == 2
    assert study("R1", "--format", "html").status == 2
    assert study("R1", "--demonstration").status == 2
    assert study("R1", "--out", submitted / "here").status == 15
    assert caseness("case", submitted, "R1", "--key", "absent.key").status == 12
    (tmp_path / "norms.json").write_text("{}")
    assert study("R1", "--norms", "norms.json").status == 22
    assert caseness("case", tmp_path / "nowhere", "R1", "--key", "case.key").status == 21


def test_an_id_of_two_providers_is_answered_with_what_to_add(caseness, tmp_path):
    (tmp_path / "case.key").write_text(KEY)
    for provider in ("ZZ1", "ZZ2"):
        (submission,) = submissions_of(provider=provider, referrals=REFERRALS, contacts=CONTACTS, scores=SCORES)
        (tmp_path / "both").mkdir(exist_ok=True)
        write_submission(tmp_path / "both" / provider, submission)
    answer = caseness("case", "both", "R1", "--key", "case.key")
    assert answer.status == 29
    assert "--provider ZZ1" in answer.err
    assert caseness("case", "both", "R1", "--key", "case.key", "--provider", "ZZ2").status == 0


def test_a_record_that_was_read_before_is_not_read_again(study, caseness, submitted):
    caseness("record", submitted, "--out", "record")
    first = study("R1").out
    for path in submitted.iterdir():
        path.unlink()
    assert caseness("case", "record", "R1", "--key", "case.key").out == first


def test_grains_are_no_record_as_the_help_says(caseness, submitted):
    caseness("derive", submitted, "--out", "grains")
    answer = caseness("case", "grains", "R1", "--key", "case.key")
    assert answer.status == 21
    assert "Name the record" in answer.err
    told = " ".join(caseness("case", "--help").out.split())
    assert "What `caseness derive` made is refused" in told
    assert "DIR is as for `caseness derive`" not in told


def test_the_number_of_a_pathway_leads_to_its_course(study, caseness, submitted):
    """It is the number by which grains and `caseness signals` name the course."""
    caseness("derive", submitted, "--out", "grains")
    (number,) = fetch(open_grains("grains").referral.select("pathway"))["pathway"].to_pylist()
    assert study(str(number)).out == study("R1").out


def test_a_key_is_made_once_and_kept(caseness, submitted, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    first = caseness("case", submitted, "R1")
    assert "made a key" in first.err
    again = caseness("case", submitted, "R1")
    assert "made a key" not in again.err
    assert again.out == first.out
    assert len((tmp_path / "settings" / "caseness" / "case.key").read_text()) == 65


def test_the_settings_may_name_the_key(caseness, submitted, study, monkeypatch):
    monkeypatch.setenv("CASENESS_CASE_KEY", "case.key")
    assert caseness("case", submitted, "R1").out == study("R1").out


@pytest.mark.parametrize("name", ["core10.csv", "core10.xlsx"])
def test_a_practice_that_uses_core_10_only_can_study_its_cases(caseness, tmp_path, name):
    """A sheet has no months of submissions, so the official measures count nothing, and everything else is there."""
    (tmp_path / "case.key").write_text(KEY)
    given = ("--profile", "practice", "--key", "case.key")
    found = [
        one["pseudonym"] for one in caseness("case", SHEETS / name, *given, "--finished", "--json").json["courses"]
    ]
    assert found
    text = caseness("case", SHEETS / name, found[0], *given).out
    assert "### CORE-10" in text
    assert "comes from the literature and is in no official measure" in text
    assert "this record has none, such as that of a practice" in text
    assert "Of the whole record: " in text


def test_a_sheet_that_was_read_before_is_a_record(caseness, tmp_path):
    (tmp_path / "case.key").write_text(KEY)
    caseness("record", SHEETS / "core10.csv", "--profile", "practice", "--out", "mine")
    answer = caseness("case", "mine", "--key", "case.key", "--json")
    assert json.loads(answer.out)["total"] > 0
