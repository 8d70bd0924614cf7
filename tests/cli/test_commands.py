"""Every command: its answer, its help, and what it says to a slip of the hand."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from caseness.cli import audit as audit_module
from caseness.cli.table import COMMANDS

NAMES = [declared.name for declared in COMMANDS]
WHOLE = Path(__file__).parents[1] / "fixtures" / "releases"
# Commands that answer at once from the embedded figures.
ANSWERS = ("ledger", "rates", "waits", "trend", "variation", "organisations", "doctor")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_that_says_what_it_does(caseness, name):
    answer = caseness(name, "--help")
    assert answer.status == 0
    assert answer.out.startswith(f"Usage: caseness {name}")


def test_the_help_lists_every_command(caseness):
    answer = caseness("--help")
    assert all(name in answer.out for name in NAMES)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_text_without_colour_when_piped(caseness, name):
    answer = caseness(name)
    assert answer.status == 0, answer.err
    assert "\x1b" not in answer.out
    assert len(answer.out.splitlines()) > 2


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_can_be_had_as_json(caseness, name):
    answer = caseness(name, "--json")
    assert answer.status == 0, answer.err
    assert answer.json


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_can_be_written_into_a_folder(caseness, name, tmp_path):
    answer = caseness(name, "--out", tmp_path / "here", "--format", "csv", "--format", "json")
    assert answer.status == 0, answer.err
    kinds = {path.suffix for path in (tmp_path / "here").iterdir()}
    assert kinds == {".csv", ".json"}
    assert answer.out == ""


@pytest.mark.parametrize("name", ANSWERS)
def test_the_same_question_has_the_same_answer(caseness, name):
    assert caseness(name, "--json").out == caseness(name, "--json").out


def test_the_ledger_prints_the_ended_cohort(caseness):
    answer = caseness("ledger", "--period", "2024-25")
    assert "1,746,265" in answer.out
    assert "502,900" in answer.out


def test_csv_keeps_the_ends_of_every_interval(caseness, tmp_path):
    caseness("ledger", "--period", "2024-25", "--out", tmp_path, "--format", "csv")
    text = (tmp_path / "ledger-annual-report.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    finished = next(row for row in rows if row["step"] == "Finished a course")
    assert (finished["count"], finished["count_low"], finished["count_high"]) == ("670419.0", "670419.0", "670419.0")


def test_months_of_a_trend_are_shown_when_it_is_named(caseness):
    answer = caseness("trend", "recovery_rate")
    assert answer.status == 0, answer.err
    assert "2021-01" in answer.out


def test_audit_writes_the_report_and_says_where(caseness, tmp_path):
    answer = caseness("audit", "--period", "2024-25", "--out", tmp_path / "r")
    assert answer.status == 0, answer.err
    assert (tmp_path / "r" / "report.html").is_file()
    assert str(tmp_path / "r" / "report.html") in answer.out
    assert json.loads((tmp_path / "r" / "audit.json").read_text())


def test_a_page_beside_the_document_of_another_audit_says_so(caseness, tmp_path):
    assert caseness("audit", "--out", tmp_path, "--format", "json", "--period", "2021-22").err == ""
    answer = caseness("audit", "--out", tmp_path, "--format", "html")
    assert "may be of another audit" in answer.err
    assert answer.status == 0


def test_audit_as_json_alone_writes_nothing(caseness, tmp_path):
    answer = caseness("audit", "--period", "2024-25", "--json")
    assert answer.json["subject"]["period"] == "2024-25"
    assert list(tmp_path.iterdir()) == []


def test_claims_are_judged_from_a_file(caseness, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        """
        [[claim]]
        id = "two-or-more"
        says = "57.7 % of those entering treatment had two or more sessions."
        source = "A newspaper"
        period = "2021-22"
        kind = "share"
        numerator = "finished_course"
        denominator = "ended_after_treatment"
        value = 57.7
        """
    )
    answer = caseness("claims", "check", file)
    assert answer.status == 0, answer.err
    assert "reproduced" in answer.out


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (("ledgr",), 2, "Did you mean 'ledger'?"),
        (("ledger", "--perid", "2021-22"), 2, "--period"),
        (("ledger", "--period", "2044-45"), 10, "These releases cover 2012-13 to 2025-26"),
        (("ledger", "--period", "soon"), 10, "2021-22"),
        (("ledger", "--period", "2021-22 Q1"), 10, "An audit is of a financial year (2021-22) or of a month"),
        (("audit", "--period", ""), 10, "There is no period ''"),
        (("ledger", "--releases", WHOLE / "README.md"), 11, "README.md cannot be read: it is a text"),
        (("claims", "check", "absent.toml"), 11, "absent.toml cannot be read as a file of claims: No such file"),
        (("ledger", "--out", "/proc/xx"), 15, "no folder can be made there"),
        (("ledger", "--organisation", "Nowhere"), 10, "no organisation 'Nowhere'"),
        (("ledger", "--releases", "absent"), 11, "no file or folder"),
        (("ledger", "--format", "csv"), 2, "--out"),
        (("ledger", "--format", "pdf", "--out", "x"), 2, "'json', 'csv'"),
        (("trend", "recvery_rate"), 10, "Did you mean 'recovery_rate'"),
        (("releases", "show", "absent"), 11, "no file or folder"),
    ],
)
def test_a_slip_is_answered_on_standard_error_with_its_exit_code(caseness, args, status, says):
    answer = caseness(*args)
    assert (answer.status, answer.out) == (status, "")
    assert says in answer.err
    assert "Traceback" not in answer.err


def test_a_folder_that_cannot_be_written_is_an_error(caseness, tmp_path):
    (tmp_path / "taken").write_text("a file")
    answer = caseness("ledger", "--out", tmp_path / "taken" / "deeper")
    assert answer.status == 15
    assert "Choose another folder" in answer.err


def test_an_unknown_setting_is_refused(caseness, tmp_path):
    (tmp_path / "caseness.toml").write_text("thread = 2\n")
    answer = caseness("ledger", "--period", "2024-25")
    assert answer.status == 12
    assert "threads" in answer.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(caseness, shell):
    assert "_CASENESS_COMPLETE" in caseness("completion", shell).out


def test_the_doctor_says_whether_a_pdf_can_be_made(caseness, monkeypatch):
    """Without a browser the installation is in order all the same."""
    monkeypatch.setattr("caseness.cli.doctor.find_browser", lambda: None)
    answer = caseness("doctor")
    assert answer.status == 0
    assert "no PDF can be made" in answer.out


def test_an_organisation_without_a_journey_is_audited_all_the_same(caseness, monkeypatch):
    """Some providers have figures of a year, and none of its steps."""
    from_run = audit_module.run
    monkeypatch.setattr(audit_module, "run", lambda *given: replace(from_run(*given), ledgers=()))
    answer = caseness("audit", "--period", "2024-25", "--out", "here", "--format", "json")
    assert answer.status == 0, answer.err
    assert "No step of the journey was published for England, 2024-25." in answer.out


def test_the_summary_says_what_remains_and_what_it_cost(caseness):
    answer = caseness("audit", "--period", "2024-25", "--out", "here", "--format", "json")
    assert "Natural recovery: 13.4 to 46.1 %" in answer.out
    assert (
        "some recovery remains (sum of monthly files; assumed in part; its low end is response in trials" in answer.out
    )
    assert "Cost of one recovery: £3,335" in answer.out
    assert "in prices of 2024-25 (sum of monthly files; assumed in part)" in answer.out


def test_the_summary_says_that_money_of_trusts_alone_is_the_least(caseness):
    answer = caseness("audit", "--releases", WHOLE, "--out", "here", "--format", "json")
    assert (
        "Cost of one recovery: at least £2,682, in prices of 2024-25 (annual report; money of NHS trusts only"
        in answer.out
    )


def test_the_summary_says_the_year_of_the_prices(caseness):
    answer = caseness("audit", "--period", "2025-26", "--out", "here", "--format", "json")
    assert "Cost of one recovery: £3,397" in answer.out
    assert ", in prices of 2024-25 (sum of monthly files" in answer.out


@pytest.fixture
def folder_with_a_damaged_release(tmp_path):
    """A whole annual file beside a monthly one that was cut short."""
    folder = tmp_path / "releases"
    shutil.copytree(WHOLE, folder)
    (folder / "measures_monthly.parquet").write_bytes(b"PAR1 cut short")
    return folder


@pytest.mark.parametrize(
    "args",
    [
        ("ledger", "--releases"), ("trend", "--releases"), ("natural", "--releases"), ("organisations", "--releases"),
        ("cost", "--releases"), ("audit", "--json", "--releases"), ("releases", "show"),
    ],
)  # fmt: skip
def test_every_command_that_opens_releases_says_which_is_damaged(caseness, folder_with_a_damaged_release, args):
    answer = caseness(*args, folder_with_a_damaged_release)
    assert "measures_monthly.parquet could not be read, so every figure is without it" in answer.err


def test_a_damaged_release_is_told_in_the_summary_and_among_the_findings(caseness, folder_with_a_damaged_release):
    answer = caseness("audit", "--releases", folder_with_a_damaged_release, "--out", "here", "--format", "json")
    assert answer.status == 0, answer.err
    assert "Not read: measures_monthly.parquet could not be read" in answer.out
    found = json.loads(Path("here/audit.json").read_text())
    assert found["findings"][0].startswith("measures_monthly.parquet could not be read")
    assert found["provenance"]["damaged"] == found["findings"][:1]
