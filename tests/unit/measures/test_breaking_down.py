"""Figures by the values of a variable: small records, one for each thing that can go wrong."""

from datetime import date
from statistics import median

import numpy as np
import pytest

from caseness.measures import choose, compute, find_variable
from caseness.measures.algebra import condition, effect_size, ended, mean, share
from caseness.measures.breaking_down import pick
from caseness.measures.conditions import finished
from caseness.periods import Period
from grain_tables import make_grains

QUARTER, YEAR = map(Period.parse, ("2025-26 Q1", "2025-26"))
# Bits of a set of disabilities.
BEHAVIOUR, HEARING = 1, 2


def course(place, treatments, **more):
    """A finished course, of whom the row of attributes has the same number."""
    row = {"provider": "RW1", "discharge_date": date(2025, 4, 20), "completed_treatment": True}
    return {**row, "row_id": place, "pathway": place, "treatment_contacts": treatments, **more}


def attributes(place, **more):
    return {"row_id": place, "pathway": place, "discharge_date": date(2025, 4, 20), **more}


def figures(measures, variable, levels=("england",), periods=(YEAR,), **rows):
    """Values of the figures that are broken down, by measure, organisation and value of the variable."""
    table = compute(make_grains(**rows), periods, measures, levels, breakdowns=[find_variable(variable)]).table
    names = ("figure_id", "organisation", "commissioner", "group_1", "group_2")
    return {
        tuple(row[name] for name in names if row[name] is not None): row["value"]
        for row in table.to_pylist()
        if row["split_1"]
    }


def some(found, *told):
    """What is not 0 and not blank, without the words that all of them share."""
    return {" / ".join(one for one in key if one not in told): value for key, value in found.items() if value}


def test_a_row_of_two_values_counts_in_both_and_in_the_median_of_both():
    found = figures(
        choose(["M076", "M141", "M142", "M143"]),
        "V003",
        referral=[course(3, 9), course(2, 5), course(1, 2)],
        attributes=[attributes(1, disabilities=BEHAVIOUR), attributes(2, disabilities=3), attributes(3, disabilities=HEARING)],
    )  # fmt: skip
    assert some(found, "ENGLAND") == {
        "M076 / 01 Behaviour and Emotional": 2, "M141 / 01 Behaviour and Emotional": 3.5,
        "M142 / 01 Behaviour and Emotional": 3.5, "M143 / 01 Behaviour and Emotional": 5,
        "M076 / 02 Hearing": 2, "M141 / 02 Hearing": 7, "M142 / 02 Hearing": 7, "M143 / 02 Hearing": 9,
    }  # fmt: skip


def test_a_main_group_as_a_whole_has_the_median_of_all_its_values():
    found = figures(
        choose(["M076", "M142"]),
        "annual-ethnic-group",
        referral=[course(1, 2), course(2, 9), course(3, 5), course(4, 30)],
        attributes=[attributes(place, ethnic_category=code) for place, code in ((1, "H"), (2, "J"), (3, "J"), (4, "?"))],
    )  # fmt: skip
    assert some(found, "ENGLAND") == {
        "M076 / Asian or Asian British": 3, "M142 / Asian or Asian British": 5,
        "M076 / Asian or Asian British / Indian": 1, "M142 / Asian or Asian British / Indian": 2,
        "M076 / Asian or Asian British / Pakistani": 2, "M142 / Asian or Asian British / Pakistani": 7,
        "M076 / Not stated/Not known/Invalid": 1, "M142 / Not stated/Not known/Invalid": 30,
    }  # fmt: skip


def test_pairs_have_the_values_that_they_have_rows_of_and_teams_have_all():
    """One of each pair at the finest key, where teams are told apart too."""
    rows = [course(1, 2, team="north"), course(2, 5, team="south"), course(3, 9, commissioner=None)]
    found = figures(
        choose(["M076", "M142"]),
        "V008",
        ("sub-icb-provider", "team"),
        referral=rows,
        attributes=[attributes(1, gender_same_at_birth="Y"), attributes(2, gender_same_at_birth="Y"), attributes(3)],
    )
    same, nobody = "Same gender at birth", "Not stated/Not known/Invalid"
    pairs = {key[1:]: value for key, value in found.items() if len(key) == 4 and key[0] == "M142"}
    assert pairs == {("RW1", "11A", same): 3.5, ("RW1", "UNKNOWN", nobody): 9}
    teams = {key[1:]: value for key, value in found.items() if len(key) == 3 and key[0] == "M076"}
    assert len(teams) == 9
    assert {key: value for key, value in teams.items() if value} == {
        ("RW1/north", same): 1, ("RW1/south", same): 1, ("RW1/UNKNOWN", nobody): 1,
    }  # fmt: skip


