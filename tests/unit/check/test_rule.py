"""Rules as data: what they must say, and which profile has them."""

import re

import pytest

from caseness.check import NOT_CHECKED, PROFILES, RULES, SEVERITIES, Rule, rule, rules_for
from caseness.check.model import Childless, Finding, OfRejected, Row
from caseness.check.rules.catalogue import _COLUMNS_NOT_IN_PRACTICE, _TABLES_NOT_IN_PRACTICE
from caseness.errors import UnknownName
from caseness.record import TABLES, table


def made(**changes):
    """A rule, with some of it changed."""
    usual = {
        "id": "X",
        "table": "IDS101Referral",
        "columns": (),
        "severity": "record",
        "says": "It is.",
        "effect": "None.",
    }
    return Rule(**{**usual, "remedy": "None.", "source": "Ours", "test": Row(lambda rows: rows.row_id > 0), **changes})


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"severity": "fatal"}, "severity"),
        ({"profiles": ("hospital",)}, "profiles"),
        ({"versions": ("1.5",)}, "versions"),
        ({"effect": ""}, "a text is missing"),
        ({"verified": False}, "a reason"),
        ({"reason": "It was not read."}, "a reason"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(changes, complaint):
    with pytest.raises(ValueError, match=complaint):
        made(**changes)


def test_ids_are_different_and_begin_with_the_number_of_their_table():
    assert len({each.id for each in RULES}) == len(RULES)
    for each in RULES:
        number = each.table[3:6] if each.table.startswith("IDS") else f"X{each.table[3:5]}"
        assert each.id.startswith(f"C{number}-")


def test_rules_name_tables_and_columns_that_are_declared():
    for each in RULES:
        assert [table(each.table).column(name).name for name in each.columns] == list(each.columns)


def test_official_numbers_have_the_form_of_the_published_ones():
    numbers = [number for each in RULES for number in each.official]
    assert len(numbers) > 100
    assert not [number for number in numbers if not re.fullmatch(r"IDS(REJ\d{3}|\d{5})", number)]
    assert not [number for listed, _, _ in NOT_CHECKED for number in listed.split(", ") if number in numbers]


def test_an_official_number_is_of_the_table_that_it_names():
    """IDS10128 is of IDS101. A file rejection has a number without a table."""
    wrong = [
        (each.id, number)
        for each in RULES
        for number in each.official
        if not number.startswith("IDSREJ") and number[3:6] != each.table[3:6]
    ]
    assert not wrong


@pytest.mark.parametrize("severity", SEVERITIES)
def test_every_severity_is_used(severity):
    assert any(each.severity == severity for each in RULES)


def test_every_declared_column_that_must_be_filled_has_a_rule():
    blank = {
        (each.table, name) for each in RULES for name in each.columns if "blank" in each.id or each.id in ("C001-09",)
    }
    assert {(one.id, column.name) for one in TABLES for column in one.columns if column.need == "mandatory"} <= blank


def test_every_link_to_a_parent_has_a_rule_that_follows_it():
    followed = {(each.table, each.test.parent) for each in RULES if isinstance(each.test, OfRejected)}
    assert followed == {(one.id, parent) for one in TABLES for parent in one.parents}


def test_parents_stand_before_their_children():
    order = [one.id for one in TABLES]
    assert all(order.index(parent.table) < order.index(one.id) for one in TABLES for parent in one.parents)


def test_a_practice_is_asked_for_nothing_that_it_does_not_have():
    practice = rules_for("practice")
    assert not [each.id for each in practice if each.table in _TABLES_NOT_IN_PRACTICE]
    asked = [each for each in practice if {(each.table, name) for name in each.columns} & _COLUMNS_NOT_IN_PRACTICE]
    assert {each.id for each in asked} == {"C001-05", "C001-PersonBirthDate-form"}
    assert not [each for each in practice if isinstance(each.test, Childless) and each.test.child.table == "IDS002GP"]


def test_a_service_has_every_rule():
    assert rules_for("submission") == RULES


@pytest.mark.parametrize("ask", [lambda: rule("C101-99"), lambda: rules_for("practise")])
def test_what_is_not_there_is_told_with_what_is_near(ask):
    with pytest.raises(UnknownName, match="Did you mean"):
        ask()


def test_a_share_of_nothing_is_all():
    "A finding without a row that was judged, as of an empty table, is of the whole."
    assert Finding(made(), 1, 0, {}).share == 1
    assert Finding(made(), 1, 4, {}).share == 0.25


def test_profiles_are_two():
    assert PROFILES == ("submission", "practice")
