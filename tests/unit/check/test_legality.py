"""Expressions of legality agree with the lists themselves, code by code."""

import ibis
import pyarrow as pa
import pytest

from caseness.check.legality import has_wrong_form, is_illegal, is_out_of_range, is_uninformative
from caseness.codes import code_list, code_lists
from caseness.engine import fetch, load

ODD = [
    "",
    "§",
    "99",
    "0",
    "-1",
    "X",
    "xx",
    "F32",
    "F32.1",
    "f41.1",
    "304891004",
    "304891004:363702006",
    "SilverCloud v2",
]


def answers(values, version, ask):
    """What an expression says of each value."""
    rows = load(pa.table({"place": range(len(values)), "value": values, "version": [version] * len(values)}))
    return fetch(rows.select("place", told=ask(rows)).order_by("place")).column("told").to_pylist()


@pytest.mark.parametrize("codes", code_lists(), ids=lambda one: one.id)
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_a_value_is_illegal_exactly_where_its_list_says_so(codes, version):
    values = [*(each.code for each in codes.codes), *ODD]
    told = answers(values, version, lambda rows: is_illegal(rows.value, codes, rows.version))
    legal = [codes.is_legal(value, version) for value in values]
    # A blank reaches the expression as null, never as an empty text.
    assert [not one for value, one in zip(values, told, strict=True) if value] == [
        one for value, one in zip(values, legal, strict=True) if value
    ]


def test_a_blank_is_neither_legal_nor_illegal():
    codes = code_list("EndCode")
    assert answers([None], "2.1", lambda rows: is_illegal(rows.value, codes, rows.version)) == [None]


def test_what_says_nothing_is_told_from_what_does():
    told = answers(["1", "4", "X", "Z"], "2.1", lambda rows: is_uninformative(rows.value, code_list("GenderIdentity")))
    assert told == [False, True, True, True]
    assert is_uninformative(ibis.literal("1"), code_list("IAPTLTCServiceInd")) is None


SCORES = ["0", "5", "5.0", "2.35", "2.355", "27", "28", "900", "-1", "Y", "N", "NA", "ten", "9"]


@pytest.mark.parametrize("tool", code_list("CodedAssToolType").codes, ids=lambda one: one.meaning)
def test_a_score_is_judged_as_its_tool_permits(tool):
    """A score that is well formed and in range is one that the tool permits, and no other is."""
    tools = code_list("CodedAssToolType")
    literal = ibis.literal(tool.code)
    wrong = answers(SCORES, "2.1", lambda rows: has_wrong_form(literal, rows.value, tools))
    out = answers(SCORES, "2.1", lambda rows: is_out_of_range(literal, rows.value, tools))
    permitted = [tool.permits(score) for score in SCORES]
    assert [not (a or b) for a, b in zip(wrong, out, strict=True)] == [one in (True, None) for one in permitted]
