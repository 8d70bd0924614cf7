"""Which rows each value of each variable holds, and which it does not"""

import numpy as np
import pytest

from caseness.derive.sets import KINDS, PROGRAMMES
from caseness.engine import fetch, load
from caseness.measures import all_variables, find_variable
from caseness.measures.having import find_values
from grain_tables import arrow_of
from variable_cases import ENDED, cases, names_of

import pyarrow as pa  # isort: skip

CASES = cases()
# Of two variables crossed, and of one with other labels: what they are made of has its own cases.
MADE_OF_OTHERS = {"annual-ethnic-group", "annual-ethnic-gender", "annual-disability"}


def values_of(variable, rows):
    """The names of the values that each row is in."""
    told = [row.get(ENDED, True) for row in rows]
    given = [{name: cell for name, cell in row.items() if name != ENDED} for row in rows]
    table = load(arrow_of("attributes", given).append_column(ENDED, pa.array(told)).append_column("place", pa.array(range(len(rows)))))  # fmt: skip
    found = fetch(table.select("place", code=find_variable(variable).code(table)).order_by("place"))
    having = find_values(found["code"].to_numpy(), find_variable(variable))
    names = names_of(variable)
    return [{names[place] for place in np.flatnonzero(having.sets[which])} for which in having.of]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_row_is_in_these_values_and_no_others(case):
    assert values_of(case.variable, case.rows) == list(case.expected)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_value_has_a_row(case):
    assert set().union(*case.expected) == set(names_of(case.variable))


def test_every_variable_has_cases():
    assert {case.variable for case in CASES} | MADE_OF_OTHERS == set(all_variables())


def test_a_main_group_as_a_whole_holds_its_values():
    """The annual report has each ethnic group as a whole too, and crossed with gender."""
    rows = [{"ethnic_category": "H", "gender": "2"}, {"ethnic_category": "Z"}, {"ethnic_category": "C", "gender": "9"}]
    assert values_of("annual-ethnic-group", rows) == [
        {"Asian or Asian British: Indian", "Asian or Asian British"},
        {"Not stated/Not known/Invalid"},
        {"White: Any other White background", "White"},
    ]
    assert values_of("annual-ethnic-gender", rows) == [
        {"Asian or Asian British / Female: Indian / Female", "Asian or Asian British / Female"},
        {"Not stated/Not known/Invalid / Gender Not stated/Not known/Invalid"},
        {"White / Indeterminate: Any other White background / Indeterminate", "White / Indeterminate"},
    ]


def test_the_annual_disabilities_are_those_of_the_quarter_by_other_labels():
    rows = [{"disabilities": 1 << 12}, {"disabilities": 0}, {"disabilities": 3}]
    assert values_of("annual-disability", rows) == [
        {"ZZ Not Stated (Person asked but declined to provide a response)"},
        {"No Code Recorded"},
        {"01 Behaviour and Emotional", "02 Hearing"},
    ]


def test_a_programme_is_told_by_what_its_name_contains():
    """In whatever case. The first group that fits has it."""
    texts = ["my SILVER cloud", "slvrcld", "bdd.net v2", "ocd-net", "mnddstrct", "Space from Stress", "", None]
    table = load(pa.table({"text": pa.array(texts, pa.string()), "place": range(len(texts))}))
    found = fetch(table.select("place", code=PROGRAMMES.of(table["text"])).order_by("place"))["code"].to_pylist()
    names = [*PROGRAMMES.groups, "others"]
    assert [names[int(np.log2(code))] if code else None for code in found] == [
        "Silvercloud", "Silvercloud", "BDD-NET", "OCD-NET", "Minddistrict", "others", "others", None,
    ]  # fmt: skip


def test_every_set_of_codes_says_where_its_groups_are_from():
    for kind in KINDS:
        assert kind.source.startswith("NHS England")
        codes = [code for group in kind.groups.values() for code in group]
        assert len(codes) == len(set(codes))
