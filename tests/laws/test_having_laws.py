"""Laws of counting by values, held against loops in plain Python."""

import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.measures.breakdown import NOWHERE, Value, Variable
from caseness.measures.breaking_down import pick
from caseness.measures.having import find_values

MANY = 400
NUMBERS = st.integers(-3, 9).map(float)


def some_rows(values, numbers=NUMBERS):
    """Rows of a key, the place of a code, and a number."""
    return st.lists(st.tuples(st.integers(0, 3), st.integers(-1, values - 1), numbers), max_size=30)


def letters(count, whole=()):
    """A variable of so many values, the first of which have a main group as a whole."""
    values = [Value(str(place), within="group" if whole and place < count // 2 else "") for place in range(count)]
    return Variable("letters", "Letters", (*values, *whole), "", overlaps=not whole)


@st.composite
def overlapping(draw):
    """A variable, codes with a bit for each value, and the values of each code."""
    values = draw(st.integers(1, 20))
    codes = draw(st.lists(st.integers(0, 2**values - 1), min_size=1, max_size=12))
    kind = np.int16 if values < 16 else np.int32
    return letters(values), np.array(codes, dtype=kind), [bits_of(code, values) for code in codes]


@st.composite
def of_many_sets(draw):
    """The same, with so many sets that values are counted apart."""
    values = draw(st.integers(8, 18))
    codes = np.random.default_rng(draw(st.integers(0, 9))).integers(0, 2**values, MANY).astype(np.int32)
    return letters(values), codes, [bits_of(int(code), values) for code in codes]


@st.composite
def with_a_whole(draw):
    """A variable of which a row has one value, and with it the main group in which that stands."""
    values = draw(st.integers(2, 12))
    codes = draw(st.lists(st.sampled_from((NOWHERE, *range(values))), min_size=1, max_size=12))
    held = [[code, *([values] if code < values // 2 else [])] if code != NOWHERE else [] for code in codes]
    return letters(values, (Value("", None, "group"),)), np.array(codes, dtype=np.int8), held


def bits_of(code, values):
    return [place for place in range(values) if code >> place & 1]


KINDS = {"overlapping": overlapping(), "of many sets": of_many_sets(), "with a whole": with_a_whole()}


def drawn(kind, data, numbers=NUMBERS):
    """What has values, the values of each code, and rows as arrays."""
    variable, codes, held = data.draw(KINDS[kind])
    rows = data.draw(some_rows(len(codes), numbers))
    key, row, number = (np.array([one[i] for one in rows], dtype=kind) for i, kind in enumerate((np.int32, np.int32, float)))  # fmt: skip
    return find_values(codes, variable), held, key, row, number


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_sums_by_value_are_those_of_a_loop(kind, data):
    having, held, key, row, number = drawn(kind, data)
    chosen = np.flatnonzero(number >= 0)
    counts, sums = np.zeros((4, having.sets.shape[1])), np.zeros((4, having.sets.shape[1]))
    for place in chosen:
        for value in held[row[place]]:
            counts[key[place], value] += 1
            sums[key[place], value] += number[place]
    cells = having.cells(key, row)
    assert having.add_up(cells, 4, chosen).tolist() == counts.tolist()
    assert having.add_up(cells, 4, chosen, number[chosen]).tolist() == sums.tolist()


@settings(max_examples=10, deadline=None)
@given(of_many_sets())
def test_however_many_sets_there_are_the_tables_are_small(given):
    variable, codes, _ = given
    having = find_values(codes, variable)
    assert len(having.sets) > 16 * len(variable.values)
    assert sum(one.sets.shape[1] for one in having.apart) == len(variable.values)
    assert max(len(one.sets) for one in having.apart) <= 32


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_rows_say_is_told_once_for_each_of_their_values_and_in_order(kind, data):
    having, held, key, row, number = drawn(kind, data)
    order = np.argsort(number, kind="stable")
    found = having.tell(key[order], row[order], number[order])
    assert all((np.diff(one.number) >= 0).all() for one in found)
    told = [each for one in found for each in zip(one.key, one.value, one.number, strict=True)]
    rows = zip(key, row, number, strict=True)
    assert sorted(told) == sorted((at, value, one) for at, place, one in rows for value in held[place])
    values = [set(one.value.tolist()) for one in found]
    assert sum(map(len, values)) == len(set().union(*values))


@pytest.mark.parametrize("size", [8, 1 << 16, (1 << 16) + 1, 200_000])
@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from((0, 1, 3, 7, -1, -5)), NUMBERS), min_size=1, max_size=40))
def test_what_is_picked_of_a_cell_is_what_statistics_picks(size, rows):
    rows = sorted(((cell % size, number) for cell, number in rows), key=lambda row: row[1])
    cell, numbers = np.array([one for one, _ in rows]), np.array([one for _, one in rows])
    for statistic, of in (("median", statistics.median), ("max", max), ("min", min)):
        found = pick(cell, numbers, size, statistic)
        held = {one: of([number for at, number in rows if at == one]) for one, _ in rows}
        assert {one: found[one] for one in held} == held
        assert np.isnan(found).sum() == size - len(held)
