"""Which values rows have, and how they are counted: no row, one key, no value, many sets, main groups as a whole."""

import numpy as np
import pytest

from caseness.measures import all_variables, find_variable
from caseness.measures.breakdown import NOWHERE, Value, Variable
from caseness.measures.conditions import coded
from caseness.measures.having import Having, find_values

FRUIT = Variable(
    "fruit", "Fruit",
    (
        Value("Red", coded("problem", ("r",), "red"), "Apple"),
        Value("Green", coded("problem", ("g",), "green"), "Apple"),
        Value("", None, "Apple"),
        Value("Other"),
    ),
    "An example.",
)  # fmt: skip
DISABILITY = find_variable("V003")


def letters(count):
    """A variable of so many values that overlap."""
    return Variable("letters", "Letters", tuple(Value(chr(65 + place)) for place in range(count)), "", overlaps=True)


def counted(having, key, row, keys, numbers=None):
    at, rows = np.array(key, dtype=np.int32), np.array(row, dtype=np.int32)
    weights = None if numbers is None else np.array(numbers, dtype=float)
    return having.add_up(having.cells(at, rows), keys, numbers=weights).tolist()


def told(having, key, row, numbers):
    found = having.tell(np.array(key), np.array(row), np.array(numbers, dtype=float))
    return [list(zip(one.key.tolist(), one.value.tolist(), one.number.tolist(), strict=True)) for one in found]


def test_a_row_is_in_each_value_of_its_set_and_counts_once_in_each():
    having = find_values(np.array([0b01, 0b11, 0b00, 0b10], dtype=np.int16), letters(2))
    assert having.sets.tolist() == [[False, False], [True, False], [False, True], [True, True]]
    assert having.of.tolist() == [1, 3, 0, 2]
    assert counted(having, [0, 0, 1, 1], [0, 1, 2, 3], 2) == [[2, 1], [0, 1]]
    assert counted(having, [0, 0, 1, 1], [0, 1, 2, 3], 2, [5, 7, 11, 13]) == [[12, 7], [0, 13]]


def test_a_main_group_as_a_whole_has_the_rows_of_its_values_and_none_of_the_rest():
    having = find_values(np.array([0, 1, 3, NOWHERE], dtype=np.int8), FRUIT)
    assert counted(having, [0] * 4, [0, 1, 2, 3], 1) == [[1, 1, 2, 1]]
    assert told(having, [0] * 4, [0, 1, 2, 3], [1, 2, 3, 4]) == [
        [(0, 0, 1.0), (0, 1, 2.0), (0, 3, 3.0)],
        [(0, 2, 1.0), (0, 2, 2.0)],
    ]


def test_nobody_is_in_no_value():
    """No row at all, and rows whose every code says nothing."""
    for codes, variable in ((np.array([NOWHERE], dtype=np.int8), FRUIT), (np.array([0], dtype=np.int16), DISABILITY)):
        having, values = find_values(codes, variable), len(variable.values)
        assert counted(having, [], [], 2) == [[0] * values] * 2
        assert counted(having, [0, 1], [-1, -1], 2) == [[0] * values] * 2
        assert not any(told(having, [0, 1], [-1, 0], [1, 2]))


def test_what_has_no_referral_row_has_the_last_code():
    having = find_values(np.array([1, 2, 0], dtype=np.int16), letters(2))
    assert counted(having, [0, 0, 0], [1, -1, -1], 1) == [[0, 1]]


def test_a_key_of_which_no_row_is_counted_has_a_row_of_noughts():
    having = find_values(np.array([1], dtype=np.int16), letters(2))
    assert counted(having, [1], [0], 4) == [[0, 0], [1, 0], [0, 0], [0, 0]]


@pytest.mark.parametrize(("count", "kind"), [(15, np.int16), (20, np.int32), (31, np.int32)])
def test_the_highest_bit_of_a_code_is_a_value_like_any_other(count, kind):
    having = find_values(np.array([1 << (count - 1), (1 << count) - 1], dtype=kind), letters(count))
    assert counted(having, [0, 0], [0, 1], 1) == [[1] * (count - 1) + [2]]


def test_many_sets_are_counted_a_few_values_at_a_time():
    """Of fourteen values every set is there. A table of them all would have 16,384 columns."""
    having = find_values(np.arange(1 << 14, dtype=np.int16), letters(14))
    assert [one.sets.shape for one in having.apart] == [(32, 5), (32, 5), (16, 4)]
    assert counted(having, [0] * (1 << 14), range(1 << 14), 1) == [[1 << 13] * 14]


def test_few_sets_are_counted_together():
    having = find_values(np.arange(32, dtype=np.int16), letters(5))
    assert having.apart == [having]
    sixteen_times, one_more = (find_values(np.arange(sets, dtype=np.int16), letters(8)) for sets in (128, 129))
    assert [len(one.apart) for one in (sixteen_times, one_more)] == [1, 2]


def test_cells_of_more_than_two_thousand_million_are_long_numbers():
    having = Having(np.zeros(1, dtype=np.int32), np.eye(1, dtype=bool))
    (short,), (long,) = (having.cells(np.array([key]), np.array([0])) for key in (2**31 - 2, 2**31 - 1))
    assert (short.dtype, long.dtype) == (np.int32, np.int64)
    assert (short.tolist(), long.tolist()) == ([2**31 - 2], [2**31 - 1])


def test_values_that_no_row_has_together_are_told_in_one_list():
    having = find_values(np.array([0b001, 0b110, 0b010], dtype=np.int16), letters(3))
    assert told(having, [0, 1, 0], [2, 1, 0], [1.0, 2.0, 3.0]) == [
        [(0, 1, 1.0), (1, 1, 2.0), (0, 0, 3.0)],
        [(1, 2, 2.0)],
    ]


def test_places_of_values_have_room_in_a_code():
    """A bit for each value that can overlap with others, and a place from 0 to 127 for any."""
    for variable in all_variables().values():
        assert len(variable.values) <= (31 if variable.overlaps else 127), variable
