"""`caseness measures compute --breakdown`, `caseness derive --breakdowns` and the variables in `caseness catalogue`."""

import csv
from datetime import date

import pyarrow.parquet as pq
import pytest

from caseness.cli import computed_files
from caseness.results import Results
from derived_records import derive_submissions, submissions_of, write_submission

MONTHS = [f"{2024 + (number > 9)}-{(number + 2) % 12 + 1:02}" for number in range(1, 13)]
REFERRALS = [{"month": month, "referral": f"R{month}", "patient": f"P{month}", "received": f"{month}-02", "ended": f"{month}-20", "commissioner": "11A"} for month in MONTHS]  # fmt: skip
PEOPLE = [{"month": month, "patient": f"P{month}", "ethnic": "A" if place % 3 else "B", "postcode": "AB1 2CD", "born": "1980-01-01"} for place, month in enumerate(MONTHS)]  # fmt: skip
DECILES = "Postcode,IndicesOfDeprivationDecile\nAB1 2CD,4\n"


def submissions(months=12):
    held = set(MONTHS[:months])
    tables = {"referrals": REFERRALS, "people": PEOPLE}
    return submissions_of(
        provider="RW1", **{name: [row for row in rows if row["month"] in held] for name, rows in tables.items()}
    )


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Grains of a year with what breakdowns need, and without deciles."""
    folder = tmp_path_factory.mktemp("year")
    derive_submissions(folder, submissions(), breakdowns=True)
    return folder / "grains"


@pytest.fixture
def month(tmp_path):
    derive_submissions(tmp_path / "made", submissions(1), breakdowns=True)
    return tmp_path / "made" / "grains"


def groups(folder, figure="M001"):
    rows = pq.read_table(folder / "measures.parquet").to_pylist()
    return {(row["period_start"], row["period_end"], row["split_1"], row["group_1"]): row["value"] for row in rows if row["figure_id"] == figure}  # fmt: skip


def test_figures_are_broken_down_for_quarters_and_years(caseness, year, tmp_path):
    outcome = caseness(
        "measures", "compute", year, "--breakdown", "BME Group", "--measure", "M001", "--out", tmp_path / "out"
    )
    assert outcome.status == 0, outcome.err
    assert "1 of 1 pairs of a measure and a breakdown are official" in outcome.err
    assert "are ours" not in outcome.err
    assert "for the service's own use" in outcome.err
    found = groups(tmp_path / "out")
    whole = (date(2024, 4, 1), date(2025, 3, 31))
    assert found[(*whole, None, None)] == 12
    assert {key[3]: value for key, value in found.items() if key[:2] == whole and key[2]} == {
        "BME": 4, "White British": 8, "Not stated/Not known/Invalid": 0,
    }  # fmt: skip
    assert len({key[:2] for key in found}) == 5
    with (tmp_path / "out" / "measures.csv").open(encoding="utf-8") as opened:
        assert len(list(csv.DictReader(opened))) == len(found)


def test_a_month_is_broken_down_where_it_is_named_or_there_is_nothing_longer(caseness, year, month, tmp_path):
    asked = ("--breakdown", "V002", "--measure", "M001", "--out", tmp_path / "out")
    assert caseness("measures", "compute", year, "--period", "2024-05", *asked).status == 0
    assert {key[0] for key in groups(tmp_path / "out")} == {date(2024, 5, 1)}
    of_a_month = caseness("measures", "compute", month, *asked)
    assert "0 of 1 pairs" in of_a_month.err
    assert "All of them are ours." in of_a_month.err
    assert {key[0] for key in groups(tmp_path / "out")} == {date(2024, 4, 1)}


def test_all_variables_without_deciles_are_all_but_deprivation(caseness, year, tmp_path):
    asked = ("--period", "2024-25", "--measure", "M001", "--out", tmp_path / "out")
    outcome = caseness("measures", "compute", year, "--breakdown", "all", *asked)
    assert "Nothing is broken down by deprivation" in outcome.err
    assert {key[2] for key in groups(tmp_path / "out")} >= {"Age Group", "Ethnic Group / Gender", None}
    alone = caseness("measures", "compute", year, "--breakdown", "annual-deprivation", *asked)
    assert alone.status == 45
    assert "no deciles of deprivation are known" in alone.err


def test_deprivation_is_told_by_a_file(caseness, tmp_path):
    """Of a record; grains that were derived without one are refused."""
    (tmp_path / "deciles.csv").write_text(DECILES, encoding="utf-8")
    (tmp_path / "record").mkdir()
    for place, one in enumerate(submissions()):
        one["IDS002GP"] = [
            {"LocalPatientId": each["LocalPatientId"], "GMPCodeReg": "A12345"} for each in one["IDS001MPI"]
        ]
        write_submission(tmp_path / "record" / f"m{place}", one)
    asked = ("--breakdown", "annual-deprivation", "--measure", "M001", "--deprivation", "deciles.csv", "--out", "out")
    outcome = caseness("measures", "compute", "record", *asked)
    assert outcome.status == 0, outcome.err
    assert (
        max(groups(tmp_path / "out").items(), key=lambda pair: (pair[0][2] is not None, pair[1]))[0][3]
        == "07 More deprived"
    )
    assert caseness("derive", "record", "--breakdowns", "--deprivation", "deciles.csv", "--out", "grains").status == 0
    assert caseness("measures", "compute", "grains", *asked).status == 0


def test_deciles_are_refused_where_they_would_change_nothing(caseness, year, tmp_path):
    (tmp_path / "deciles.csv").write_text(DECILES, encoding="utf-8")
    asked = ("--breakdown", "V002", "--deprivation", "deciles.csv", "--out", "out")
    outcome = caseness("measures", "compute", year, *asked)
    assert outcome.status == 11
    assert "derived before, and without deciles" in outcome.err
    alone = caseness("derive", year, "--deprivation", "deciles.csv", "--out", "again")
    assert alone.status == 2
    assert "give both, or neither" in alone.err


def test_what_cannot_be_broken_down_is_said(caseness, tmp_path):
    derive_submissions(tmp_path / "made", submissions(1))
    grains = tmp_path / "made" / "grains"
    plain = caseness("measures", "compute", grains, "--breakdown", "V001", "--measure", "M001", "--out", "out")
    assert plain.status == 45
    assert "Derive it again with `caseness derive --breakdowns`" in plain.err
    assert not (tmp_path / "out").exists()
    unknown = caseness("measures", "compute", grains, "--breakdown", "V01", "--out", "out")
    assert (unknown.status, "There is no breakdown 'V01'" in unknown.err) == (10, True)
    layout = caseness("measures", "compute", grains, "--breakdown", "V001", "--layout", "nhs-monthly", "--out", "out")
    assert layout.status == 2
    assert "has no columns for breakdowns" in layout.err


def test_figures_are_left_out_of_the_text_file_where_no_spreadsheet_has_room(caseness, year, tmp_path, monkeypatch):
    monkeypatch.setattr(computed_files, "_MOST_IN_CSV", 20)
    asked = ("--breakdown", "V001", "--measure", "M001", "--out", tmp_path / "out")
    outcome = caseness("measures", "compute", year, *asked)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["measures.parquet"]
    assert "Too many figures for a spreadsheet" in outcome.err
    caseness("measures", "compute", year, *asked, "--period", "2024-25")
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_figure_of_a_group_is_compared_with_a_published_one(caseness, year, tmp_path):
    caseness(
        "measures", "compute", year, "--breakdown", "V002", "--measure", "M001", "--period", "2024-25", "--out", "ours"
    )
    rows = pq.read_table(tmp_path / "ours" / "measures.parquet").to_pylist()
    theirs = [row | {"value": row["value"] + (row["group_1"] == "BME")} for row in rows]
    pq.write_table(Results.from_rows(theirs).table, tmp_path / "theirs.parquet")
    outcome = caseness("measures", "compare", "ours", "theirs.parquet")
    assert "1 figures differ" in outcome.out
    assert "BME Group: BME" in outcome.out


def test_the_catalogue_says_what_a_variable_is(caseness):
    entry = caseness("catalogue", "v007", "--json").json
    assert (entry["id"], entry["title"], entry["official"], len(entry["values"])) == (
        "V007",
        "Gender Identity",
        True,
        6,
    )
    assert entry["submitted"] == ["IDS001MPI.Gender", "IDS001MPI.GenderIdentity"]
    assert entry["errata"][0].startswith("26b: ")
    text = caseness("catalogue", "annual-waiting-time").out
    assert "Accessing services" in text
    assert "as a whole" in text


def test_the_catalogue_says_whether_a_row_can_be_in_several_values(caseness):
    """Those of the ethnic groups of the year are in their main group as well, and do not add up."""
    said = {name: caseness("catalogue", name).out for name in ("annual-ethnic-group", "V003", "V005")}
    assert "the first that fits, and its main group as a whole" in said["annual-ethnic-group"]
    assert "overlap: a row is in each that fits" in said["V003"]
    assert "as a whole" not in said["V005"]
    listed = {line.split()[0]: line for line in caseness("catalogue").out.splitlines() if line.strip()}
    assert {name: "overlap" in listed[name] for name in said} == {
        "annual-ethnic-group": True,
        "V003": True,
        "V005": False,
    }


def test_every_variable_reads_something_that_is_submitted(caseness):
    entries = [one for one in caseness("catalogue", "--json").json if "values" in one]
    assert len(entries) == 30
    assert all(one["submitted"] for one in entries)
    (media,) = (one for one in entries if one["id"] == "annual-medium")
    assert "IDS201CareContact.ConsMechanism" in media["submitted"]


@pytest.mark.parametrize(
    ("asked", "near"),
    [("V999", "'V015' or 'V014' or 'V013'"), ("v016", "'V015'"), ("annual-religon", "'annual-religion'")],
)
def test_a_variable_that_is_not_there_is_told_with_those_that_are_near(caseness, asked, near):
    unknown = caseness("catalogue", asked)
    assert unknown.status == 10
    assert f"There is no breakdown '{asked}'. Did you mean {near}" in unknown.err
    assert "`caseness catalogue` lists all 30: V001 to V015" in unknown.err


def test_the_catalogue_lists_the_variables(caseness):
    outcome = caseness("catalogue")
    assert "30 variables to break figures down by" in outcome.out
    assert "15 are official, with 138 values" in outcome.out
    ids = [one["id"] for one in caseness("catalogue", "--json").json]
    assert (len(ids), ids[-1]) == (373, "annual-condition-status")
    assert "variables to break" not in caseness("catalogue", "--catalogue", "core").out
