"""A breakdown under the policy for the public, from the command line, and attacked by what is in the file."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from attack import Attack, disclosed
from caseness.measures import Places
from made_up_records import make
from small_tables import COUNTED, DISJOINT, SHARES, cells, table_of, tell

MONTH = "2024-06"
ALL = (*COUNTED, *SHARES)
LEVELS = ("england", "provider")


@pytest.fixture(scope="module")
def grains(tmp_path_factory):
    """A made-up record of half a year, with what breakdowns need."""
    folder = tmp_path_factory.mktemp("made-up")
    make(folder / "record", referrals=500, months=4, seed=21)
    return folder


def figures(caseness, grains, out, *more):
    if not (grains / "grains").exists():
        assert caseness("derive", grains / "record", "--breakdowns", "--out", grains / "grains").status == 0
    asked = [word for one in ALL for word in ("--measure", one)]
    outcome = caseness("measures", "compute", grains / "grains", *asked, "--period", MONTH, *more, "--out", out)
    assert outcome.status == 0, outcome.err
    return pq.read_table(out / "measures.parquet").to_pylist()


@pytest.fixture
def truth(caseness, grains, tmp_path):
    """The people behind the figures, by provider, commissioner and group; an attacker does not have them."""
    rows = figures(caseness, grains, tmp_path / "truth", "--breakdown", "V002", "--level", "sub-icb-provider")
    places = Places({row["organisation"]: ("I0", "R0") for row in rows})
    return table_of([row for row in rows if row["figure_id"] in COUNTED], places)


def test_a_breakdown_for_the_public_withstands_an_attack(caseness, grains, truth, tmp_path):
    levels = [word for one in LEVELS for word in ("--level", one)]
    shown = figures(caseness, grains, tmp_path / "out", "--breakdown", "V002", *levels, "--policy", "public")
    assert {row["group_1"] for row in shown} == {None, "BME", "White British", "Not stated/Not known/Invalid"}
    assert {row["release"] for row in shown} == {"public"}
    for told, kept in ((DISJOINT, 5), (ALL, 3)):
        attack = Attack()
        tell(attack, truth, shown, {}, told)
        small = [one for one in cells(truth, LEVELS, {}, told) if 0 < one.truth < 5]
        assert len(small) > 10
        assert not disclosed(attack, small[::4][:12], lambda count: count > 0, kept)


def test_the_same_breakdown_by_the_rules_of_nhs_england_does_not(caseness, grains, truth, tmp_path):
    """The attack is no weak one: of the same counts it finds some, where each figure is rounded by itself."""
    levels = [word for one in LEVELS for word in ("--level", one)]
    shown = figures(caseness, grains, tmp_path / "out", "--breakdown", "V002", *levels, "--policy", "nhs-england")
    attack = Attack()
    tell(attack, truth, shown, {}, DISJOINT)
    small = [one for one in cells(truth, LEVELS, {}, DISJOINT) if 0 < one.truth < 5]
    assert disclosed(attack, small, lambda count: count > 0, 5)


def test_groups_that_overlap_are_not_let_out_together(caseness, grains, tmp_path):
    figures(caseness, grains, tmp_path / "own")
    asked = ("--breakdown", "V003", "--measure", "M076", "--policy", "public", "--out", tmp_path / "out")
    outcome = caseness("measures", "compute", grains / "grains", *asked)
    assert outcome.status == 30
    assert "a person can be in several" in outcome.err
    assert not (tmp_path / "out").exists()
