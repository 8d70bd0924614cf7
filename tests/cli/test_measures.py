"""`caseness catalogue` and `caseness measures`."""

import json
from pathlib import Path
from shutil import copyfile

import pyarrow.parquet as pq
import pytest

from caseness.cli.grains import require_place
from caseness.published import open_releases
from caseness.results import Results, Selection
from derived_records import submissions_of, write_submission
from measured_grains import CONTACTS, REFERRALS


def test_the_catalogue_lists_all_measures(caseness):
    outcome = caseness("catalogue")
    assert outcome.status == 0
    assert outcome.out.startswith("343 official measures\n")
    assert "M192" in outcome.out
    assert "EA034" in outcome.out


def test_the_catalogue_lists_one_part_of_it(caseness):
    outcome = caseness("catalogue", "--catalogue", "long-term-conditions")
    assert outcome.out.startswith("12 official measures (long-term-conditions)\n")
    assert "M192 " not in outcome.out.partition("`caseness")[0]
    entry = caseness("catalogue", "ea034", "--json").json
    assert (entry["id"], entry["catalogue"], entry["reads"]) == (
        "EA034", "employment", ["support.record_start_date", "support.employment_support_first_date"],
    )  # fmt: skip
    assert entry["assumptions"][-1] == "record-start"


def test_an_entry_says_what_a_measure_is(caseness):
    entry = json.loads(caseness("catalogue", "Percentage_Recovery", "--json").out)
    assert (entry["id"], entry["formula"]) == ("M192", "100 x M191 / (M076 - M179)")
    assert entry["official_items"] == ["I101D106", "I101D107", "I101D12", "I101D14", "I101D53"]
    assert entry["why_it_matters"]
    assert entry["errata"]
    text = caseness("catalogue", "M192").out
    assert "Rate of recovery" in text


def test_a_measure_that_is_not_there_is_told(caseness):
    outcome = caseness("catalogue", "M1922")
    assert outcome.status == 10
    assert "Did you mean 'M192'" in outcome.err


@pytest.mark.parametrize(("asked", "near"), [("M19", "M019"), ("m9", "M009"), ("ea34", "EA034")])
def test_an_id_that_lacks_a_figure_is_suggested_and_never_taken(caseness, asked, near):
    outcome = caseness("measures", "compute", "absent", "--measure", asked, "--out", "out")
    assert outcome.status == 10
    assert f"Did you mean {near!r}?" in outcome.err


def test_compute_writes_figures_for_own_use(caseness, grains, tmp_path):
    out = tmp_path / "out"
    outcome = caseness(
        "measures", "compute", str(grains), "--level", "england", "--level", "provider", "--out", str(out)
    )
    assert outcome.status == 0
    assert "not for publication" in outcome.err
    figures = Results.from_arrow(pq.read_table(out / "measures.parquet")).table.to_pylist()
    held = {(row["figure_id"], row["organisation"]): row["value"] for row in figures}
    assert (held["M076", "ENGLAND"], held["M056", "RW1"], held["M079", "RW1"]) == (1.0, 2.0, 50.0)
    assert len(figures) == 2 * 218
    assert (out / "measures.csv").read_text().startswith('"figure_id"')


def test_compute_in_the_monthly_layout_is_read_back_as_a_release(caseness, grains, tmp_path):
    asked = ["--measure", "M076", "--measure", "M079", "--layout", "nhs-monthly", "--period", "2025-04"]
    levels = [
        word
        for level in ("england", "region", "icb", "sub-icb", "provider", "sub-icb-provider")
        for word in ("--level", level)
    ]
    outcome = caseness("measures", "compute", str(grains), *asked, *levels, "--out", str(tmp_path / "out"))
    assert outcome.status == 0
    released = open_releases(tmp_path / "out").select(Selection(splits=())).table.to_pylist()
    england = {row["figure_id"]: row["value"] for row in released if row["level"] == "england"}
    assert england == {"M076": 1.0, "M079": 50.0}
    assert {row["level"] for row in released} >= {"england", "provider", "sub-icb", "sub-icb-provider", "region"}


def test_compute_with_a_file_of_places(caseness, grains, tmp_path):
    (tmp_path / "places.csv").write_text("commissioner,icb,region\n11A,QAA,Y99\n")
    places = ["--places", str(tmp_path / "places.csv"), "--level", "region", "--measure", "M001"]
    caseness("measures", "compute", str(grains), *places, "--out", str(tmp_path / "out"))
    (row,) = pq.read_table(tmp_path / "out" / "measures.parquet").to_pylist()
    assert (row["organisation"], row["value"]) == ("Y99", 2.0)


