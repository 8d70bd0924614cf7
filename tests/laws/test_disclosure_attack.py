"""No figure of a publication tells what another hides: the policy for the public against an attack by integer programming.

A small count is 1 to 4. Where figures tell of each other by adding up, the attacker is left all five values of its bin. Where
they also lie within one another, as those who recovered lie within those who finished, at least three.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from attack import Attack, Cell, disclosed
from caseness.disclosure import NHS_ENGLAND, OPENSAFELY, PUBLIC, Policy
from small_tables import COUNTED, DISJOINT, KINDS, LEVELS, SHARES, Leaf, Table, cells, exact, let_out, tell

ALL = (*COUNTED, *SHARES)
# How many values a small count keeps, by the figures that the attacker is told.
KEPT = {DISJOINT: 5, ALL: 3}
# Where the counts of a month change and it is let out again, sums of both tell of what has not changed.
KEPT_AGAIN = {DISJOINT: 3, ALL: 3}
FEW = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])
CROSSING = (*LEVELS, "sub-icb")
PAIRS = (*CROSSING, "sub-icb-provider")
# Most at the ends of their bins, where sums tell the most.
COUNTS = st.tuples(*[st.sampled_from([0, 1, 2, 3, 4, 4, 4, 5, 6, 9, 9, 11])] * len(KINDS))


def is_small(truth: int) -> bool:
    return 0 < truth < 5


@st.composite
def tables(draw: st.DrawFn, groups: Sequence[str | None] = (None,), commissioners: int = 1) -> Table:
    """Regions with boards, boards with providers, and providers with commissioners, all with people."""
    table = {}
    for region in range(draw(st.integers(1, 2))):
        for board in range(draw(st.integers(1, 2))):
            for provider in range(draw(st.integers(1, 3))):
                for commissioner in range(draw(st.integers(1, commissioners))):
                    where = f"{region}{board}"
                    for group in groups:
                        leaf = Leaf(f"P{where}{provider}", f"C{where}{commissioner}", f"I{where}", f"R{region}", group)
                        table[leaf] = draw(COUNTS)
    return table


Releases = Sequence[tuple[Table, Mapping[Leaf, int]]]


def withstands(data: st.DataObject, releases: Releases, levels: Sequence[str] = LEVELS) -> bool:
    """Whether a few small counts, drawn from all, keep their values. Each takes two programs to solve."""
    told = data.draw(st.sampled_from(list(KEPT)))
    kept = KEPT if len(releases) == 1 else KEPT_AGAIN
    attack, found = Attack(), list[Cell]()
    for table, changed in releases:
        tell(attack, table, let_out(table, PUBLIC, levels), changed, told)
        found += [one for one in cells(table, levels, changed, told) if is_small(one.truth)]
    few = data.draw(st.lists(st.sampled_from(found), max_size=2, unique_by=lambda one: one.people)) if found else []
    return not disclosed(attack, few, is_small, kept[told])


@FEW
@given(tables(), st.data())
def test_levels_that_lie_within_each_other_hold(table, data):
    assert withstands(data, [(table, {})])


@FEW
@given(tables(commissioners=2), st.sampled_from([CROSSING, PAIRS]), st.data())
def test_levels_that_cross_each_other_hold(table, levels, data):
    assert withstands(data, [(table, {})], levels)


@FEW
@given(tables(groups=("women", "men")), st.data())
def test_a_breakdown_holds(table, data):
    assert withstands(data, [(table, {})])


@FEW
@given(tables(), st.data())
def test_two_releases_hold(table, data):
    """Some providers have changed since, and the attacker knows which have not."""
    moved = data.draw(st.lists(st.sampled_from(list(table)), min_size=1, max_size=2, unique=True))
    later = {**table, **{leaf: data.draw(COUNTS) for leaf in moved}}
    assert withstands(data, [(table, {}), (later, dict.fromkeys(moved, 1))])


@FEW
@given(tables(), st.data())
def test_what_has_not_changed_is_released_alike(table, data):
    """No fresh noise: the finest figures of a place follow from its own counts alone."""
    moved = data.draw(st.sampled_from(list(table)))
    later = {**table, moved: data.draw(COUNTS)}
    before, after = (
        [row for row in let_out(one, PUBLIC) if row["level"] == "provider" and row["organisation"] != moved.provider]
        for one in (table, later)
    )
    assert before == after


@pytest.mark.parametrize("policy", [NHS_ENGLAND, OPENSAFELY, PUBLIC], ids=lambda one: one.id)
@FEW
@given(table=tables(commissioners=2), groups=st.booleans())
def test_the_truth_lies_within_what_is_said_of_it(policy: Policy, table: Table, groups: bool):
    if groups:
        table = {
            Leaf(*astuple(leaf)[:4], group): counts for leaf, counts in table.items() for group in ("women", "men")
        }
    true = [row for level in PAIRS for row in exact(table, level)]
    for truth, row in zip(true, let_out(table, policy, PAIRS), strict=True):
        assert (truth["figure_id"], truth["organisation"]) == (row["figure_id"], row["organisation"])
        if truth["value"] is not None and row["low"] is not None:
            assert row["low"] <= truth["value"] <= row["high"]
        if row["value"] is not None and row["reason"] is None:
            assert row["low"] <= row["value"] <= row["high"]
        assert (row["value"] is None) == (row["reason"] is not None)
