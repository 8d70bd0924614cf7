"""`caseness measures compute --policy`."""

import pyarrow.parquet as pq

from caseness.published import open_releases
from caseness.results import Selection


def released(folder):
    rows = pq.read_table(folder / "measures.parquet").to_pylist()
    return {(row["figure_id"], row["level"]): (row["value"], row["low"], row["high"], row["release"]) for row in rows}


def test_compute_under_a_policy_writes_nothing_that_it_does_not_let_out(caseness, grains, tmp_path):
    asked = ("--measure", "M056", "--measure", "M079", "--level", "england", "--level", "provider")
    for policy, provider in (("nhs-england", (0.0, 4.0)), ("opensafely", (0.0, 7.0)), ("public", (0.0, 4.0))):
        outcome = caseness("measures", "compute", grains, *asked, "--policy", policy, "--out", tmp_path / policy)
        assert outcome.status == 0
        assert "for the service's own use" not in outcome.err
        assert released(tmp_path / policy)["M056", "provider"] == (None, *provider, policy)
    assert released(tmp_path / "nhs-england")["M079", "england"] == (50.0, 49.95, 50.05, "nhs-england")
    assert released(tmp_path / "public")["M079", "england"] == (None, 0.0, 100.0, "public")
    said = pq.read_schema(tmp_path / "public" / "measures.parquet").metadata
    assert said[b"policy"] == b"public"


def test_compute_under_nhs_englands_rules_reads_as_its_own_files_do(caseness, grains, tmp_path):
    """The monthly layout with stars is read by the reader of releases, which finds the same intervals."""
    asked = ("--measure", "M056", "--measure", "M079", "--level", "england", "--level", "provider")
    for layout in ("results", "nhs-monthly"):
        form = ("--policy", "nhs-england", "--layout", layout, "--period", "2025-04")
        caseness("measures", "compute", grains, *asked, *form, "--out", tmp_path / layout)
    text = (tmp_path / "nhs-monthly" / "measures-nhs-monthly.csv").read_text(encoding="utf-8")
    lines = [line.replace('"', "").split(",")[-4:] for line in text.splitlines()[1:]]
    assert [(line[0], *line[2:]) for line in lines] == [
        ("M056", "2", "nhs-england"), ("M079", "50", "nhs-england"), ("M056", "*", "nhs-england"), ("M079", "*", "nhs-england"),
    ]  # fmt: skip
    read = open_releases(tmp_path / "nhs-monthly").select(Selection(splits=())).table.to_pylist()
    shown = {key: ends[:3] for key, ends in released(tmp_path / "results").items()}
    assert {(row["figure_id"], row["level"]): (row["value"], row["low"], row["high"]) for row in read} == shown


def test_the_public_is_told_what_is_held_back_and_gets_months(caseness, grains, tmp_path):
    outcome = caseness("measures", "compute", grains, "--policy", "public", "--out", tmp_path / "out")
    assert "M196, M197 and M198 are starred throughout" in outcome.err
    outcome = caseness(
        "measures",
        "compute",
        grains,
        "--policy",
        "public",
        "--catalogue",
        "long-term-conditions",
        "--out",
        tmp_path / "no",
    )
    assert outcome.status == 0
    assert {end[3] for end in released(tmp_path / "no").values()} == {"public"}
    assert released(tmp_path / "no")["M273", "england"][:3] == (None, 0.0, 4.0)
    assert "starred" not in outcome.err


def test_a_policy_of_ones_own_is_read_from_a_file(caseness, grains, tmp_path):
    path = tmp_path / "board.toml"
    path.write_text('id = "board"\nthreshold = 2\nbase = 1\naudience = "service"\n')
    asked = ("measures", "compute", grains, "--measure", "M056", "--policy", path, "--out", tmp_path / "out")
    assert "which is yours: Caseness does not vouch for it" in caseness(*asked).err
    assert released(tmp_path / "out")["M056", "england"] == (2.0, 2.0, 2.0, "board")
    path.write_text("id = 3\n")
    assert caseness(*asked).status == 31
    assert caseness("measures", "compute", grains, "--policy", "publc", "--out", tmp_path / "x").status == 10
