"""Figures that are let out together, or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from attack import Attack
from caseness.disclosure import PUBLIC, CannotProtect, link, release
from caseness.disclosure.partitions import PARTITIONS, divide
from caseness.measures import Places, all_measures, core_measures, find_measure
from caseness.results import COMPUTED, Results, Selection
from small_tables import Leaf, exact
from small_tables import let_out as let_out_of_people

APRIL = {"period_start": date(2025, 4, 1), "period_end": date(2025, 4, 30)}
YEAR = {"period_start": date(2025, 4, 1), "period_end": date(2026, 3, 31)}


def counted(about=APRIL, level="sub-icb-provider", **more):
    held = {"figure_id": "M001", "statistic": "count", "value": 7.0, "organisation": "RX1", "basis": COMPUTED}
    return {**held, "level": level, "commissioner": "11A" if level == "sub-icb-provider" else None, **about, **more}


def let_out(leaves, asked=()):
    linkage = link([find_measure("M001")], Places()).over(Results.from_rows(leaves))
    return release(Results.from_rows(asked or [counted(level="provider")]), PUBLIC, linkage)


def test_figures_are_let_out_with_what_they_are_made_of_or_not_at_all():
    asked = Results.from_rows([counted(level="provider")])
    for linkage in (None, link([find_measure("M001")], Places())):
        with pytest.raises(CannotProtect, match="let out together") as told:
            release(asked, PUBLIC, linkage)
    assert told.value.exit_code == 30


def test_months_and_years_are_not_let_out_together():
    with pytest.raises(CannotProtect, match="1 and 12 months"):
        let_out([counted(), counted(YEAR)])


def test_two_breakdowns_are_not_let_out_together():
    split = [counted(split_1=split, group_1="one") for split in ("Age", "Gender")]
    with pytest.raises(CannotProtect, match="Age, Gender"):
        let_out(split)


def test_measures_that_do_not_say_how_they_add_up_are_not_let_out():
    """One of the catalogue with another id is none of it."""
    with pytest.raises(CannotProtect, match="at_caseness"):
        link([replace(find_measure("EA034"), id="at_caseness")], Places())


def test_a_figure_without_the_counts_behind_it_is_not_let_out():
    with pytest.raises(CannotProtect, match="1 figures are of places"):
        let_out([counted()], [counted(level="provider", organisation="RX2")])


def test_figures_of_no_rows_are_none():
    empty = release(Results.from_rows([]), PUBLIC, link([find_measure("M001")], Places()).over(Results.from_rows([])))
    assert len(empty.select(Selection())) == 0


def test_what_is_let_out_bears_the_policy():
    (row,) = let_out([counted()]).select(Selection()).table.to_pylist()
    assert (row["value"], row["low"], row["high"], row["release"]) == (7.0, 5.0, 9.0, "public")


def test_what_is_held_back_is_said_with_what_stands_in_its_place():
    linkage = link([find_measure(one) for one in ("M199", "M200", "M201", "M196", "M197", "M198")], Places())
    (said,) = linkage.says_what_is_held_back
    assert said.startswith("M196, M197 and M198 are starred throughout: they add up to M076, as M199, M200 and M201 do")


def test_a_whole_that_is_told_by_its_parts_is_a_part_itself():
    """M122 and M047 make M046, which with M121 makes M184."""
    assert [one.whole for one in divide(["M122", "M047", "M121"]).kept] == ["M046", "M184"]


def test_a_part_that_nobody_asked_for_is_told_by_its_own_parts():
    """Second sessions after a gap are those of M122 and M047, which are asked for, and M046, which is not."""
    asked = ("M122", "M047", "M121", "M184")
    linkage = link([find_measure(one) for one in asked], Places())
    numbers = dict(zip(asked, (7.0, 3.0, 12.0, 22.0), strict=True))
    linkage = linkage.over(Results.from_rows(counted(figure_id=one, value=value) for one, value in numbers.items()))
    figures = Results.from_rows(counted(figure_id="M184", value=22.0, level="provider") for _ in range(1))
    (row,) = release(figures, PUBLIC, linkage).select(Selection()).table.to_pylist()
    assert (row["low"], row["high"]) == (5 + 0 + 10, 9 + 4 + 14)


def said_of(*asked):
    return [said for one in link([find_measure(each) for each in asked], Places()).held_back for said in one]


BANDS = ("M032", "M033", "M034", "M035")


def test_what_lies_across_four_parts_is_held_back():
    """Of 16 treated 15 within 126 days: four bands of 4 would each be known to be 3 or more."""
    attack = Attack()
    for one in BANDS:
        attack.is_told([one], 0, 4)
    attack.is_told(BANDS, 15, 19)
    assert attack.finds(["M035"]) == (3, 4)
    held, why = said_of(*BANDS, "M037")
    assert held == ("M037",)
    assert "M037 is starred throughout: it lies within M031, which M032, M033, M034 and M035 make up" in why
    assert not said_of(*BANDS, "M036")
    assert not said_of("M031", "M037")


def test_work_at_the_start_gives_way_to_outcomes_and_is_let_out_without_them():
    work = tuple(f"M{number}" for number in range(316, 320))
    held, why = said_of(*work, "M296", "M298")
    assert held == work
    assert "they add up to M296, within which M298 lie" in why
    assert not said_of(*work, "M296")


def test_two_sets_that_give_way_to_the_same_parts_are_both_told():
    """Of three sets that make up those who ended, one is let out."""
    by_code = next(one.parts for one in PARTITIONS if "M342" in one.parts)
    asked = ("M153", "M075", "M076", "M073", "M074", *by_code)
    told = link([find_measure(one) for one in asked], Places()).held_back
    assert [held for held, _ in told] == [("M073", "M074"), by_code]
    assert "with M075 and M076 they add up to M056, as M153, M075 and M076 do" in told[0][1]
    assert "throughout: they add up to M056, as M153, M075 and M076 do" in told[1][1]


@pytest.mark.parametrize("catalogue", [core_measures, all_measures])
def test_whatever_is_held_back_is_told(catalogue):
    linkage = link(tuple(catalogue().values()), Places())
    told = [one for parts, _ in linkage.held_back for one in parts]
    assert sorted(told) == sorted(linkage.division.instead)


def test_of_the_fields_of_employment_rows_one_is_let_out():
    status = ("EA002", "EA003", "EA004", "EA005")
    assert said_of(*status, "EA006")[0] == ("EA006",)
    assert said_of(*status, "EA006", "EA007")[0] == ("EA006", "EA007")
    assert said_of(*status, *(f"EA{number:03}" for number in range(6, 10)))[0] == ("EA006", "EA007", "EA008", "EA009")
    assert not said_of(*status)


def shown_of(table, levels):
    rows = let_out_of_people(table, PUBLIC, levels)
    return {
        (row["level"], row["organisation"], row["group_1"]): (row["low"], row["high"])
        for row in rows
        if row["figure_id"] == "M153"
    }


def test_a_level_that_crosses_another_says_what_the_bins_of_both_add_up_to():
    """Two providers that work in the same two sub-ICBs, with 4 people in each."""
    table = {Leaf(one, place, "QAA", "Y99"): (4, 0, 0, 0, 0, 0) for one in ("RX1", "RX2") for place in ("11A", "22B")}
    shown = shown_of(table, ("england", "provider", "sub-icb"))
    assert shown == {
        ("provider", "RX1", None): (0, 8),
        ("provider", "RX2", None): (0, 8),
        ("sub-icb", "11A", None): (0, 8),
        ("sub-icb", "22B", None): (0, 8),
        ("england", "ENGLAND", None): (0, 16),
    }


def test_a_total_beside_a_breakdown_says_what_the_bins_of_the_groups_add_up_to():
    table = {Leaf("RX1", "11A", "QAA", "Y99", group): (7, 0, 0, 0, 0, 0) for group in ("women", "men")}
    shown = shown_of(table, ("england", "provider"))
    assert shown["provider", "RX1", "women"] == shown["england", "ENGLAND", "men"] == (5, 9)
    assert shown["provider", "RX1", None] == shown["england", "ENGLAND", None] == (10, 18)


def test_a_group_with_nobody_at_a_place_is_a_count_of_none():
    """Of RX2 there are women alone, so that its men are 0 to 4, and a part of all men."""
    table = {
        Leaf("RX1", "11A", "QAA", "Y99", "women"): (7, 0, 0, 0, 0, 0),
        Leaf("RX1", "11A", "QAA", "Y99", "men"): (4, 0, 0, 0, 0, 0),
        Leaf("RX2", "11A", "QAA", "Y99", "women"): (6, 0, 0, 0, 0, 0),
    }
    places = Places({"RX1": ("QAA", "Y99"), "RX2": ("QAA", "Y99")})
    linkage = link([find_measure("M153")], places)
    rows = [row for row in exact(table, "sub-icb-provider") if row["figure_id"] == "M153"]
    figures = [row for level in ("england", "provider") for row in exact(table, level) if row["figure_id"] == "M153"]
    nobody = next(row for row in figures if row["organisation"] == "RX2")
    figures.append({**nobody, "group_1": "men", "value": 0.0})
    shown = release(Results.from_rows(figures), PUBLIC, linkage.over(Results.from_rows(rows))).select(Selection())
    men = {row["organisation"]: (row["low"], row["high"]) for row in shown.table.to_pylist() if row["group_1"] == "men"}
    assert men == {"ENGLAND": (0, 8), "RX1": (0, 4), "RX2": (0, 4)}