def test_a_period_that_is_not_covered_is_refused(caseness, grains, tmp_path):
    outcome = caseness("measures", "compute", str(grains), "--period", "2025-26", "--out", str(tmp_path / "out"))
    assert outcome.status == 14
    assert "covers 2025-04 to 2025-04" in outcome.err


@pytest.mark.parametrize(("text", "status"), [(None, 21), ("{", 11), ("{}", 11), ('{"months": ["spring"]}', 11)])
def test_a_folder_without_grains_is_refused(caseness, tmp_path, text, status):
    if text:
        (tmp_path / "derive.json").write_text(text)
    outcome = caseness("measures", "compute", str(tmp_path), "--out", f"{tmp_path}-out")
    assert outcome.status == status


@pytest.mark.parametrize("command", ["measures", "audit", "derive"])
def test_grains_that_lost_their_manifest_are_not_taken_for_a_record(caseness, grains, tmp_path, command):
    (grains / "derive.json").unlink()
    asked = {
        "measures": ("measures", "compute", grains),
        "audit": ("audit", "--records", grains),
        "derive": ("derive", grains),
    }
    outcome = caseness(*asked[command], "--out", tmp_path / "out")
    assert (outcome.status, "Name the record" in outcome.err) == ((21, True) if command == "derive" else (11, False))
    told = "looks like derived grains without their manifest: it holds 5 files such as referral-open-0000.parquet"
    assert (told in outcome.err) is (command != "derive")


@pytest.mark.parametrize(("layout", "measure"), [("results", "M192"), ("nhs-monthly", "M192"), ("nhs-annual", None)])
def test_measures_are_named_or_are_a_part_of_the_catalogue_and_never_both(caseness, layout, measure):
    named = ("--measure", measure) if measure else ()
    asked = ("--layout", layout, "--catalogue", "core", *named, "--out", "out")
    outcome = caseness("measures", "compute", "absent", *asked)
    assert outcome.status == 2
    assert ("Give one of them." if measure else "Leave out --catalogue.") in outcome.err


def test_grains_without_employment_have_no_measures_of_it(caseness, grains, tmp_path):
    outcome = caseness("measures", "compute", grains, "--catalogue", "employment", "--out", tmp_path / "out")
    assert outcome.status == 45
    assert "caseness derive --employment" in outcome.err
    assert not (tmp_path / "out").exists()
    caseness("measures", "compute", grains, "--catalogue", "long-term-conditions", "--out", tmp_path / "out")
    rows = pq.read_table(tmp_path / "out" / "measures.parquet").to_pylist()
    assert {row["figure_id"]: row["value"] for row in rows if row["value"]} == {"M274": 1}


def test_measures_of_employment_are_computed_from_a_record(caseness, tmp_path):
    """What they need is derived, since the record is there."""
    given = submissions_of(
        provider="RW1",
        referrals=REFERRALS,
        contacts=CONTACTS,
        activities="month | activity | contact | therapy\n2025-04 | A1 | C1 | support",
    )
    given[0]["IDS002GP"] = [{"LocalPatientId": "P1", "GMPCodeReg": "A12345"}]
    folder = write_submission(tmp_path / "submitted", given[0])
    asked = ("--measure", "EA034", "--measure", "EA035", "--layout", "nhs-monthly")
    assert caseness("measures", "compute", folder, *asked, "--out", tmp_path / "out").status == 0
    lines = (tmp_path / "out" / "measures-nhs-monthly.csv").read_text(encoding="utf-8").splitlines()
    assert [line.replace('"', "").split(",")[-4:] for line in lines[1:]] == [
        ["EA034", "Count_ESrefs", "1", "own-use"],
        ["EA035", "Count_NoESrefs", "1", "own-use"],
    ]
    assert (
        caseness("derive", folder, "--employment", "--out", tmp_path / "grains", "--json").json["rows"]["support"] == 2
    )
    assert caseness("measures", "compute", tmp_path / "grains", *asked, "--out", tmp_path / "again").status == 0
    assert (tmp_path / "again" / "measures-nhs-monthly.csv").read_text(encoding="utf-8").splitlines() == lines


