"""A record is computed, let out under the policy for the public, and attacked: the whole way, with the official measures."""

import numpy as np
import pytest

from attack import Attack, disclosed
from caseness.disclosure import LEAF_LEVEL, PUBLIC, link, release
from caseness.measures import Places, compute, core_measures
from caseness.periods import month
from caseness.results import Selection
from random_grains import PROVIDERS, random_grains
from small_tables import COUNTED, cells, table_of, tell

LEVELS = ("england", "region", "icb", "provider", "sub-icb")
PLACES = Places({one: (f"I{number % 2}", "R0") for number, one in enumerate(PROVIDERS)})
MONTH = month(2025, 6)


@pytest.fixture(scope="module")
def let_out():
    """Exact figures of a month, what is let out of them, and the counts at the finest level."""
    grains, measures = random_grains(7, 400), tuple(core_measures().values())
    exact = compute(grains, [MONTH], measures, LEVELS, PLACES)
    linkage = link(measures, PLACES)
    leaves = compute(grains, [MONTH], tuple(linkage.atoms.values()), (LEAF_LEVEL,), PLACES)
    return exact, release(exact, PUBLIC, linkage.over(leaves)).select(Selection()), leaves


def test_every_truth_lies_within_what_is_said_of_it(let_out):
    exact, released, _ = let_out
    assert exact.table.select(["figure_id", "organisation"]) == released.table.select(["figure_id", "organisation"])
    true, low, high = (
        table[name].to_numpy()
        for table, name in ((exact.table, "value"), (released.table, "low"), (released.table, "high"))
    )
    is_said = ~np.isnan(true) & ~np.isnan(low)
    assert is_said.sum() > 1_000
    assert ((low <= true + 1e-9) & (true <= high + 1e-9))[is_said].all()


def test_no_small_count_of_those_who_ended_is_disclosed(let_out):
    _, released, leaves = let_out
    table = table_of(leaves.table.to_pylist(), PLACES)
    told = [
        row
        for row in released.table.to_pylist()
        if row["figure_id"] in ("M153", "M075", "M179", "M191", "M193", "M192")
    ]
    attack = Attack()
    tell(attack, table, told, {})
    small = [
        one
        for one in cells(table, LEVELS, {}, [one for one in COUNTED if one not in ("M056", "M076")])
        if 0 < one.truth < 5
    ]
    assert len(small) > 5
    assert not disclosed(attack, small[:20], lambda truth: truth > 0, 3)
