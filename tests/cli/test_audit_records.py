"""The audit of a record, from the command line."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from html import escape

import pyarrow.parquet as pq
import pytest

from caseness.cli import main
from made_up_records import make

YEAR = "2024-25"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """A made-up year of a few providers, with a few errors planted."""
    folder = tmp_path_factory.mktemp("record") / "made-up"
    make(folder, referrals=260, months=12, seed=11, errors=0.01)
    return folder


@pytest.fixture(scope="module")
def grains(record, tmp_path_factory):
    """What is derived of it, once."""
    folder = tmp_path_factory.mktemp("derived") / "grains"
    with pytest.raises(SystemExit) as ended:
        main(["derive", str(record), "--out", str(folder)])
    assert not ended.value.code
    return folder


@pytest.fixture(scope="module")
def audited(record, tmp_path_factory):
    """The report on it, and what was said meanwhile."""
    folder, said = tmp_path_factory.mktemp("audited"), (io.StringIO(), io.StringIO())
    asked = ("audit", "--records", str(record), "--out", str(folder), "--format", "json", "--format", "html")
    with pytest.raises(SystemExit) as ended, redirect_stdout(said[0]), redirect_stderr(said[1]):
        main(asked)
    assert not ended.value.code
    return folder, *(one.getvalue() for one in said)


def test_an_audit_of_a_record_is_as_one_of_releases_and_follows_people(audited):
    folder, out, err = audited
    assert "rows were rejected in checking and are in no figure" in err
    assert "(sum of computed months)" in out
    assert "Claims:" not in out
    audit = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    assert audit["subject"]["period"] == YEAR
    cohort = audit["cohorts"]["of_period"]
    received = audit["ledgers"][0]["lines"][0]["count"]["value"]
    assert cohort["received"]["value"] == received
    settled = sum(
        step["count"]["low"] for step in cohort["steps"] if step["step"]["id"].startswith(("ended", "finished"))
    )
    assert settled + cohort["still_open"]["value"] + cohort["unheard"]["value"] == received
    assert [one["depart"] for one in audit["identities"] if one["kind"] == "exact"].count(0) > 5
    assert not [one["id"] for one in audit["identities"] if one["kind"] == "exact" and one["depart"]]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count("SYNTHETIC") > 10


def test_a_record_that_was_derived_before_gives_the_same_audit(caseness, audited, grains, tmp_path):
    told = json.loads((audited[0] / "audit.json").read_text(encoding="utf-8"))
    assert caseness("audit", "--records", grains, "--json", "--period", YEAR).json["ledgers"] == told["ledgers"]
    again = caseness("derive", grains, "--out", tmp_path / "more")
    assert again.status != 0
    assert "holds grains that were derived before" in again.err


def test_claims_can_be_judged_by_a_record(caseness, grains, tmp_path):
    claim = tmp_path / "claims.toml"
    claim.write_text(
        '[[claim]]\nid = "all"\nsays = "Everyone recovers."\nsource = "A leaflet"\nkind = "share"\nvalue = 100\n'
        'numerator = "recovery"\ndenominator = "judged_for_recovery"\nperiod = "2024-25"\n',
        encoding="utf-8",
    )
    judged = caseness("audit", "--records", grains, "--claims", claim, "--json").json["claims"]
    assert judged[0]["verdict"] == "contradicted"
    assert "the count of the record over the year" in judged[0]["explanation"]


def test_an_audit_rests_on_one_kind_of_source(caseness, record):
    outcome = caseness("audit", "--records", record, "--releases", ".")
    assert outcome.status == 2
    assert "never on both" in outcome.err


def test_a_record_that_is_not_there_is_told(caseness):
    outcome = caseness("audit", "--records", "nowhere")
    assert outcome.status != 0
    assert "nowhere" in outcome.err


def test_measures_of_a_record_say_that_it_is_made_up(caseness, grains, tmp_path):
    outcome = caseness("measures", "compute", grains, "--measure", "M192", "--out", tmp_path / "figures")
    assert outcome.status == 0
    assert "SYNTHETIC" in outcome.err
    assert "SYNTHETIC" in (tmp_path / "figures" / "measures.csv").read_text(encoding="utf-8")


def test_what_is_made_of_made_up_rows_says_so_file_by_file(caseness, record, grains, tmp_path):
    for path in grains.glob("*.parquet"):
        assert b"SYNTHETIC" in pq.read_metadata(path).metadata[b"synthetic"], path.name
    asked = ("--measure", "M076", "--out", tmp_path / "figures")
    assert caseness("measures", "compute", grains, *asked).status == 0
    for ours in (tmp_path / "figures", tmp_path / "figures" / "measures.csv"):
        compared = caseness("measures", "compare", ours, tmp_path / "figures" / "measures.parquet")
        assert compared.status == 0, compared.err
        assert "SYNTHETIC" in compared.out
    assert caseness("measures", "compute", grains, *asked, "--layout", "nhs-monthly").status == 0
    lines = (tmp_path / "figures" / "measures-nhs-monthly.csv").read_text(encoding="utf-8").splitlines()
    assert all("SYNTHETIC" in line for line in lines)
    caseness("check", record, "--out", tmp_path / "found")
    told = [*(tmp_path / "found").glob("*.csv"), *(tmp_path / "found" / "rejected").glob("*.csv")]
    assert len(told) > 4
    assert not [path.name for path in told if "SYNTHETIC" not in path.read_text(encoding="utf-8")]


def test_nothing_is_written_into_a_record(caseness, record):
    outcome = caseness("audit", "--records", record, "--out", record / "report")
    assert outcome.status != 0
    assert "lies within what is read" in outcome.err


def test_rules_are_assumed_otherwise_only_where_something_is_derived(caseness, grains):
    assert "give one with --records" in caseness("audit", "--assume", "submissions=primary").err
    outcome = caseness("audit", "--records", grains, "--assume", "submissions=primary")
    assert "was derived before" in outcome.err


def written(caseness, record, out, *formats, policy=()):
    asked = [word for one in formats for word in ("--format", one)]
    outcome = caseness("audit", "--records", record, "--period", YEAR, "--out", out, *asked, *policy)
    assert outcome.status == 0, outcome.err
    return outcome, json.loads((out / "audit.json").read_text(encoding="utf-8"))


def ledger(out):
    """Every count of the longest file of a report, by basis, period, organisation and step."""
    rows = csv.DictReader((out / "csv" / "ledger.csv").read_text(encoding="utf-8").splitlines())
    key = ("basis", "period", "organisation", "step")
    return {tuple(row[name] for name in key): row for row in rows}


def test_a_report_under_a_policy_holds_what_was_let_out_and_nothing_else(caseness, record, tmp_path):
    caseness("derive", record, "--breakdowns", "--out", tmp_path / "grains")
    _, exact = written(caseness, tmp_path / "grains", tmp_path / "own", "json", "csv")
    assert (exact["disclosure"]["policy"], exact["disclosure"]["withheld"]) == ("own-use", [])
    assert exact["cohorts"]
    assert exact["counted_ends"]
    for policy, formats in (("public", ("json", "csv", "html", "xlsx")), ("nhs-england", ("json", "csv"))):
        out = tmp_path / policy
        outcome, shown = written(caseness, tmp_path / "grains", out, *formats, policy=("--policy", policy))
        assert shown["disclosure"]["policy"] == policy
        assert shown["cohorts"] is shown["counted_ends"] is None
        assert all(f"Not let out: {one['why']}" in outcome.err for one in shown["disclosure"]["withheld"])
        assert_within(ledger(tmp_path / "own"), ledger(out), policy)
    assert_said(tmp_path / "public", json.loads((tmp_path / "public" / "audit.json").read_text(encoding="utf-8")))


def assert_said(out, audit):
    """What the policy has no rule for is left out, and the page and the workbook say which, and why."""
    page = (out / "report.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(out / "audit.xlsx") as book:
        cells = book.read("xl/sharedStrings.xml").decode()
    reasons = [one["why"] for one in audit["disclosure"]["withheld"]]
    assert len(reasons) > 6
    for one in reasons:
        assert escape(one) in page
        assert escape(one, quote=False) in cells
    assert "not for publication" not in page
    assert "caseness audit --records DIR --policy public" in page


def assert_within(exact, shown, policy):
    """The truth lies within what is said of it, and below England no small count of a month has a value."""
    hidden = 0
    for key, row in shown.items():
        truth = exact[key]["value"]
        if truth and row["low"]:
            assert float(row["low"]) <= float(truth) <= float(row["high"] or "inf"), key
        is_spared = policy == "nhs-england" and row["organisation"] == "ENGLAND"
        if "month" in row["basis"] and truth and 0 < float(truth) < 5 and not is_spared:
            hidden += 1
            assert row["value"] == "", key
    assert hidden > 10


def test_published_releases_pass_unchanged_under_every_policy(caseness):
    plain = caseness("audit", "--json", "--period", "2021-22")
    asked = caseness("audit", "--json", "--period", "2021-22", "--policy", "public")
    assert asked.out == plain.out
    assert "--policy public changes nothing here" in asked.err
    assert asked.json["disclosure"]["policy"] == "published"


def test_a_policy_that_is_none_is_told_before_anything_is_read(caseness, record):
    assert caseness("audit", "--records", record, "--policy", "publc").status == 10
