"""Measures of employment and long-term conditions are let out together: how they add up is declared, and holds against an attack."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from attack import Attack, Cell, disclosed
from caseness.derive import derive
from caseness.disclosure import LEAF_LEVEL, PUBLIC, link, release
from caseness.disclosure.partitions import PARTITIONS
from caseness.measures import Places, all_measures, compute, find_measure
from caseness.results import Selection
from random_records import MONTHS, make_record

# Those who finished: with therapy only or with employment support, by work at the start, and by what became of them.
GROUPS, WORK, CHANGE = ("alone", "supported"), ("in work", "off sick", "not employed", "unknown"), ("better", "same", "worse", "unjudged")  # fmt: skip
KINDS = tuple(product(GROUPS, WORK, CHANGE))
LEVELS = ("england", "provider")
# Wholes with rows that are in none of the parts: a source or an attendance that no list has, a contact that was not planned,
# and one that is neither for therapy nor for support.
NEARLY = ("M001", "M082", "attended contacts", "EA036")
MONTH = MONTHS[4]


def _kinds(group=None, work=None, change=None):
    asked = (group, work, change)
    return tuple(one for one in KINDS if all(want in (None, is_) for want, is_ in zip(asked, one, strict=True)))


COUNTED = {
    **dict(zip(("M296", "M306"), map(_kinds, GROUPS), strict=True)),
    **{f"M{number}": _kinds("alone", change=one) for number, one in zip((298, 300, 301), CHANGE, strict=False)},
    **{f"M{number}": _kinds("supported", change=one) for number, one in zip((308, 310, 311), CHANGE, strict=False)},
    **{f"M{number}": _kinds(change=one) for number, one in zip((185, 187, 189), CHANGE, strict=False)},
    "M076": KINDS,
}
AT_WORK = {
    **{f"M{316 + step}": _kinds("alone", work) for step, work in enumerate(WORK)},
    **{f"M{324 + step}": _kinds("supported", work) for step, work in enumerate(WORK)},
}


@pytest.fixture(scope="module")
def grains(tmp_path_factory):
    """A random record of two providers, derived with employment."""
    folder = tmp_path_factory.mktemp("random")
    return derive(make_record(folder, 5, referrals=250), folder / "grains", employment=True)


# What is published together: outcomes with and without support, or work at the start.
PUBLISHED = {"outcomes": COUNTED, "work": {**AT_WORK, **{one: COUNTED[one] for one in ("M296", "M306", "M076")}}}


@pytest.fixture(scope="module", params=PUBLISHED)
def let_out(grains, request):
    """Exact figures of a month, what is let out of them, and the finest places."""
    measures = [find_measure(one) for one in PUBLISHED[request.param]]
    linkage = link(measures, Places())
    leaves = compute(grains, [MONTH], tuple(linkage.atoms.values()), (LEAF_LEVEL,), Places())
    exact = compute(grains, [MONTH], measures, LEVELS, Places())
    shown = release(exact, PUBLIC, linkage.over(leaves)).select(Selection())
    return exact.table.to_pylist(), shown.table.to_pylist(), _places(leaves)


def _places(leaves):
    return sorted({(row["organisation"], row["commissioner"] or "") for row in leaves.table.to_pylist()})


def _people(row, places):
    inside = [one for one in places if row["organisation"] in ("ENGLAND", one[0])]
    kinds = (COUNTED | AT_WORK)[row["figure_id"]]
    return tuple((one, kind) for one in inside for kind in kinds)


def test_no_small_count_of_employment_is_disclosed(let_out):
    exact, shown, places = let_out
    attack = Attack()
    for row in shown:
        assert row["low"] is not None, row
        attack.is_told(_people(row, places), row["low"], row["high"])
    found = [Cell((row["figure_id"], row["organisation"]), int(row["value"]), _people(row, places)) for row in exact]
    small = [one for one in found if 0 < one.truth < 5]
    assert len(small) > 6
    assert not disclosed(attack, small[:12], lambda truth: truth > 0, 3)


def test_what_makes_up_a_count_that_is_held_back_is_held_back_too():
    """With scores asked for as well, those who finished are let out by these, and work at the start would tell of M296."""
    asked = ("M199", "M200", "M201", "M296", "M306", *AT_WORK)
    held = link([find_measure(one) for one in asked], Places()).division.instead
    assert set(held) == {"M296", "M306", *AT_WORK}
    assert {one.whole for one in held.values()} == {"M076"}


@pytest.fixture(scope="module")
def table(grains):
    """Every count of the catalogue over many small places: a row for each place and month, a column for each measure."""
    names = ("referral", "contact", "internet_log", "stage", "employment", "support")
    spread = {name: _spread(getattr(grains, name)) for name in names}
    counts = [one for one in all_measures().values() if one.statistic == "count"]
    rows = compute(replace(grains, **spread), MONTHS, counts, (LEAF_LEVEL,), Places()).table.to_pylist()
    places = {(row["period_start"], row["organisation"], row["commissioner"]): None for row in rows}
    at, column = {one: place for place, one in enumerate(places)}, {one.id: place for place, one in enumerate(counts)}
    held = np.zeros((len(at), len(column)))
    for row in rows:
        held[at[row["period_start"], row["organisation"], row["commissioner"]], column[row["figure_id"]]] = row["value"]
    return column, held


# A row of every grain that tells of one pathway goes to one place; an employment row tells of none.
def _spread(grain):
    name = "pathway" if "pathway" in grain.columns else "row_id"
    return grain.mutate(commissioner=(grain[name].hash() % 97).abs().cast("string"))


def test_what_is_declared_adds_up(table):
    """Of a whole that no measure counts, all sets add up to the same."""
    column, held = table
    sums = {}
    for one in PARTITIONS:
        parts = held[:, [column[part] for part in one.parts]].sum(axis=1)
        whole = held[:, column[one.whole]] if one.whole in column else sums.setdefault(one.whole, parts)
        assert one.whole in NEARLY or (parts == whole).all(), one
