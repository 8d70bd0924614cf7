"""Which variables there are, which are used for a kind of period, and what is refused."""

from types import SimpleNamespace

import pyarrow as pa
import pytest

from caseness.errors import CannotDerive, UnknownName
from caseness.measures import all_variables, choose, choose_variables, compute, find_measure, find_variable
from caseness.measures.assumed import status_of_variable
from caseness.measures.breakdown import Value, Variable
from caseness.measures.conditions import coded
from caseness.measures.errata import errata_of
from caseness.measures.variables import is_official_pair, used_in
from caseness.periods import Period
from grain_tables import make_grains

MONTH, YEAR = Period.parse("2025-04"), Period.parse("2025-26")


def test_a_variable_is_found_by_its_id_or_its_title():
    """Where an official one and one of the annual report have one title, the official one is meant."""
    assert find_variable(" v007 ").id == find_variable("gender identity").id == "V007"
    assert find_variable("Religion").id == "V013"
    assert find_variable("annual-religion").id == "annual-religion"
    with pytest.raises(UnknownName, match="V015"):
        find_variable("V0O5")


def test_all_stands_for_every_variable():
    assert [one.id for one in choose_variables(["V002", "all"])][:2] == ["V002", "V001"]
    assert len(choose_variables(["all"])) == len(all_variables())
    assert choose_variables([]) == ()


def test_variables_of_the_annual_report_are_for_years_alone_and_come_first_there():
    """V013 and that of the annual report are both called Religion."""
    both = choose_variables(["V013", "annual-religion", "V001"])
    assert [one.id for one in used_in("quarter", both)] == ["V013", "V001"]
    assert [one.id for one in used_in("year", both)] == ["annual-religion", "V001"]
    assert [one.id for one in used_in("year", reversed(both))] == ["V001", "annual-religion"]


@pytest.mark.parametrize(
    ("measure", "variable", "kind", "is_official"),
    [
        ("M192", "V001", "quarter", True), ("M192", "V001", "year", False), ("M082", "V001", "quarter", False),
        ("M192", "annual-gender", "year", False), ("M1011", "V009", "quarter", True),
    ],
)  # fmt: skip
def test_a_pair_is_official_where_the_catalogue_says_so(measure, variable, kind, is_official):
    assert is_official_pair(find_measure(measure), find_variable(variable), kind) is is_official


def test_a_status_says_what_a_variable_rests_on():
    assert status_of_variable(find_variable("V013")) == "rests on circumstances"
    assert status_of_variable(find_variable("annual-deprivation")).startswith("not computable from a record alone")
    assert [one.number for one in errata_of("V004")] == ["26a", "27"]
    assert {name for one in all_variables().values() for name in one.assumed} <= set(_rules())


def _rules():
    from caseness.derive import DEFAULT

    return DEFAULT.all


def test_breakdowns_need_their_grain_and_deprivation_its_deciles():
    grains = make_grains(referral=[{}])
    without = SimpleNamespace(**{**vars(grains), "attributes": None})
    with pytest.raises(CannotDerive, match="broken down by Age Group, and the record was derived without"):
        compute(without, [MONTH], choose(["M001"]), breakdowns=choose_variables(["V001"]))
    unknown = SimpleNamespace(**{**vars(grains), "has_deciles": False})
    with pytest.raises(CannotDerive, match="no deciles of deprivation are known"):
        compute(unknown, [YEAR], choose(["M001"]), breakdowns=choose_variables(["annual-deprivation"]))


@pytest.mark.parametrize("rows", [{}, {"referral": [{"month": YEAR.start, "provider": "RW1"}]}])
def test_a_record_without_rows_of_the_kind_has_no_groups_or_empty_ones(rows):
    grains = make_grains(**rows)
    found = compute(grains, [MONTH], choose(["M082", "M142"]), ["england"], breakdowns=choose_variables(["V002"]))
    groups = [row for row in found.table.to_pylist() if row["split_1"]]
    assert len(groups) == (6 if rows else 0)
    assert {row["value"] for row in groups} <= {0.0, None}


def test_a_row_of_no_value_is_in_none():
    """Nor is one without attributes, which cannot be placed."""
    held = Variable(
        "own",
        "Own",
        (Value("A", coded("ethnic_category", "A", "A")), Value("B", coded("ethnic_category", "B", "B"))),
        "why",
        split="Own",
    )
    rows = [
        {"row_id": number, "provider": "RW1", "referral_date": MONTH.start, "is_latest_in_year": True}
        for number in range(4)
    ]
    attributes = [
        {"row_id": number, "month": MONTH.start, "ethnic_category": code} for number, code in enumerate("AAZ")
    ]
    grains = make_grains(referral=rows, attributes=attributes)
    found = compute(grains, [YEAR], choose(["M001"]), breakdowns=[held]).table.to_pylist()
    assert [(row["split_1"], row["group_1"], row["value"]) for row in found] == [
        (None, None, 4),
        ("Own", "A", 2),
        ("Own", "B", 0),
    ]


def test_a_figure_of_a_group_is_called_as_published_ones_are():
    """In a main group the value is a group of a second split. The label is the one to which published ones are made alike."""
    row = {"row_id": 1, "provider": "RW1", "referral_date": MONTH.start, "is_latest_in_year": True}
    grains = make_grains(referral=[row], attributes=[{"row_id": 1, "month": MONTH.start, "ethnic_category": "G"}])
    table = compute(grains, [YEAR], choose(["M001"]), breakdowns=choose_variables(["annual-ethnic-group"])).table
    names = ("split_1", "group_1", "split_2", "group_2")
    one = {tuple(each[name] for name in names) for each in table.to_pylist() if each["value"] == 1}
    assert one == {
        (None,) * 4, ("Ethnic Group", "Mixed", None, None), ("Ethnic Group", "Mixed", "Ethnic Group", "Any other Mixed background"),
    }  # fmt: skip
    assert table.schema.field("split_1").type == pa.string()


def test_a_variable_is_called_by_its_id():
    assert str(find_variable("V007")) == "V007"