@pytest.mark.parametrize(
    "asked", [("derive", "absent"), ("measures", "compute", "absent"), ("audit", "--records", "absent"), ("audit",)]
)
@pytest.mark.parametrize(
    ("out", "why"), [("taken/in", "no folder can be made there"), ("x" * 300, "File name too long")]
)
def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_is_read(caseness, tmp_path, asked, out, why):
    (tmp_path / "taken").write_text("")
    outcome = caseness(*asked, "--out", out)
    assert outcome.status == 15
    assert f"Nothing can be written to {out}: {why}. Nothing was read." in outcome.err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no such place")
@pytest.mark.parametrize("asked", [("derive", "absent"), ("measures", "compute", "absent")])
def test_a_place_that_only_looks_as_if_it_could_be_written_to_is_refused_before_anything_is_read(caseness, asked):
    outcome = caseness(*asked, "--out", "/proc/x")
    assert (outcome.status, "Nothing was read." in outcome.err) == (15, True), outcome.err


def test_trying_a_place_leaves_nothing_there(tmp_path):
    require_place(None, tmp_path / "a" / "b")
    assert not list(tmp_path.iterdir())


def test_an_extra_file_of_grains_is_refused(caseness, grains, tmp_path):
    copyfile(grains / "referral-ended-0000.parquet", grains / "referral-ended-0001.parquet")
    outcome = caseness("measures", "compute", grains, "--out", tmp_path / "out")
    assert outcome.status == 11
    assert "referral-ended-0001.parquet is not in derive.json" in outcome.err


def test_a_folder_that_holds_something_else_is_refused_before_anything_is_derived_into_it(caseness, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("mine")
    outcome = caseness("derive", "absent", "--out", "letters")
    assert outcome.status == 15
    assert "letters holds something that was not derived" in outcome.err


def test_a_file_that_cannot_be_written_is_told(caseness, grains, tmp_path):
    (tmp_path / "out" / "measures.parquet").mkdir(parents=True)
    outcome = caseness("measures", "compute", grains, "--measure", "M001", "--out", tmp_path / "out")
    assert outcome.status == 15


def test_figures_are_not_written_among_what_they_are_computed_from(caseness, grains):
    outcome = caseness("measures", "compute", grains, "--out", grains / "figures")
    assert outcome.status == 15
    assert "lies within what is read" in outcome.err


def test_the_teams_of_a_service_add_up_to_it(caseness, service, tmp_path):
    asked = ("--level", "team", "--level", "provider", "--out", tmp_path / "out")
    outcome = caseness("measures", "compute", service, *asked)
    assert outcome.status == 0, outcome.err
    assert "assumed: team-of-referral = latest-therapist. A team of one is one person's work" in outcome.err
    assert "SYNTHETIC" in outcome.err
    rows = pq.read_table(tmp_path / "out" / "measures.parquet").to_pylist()
    teams = {row["organisation"] for row in rows if row["level"] == "team"}
    assert teams == {"ZX001/TEAM-1", "ZX001/TEAM-2", "ZX001/TEAM-3", "ZX001/UNKNOWN"}
    sums = {"team": {}, "provider": {}}
    for row in rows:
        if row["statistic"] == "count":
            key = (row["figure_id"], row["period_start"], row["period_end"])
            sums[row["level"]][key] = sums[row["level"]].get(key, 0) + row["value"]
    assert sums["team"] == sums["provider"]
    finished = {row["organisation"]: row["value"] for row in rows if row["figure_id"] == "M076"}
    assert finished["ZX001/TEAM-1"]
    # Who finished a course has been seen, and all who see people are in a team here.
    assert finished["ZX001/UNKNOWN"] == 0


def test_teams_are_refused_where_the_record_says_nothing_of_them(caseness, grains, tmp_path):
    outcome = caseness("measures", "compute", grains, "--level", "team", "--out", tmp_path / "out")
    assert outcome.status == 45
    assert "no row of EXT01TeamMembership" in outcome.err
    assert not (tmp_path / "out").exists()


def test_the_monthly_layout_has_no_teams(caseness, service, tmp_path):
    """NHS England publishes none, so no word for them can be read back. It is said before anything is computed."""
    asked = ("--level", "team", "--layout", "nhs-monthly", "--out", tmp_path / "out")
    outcome = caseness("measures", "compute", service, *asked)
    assert outcome.status == 2
    assert "no group type for the level team" in outcome.err
    assert not (tmp_path / "out").exists()