def test_a_record_without_any_attributes_has_nobody_of_any_value():
    found = figures(choose(["M076", "M142"]), "V001", referral=[course(1, 2)])
    assert len(found) == 14
    assert {value for key, value in found.items() if key[0] == "M076"} == {0}
    assert {value for key, value in found.items() if key[0] == "M142"} == {None}


def test_an_event_is_of_the_last_row_of_its_pathway_or_of_no_value():
    """Of two rows in the quarter the last has them, and of a pathway without a row nobody has them."""
    event = {"provider": "RW1", "contact_date": date(2025, 4, 3)}
    log = {"provider": "RW1", "end_date": date(2025, 4, 3)}
    found = figures(
        choose(["M082", "M343"]),
        "V008",
        contact=[{**event, "pathway": 1}, {**event, "pathway": 1}, {**event, "pathway": 9}],
        internet_log=[{**log, "pathway": 1}, {**log, "pathway": 9}],
        attributes=[
            attributes(1, gender_same_at_birth="N"),
            {**attributes(2, gender_same_at_birth="Y"), "pathway": 1, "month": date(2025, 6, 1)},
        ],
    )
    assert some(found, "ENGLAND") == {"M082 / Same gender at birth": 2, "M343 / Same gender at birth": 1}


def test_numbers_of_which_none_is_known_have_no_mean_and_no_middle():
    found = figures(
        choose(["M048", "M049"]),
        "V008",
        referral=[{"provider": "RW1", "row_id": 1, "pathway": 1, "first_session_date": date(2025, 4, 20)}],
        attributes=[attributes(1, gender_same_at_birth="Y")],
    )
    assert len(found) == 6
    assert set(found.values()) == {None}


def test_a_share_is_of_everybody_whether_they_have_a_value_or_not():
    """One of four has no row of attributes, and one has two disabilities."""
    found = figures(
        [share("Share", "Share", choose(["M076"])[0])],
        "V003",
        ("provider",),
        referral=[course(1, 2), course(2, 2), course(3, 2), course(4, 2, provider="RX2")],
        attributes=[attributes(1, disabilities=3), attributes(2, disabilities=HEARING), attributes(4, disabilities=HEARING)],
    )  # fmt: skip
    assert some(found, "Share") == {
        "RW1 / 01 Behaviour and Emotional": pytest.approx(100 / 3), "RW1 / 02 Hearing": pytest.approx(200 / 3),
        "RX2 / 02 Hearing": 100,
    }  # fmt: skip


@condition
def first_score(phq9_first):
    """first scores"""
    return phq9_first


@condition
def last_score(phq9_last):
    """last scores"""
    return phq9_last


def test_an_effect_is_measured_by_the_deviation_of_the_same_value_in_england():
    rows = [
        course(place, 2, provider=provider, phq9_first=first, phq9_last=last)
        for place, (provider, first, last) in enumerate((("RW1", 10.0, 4.0), ("RX2", 14.0, 14.0), ("RX2", 3.0, 1.0)))
    ]
    told = [attributes(place, gender_same_at_birth=code) for place, code in enumerate("YYN")]
    effect = effect_size("Effect", "Effect", first_score, last_score, on=ended, where=finished)
    fall = mean("First", "First", first_score, on=ended, where=finished)
    found = figures([effect, fall], "V008", ("provider",), referral=rows, attributes=told)
    same, other = "Same gender at birth", "Different gender at birth"
    # England's first scores of the same gender are 10 and 14, which lie 2 from their mean.
    assert (found["Effect", "RW1", same], found["Effect", "RX2", same]) == (3, 0)
    assert (found["Effect", "RX2", other], found["First", "RX2", other]) == (None, 3)


def test_a_variable_that_is_asked_for_twice_is_there_once():
    variable = find_variable("V008")
    grains = make_grains(referral=[course(1, 2)], attributes=[attributes(1)])
    table = compute(grains, [QUARTER], choose(["M076"]), breakdowns=[variable, variable]).table
    assert table["group_1"].to_pylist() == [None, *(value.label for value in variable.values)]


@pytest.mark.parametrize("size", [3, 1 << 16, (1 << 16) + 1, 1 << 18])
def test_numbers_are_picked_in_few_cells_and_in_many(size):
    """The last cells differ from the first only in bits beyond the sixteenth."""
    cell, numbers = np.array([0, size - 1, 0, size - 1, 0, 1]), np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
    held = {0: [1, 4, 16], 1: [32], size - 1: [2, 8]}
    for statistic, of in (("median", median), ("max", max), ("min", min)):
        found = pick(cell, numbers, size, statistic)
        assert {place: found[place] for place in held} == {place: of(each) for place, each in held.items()}
        assert np.isnan(np.delete(found, list(held))).all()


def test_nothing_is_picked_of_nothing():
    assert np.isnan(pick(np.array([], dtype=np.int32), np.array([]), 2, "median")).all()
