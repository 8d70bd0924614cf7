"""What each disclosure policy makes of a figure. A count of `42` is shown as `40 (38 to 42)`, a star as `* (0 to 4)`."""

from collections.abc import Mapping, Sequence

import pytest

from caseness.disclosure import DIRECT_CARE, NHS_ENGLAND, OPENSAFELY, OWN_USE, PUBLIC, Policy, link, release
from caseness.measures import Measure, Places, find_measure
from caseness.periods import month
from caseness.results import COMPUTED, Results, Selection

APRIL = month(2025, 4)
ABOUT = {"basis": COMPUTED, "period_start": APRIL.start, "period_end": APRIL.end}
PLACES = {"england": "ENGLAND", "provider": "RX1"}


def figure(
    level: str, statistic: str, above: float | None, below: float | None = None, value: float | None = None
) -> dict:
    """One figure as it was computed."""
    if statistic == "count":
        value = above
    elif statistic == "percentage" and above is not None and below:
        value = 100 * above / below
    held = {"statistic": statistic, "numerator": above, "denominator": below, "value": value}
    return {**ABOUT, **held, "figure_id": "M001", "level": level, "organisation": PLACES[level]}


def shown(policy: Policy, *rows: dict) -> list[str]:
    released = release(Results.from_rows(rows), policy).select(Selection()).table.to_pylist()
    return [spelled(row) for row in released]


def spelled(row: Mapping) -> str:
    value = {
        None: f"{row['value']}" if row["value"] is None else f"{row['value']:g}",
        "suppressed": "*",
        "no_data": "none",
    }
    ends = "" if row["low"] is None else f" ({row['low']:g} to {row['high']:g})"
    return f"{value[row['reason']]}{ends}"


COUNTS = [
    (0, "* (0 to 4)", "* (0 to 7)"),
    (4, "* (0 to 4)", "* (0 to 7)"),
    (5, "5 (5 to 7)", "* (0 to 7)"),
    (7, "5 (5 to 7)", "* (0 to 7)"),
    (8, "10 (8 to 12)", "10 (8 to 12)"),
    (42, "40 (38 to 42)", "40 (38 to 42)"),
    (43, "45 (43 to 47)", "45 (43 to 47)"),
]


@pytest.mark.parametrize(("count", "nhs_england", "opensafely"), COUNTS)
def test_a_count_below_england(count, nhs_england, opensafely):
    one = figure("provider", "count", count)
    assert shown(NHS_ENGLAND, one) == [nhs_england]
    assert shown(OPENSAFELY, one) == [opensafely]
    assert shown(OWN_USE, {**one, "low": count, "high": count}) == [f"{count} ({count} to {count})"]


def test_a_count_of_england_is_exact_under_nhs_england_alone():
    one = figure("england", "count", 3)
    assert shown(NHS_ENGLAND, one) == ["3 (3 to 3)"]
    assert shown(OPENSAFELY, one) == ["* (0 to 7)"]


SHARES = [
    (21, 43, "49 (48.5 to 49.5)", "44 (38.2979 to 51.1628)"),
    (4, 43, "* (0 to 100)", "* (0 to 100)"),
    (5, 5, "100 (99.5 to 100)", "* (0 to 100)"),
    (0, 0, "* (0 to 100)", "* (0 to 100)"),
    (8, 8, "100 (99.5 to 100)", "100 (66.6667 to 100)"),
    (9, 8, "113 (112.5 to 113.5)", "100 (66.6667 to 150)"),
]


@pytest.mark.parametrize(("part", "whole", "nhs_england", "opensafely"), SHARES)
def test_a_percentage_below_england(part, whole, nhs_england, opensafely):
    """NHS England rounds that of the exact counts. OpenSAFELY's is worked out of the rounded ones."""
    one = figure("provider", "percentage", part, whole)
    assert shown(NHS_ENGLAND, one) == [nhs_england]
    assert shown(OPENSAFELY, one) == [opensafely]


def test_a_percentage_of_england_has_one_decimal():
    assert shown(NHS_ENGLAND, figure("england", "percentage", 21, 43)) == ["48.8 (48.75 to 48.85)"]


def test_a_percentage_of_nobody_in_england_is_none():
    assert shown(NHS_ENGLAND, figure("england", "percentage", 0, 0)) == ["none"]


OTHERS = [
    ("mean", 12, 7.26, "7.3 (7.25 to 7.35)", "7.3 (7.25 to 7.35)"),
    ("mean", 4, 7.26, "*", "*"),
    ("median", 12, 7.5, "7.5 (7.5 to 7.5)", "7.5 (7.5 to 7.5)"),
    ("max", 12, 31.0, "31 (31 to 31)", "*"),
    ("min", 12, 2.0, "2 (2 to 2)", "*"),
]


@pytest.mark.parametrize(("statistic", "rows", "value", "nhs_england", "opensafely"), OTHERS)
def test_a_number_of_people_in_few(statistic, rows, value, nhs_england, opensafely):
    one = figure("provider", statistic, None, rows, value)
    assert shown(NHS_ENGLAND, one) == [nhs_england]
    assert shown(OPENSAFELY, one) == [opensafely]


# Exact counts of the public policy are those of the finest level, provider by commissioner.
def let_out(ids: Sequence[str], leaves: Mapping[str, Mapping[str, float]], asked: Sequence[dict]) -> dict[tuple, str]:
    measures: list[Measure] = [find_measure(one) for one in ids]
    linkage = link(measures, Places(dict.fromkeys(leaves, ("QAA", "Y99"))))
    rows = [
        {**ABOUT, "figure_id": atom.id, "statistic": "count", "value": held.get(atom.id, 0.0), "level": "sub-icb-provider",
         "organisation": provider, "commissioner": "11A"}
        for atom in linkage.atoms.values() for provider, held in leaves.items()
    ]  # fmt: skip
    released = release(Results.from_rows(asked), PUBLIC, linkage.over(Results.from_rows(rows))).select(Selection())
    return {(row["figure_id"], row["organisation"]): spelled(row) for row in released.table.to_pylist()}


def row(figure_id: str, level: str, organisation: str, statistic: str = "count", value: float | None = None) -> dict:
    return {
        **ABOUT,
        "figure_id": figure_id,
        "level": level,
        "organisation": organisation,
        "statistic": statistic,
        "value": value,
    }


def test_the_public_sees_bins_and_sums_that_leave_their_parts_room():
    """Two counts of 4 make 8. That the sum is 5 to 9 would say that neither is 0, so it is shown as 0 to 8."""
    leaves = {"RX1": {"M001": 4.0}, "RX2": {"M001": 4.0}, "RX3": {"M001": 0.0}}
    asked = [row("M001", "provider", one) for one in leaves] + [row("M001", "england", "ENGLAND")]
    assert let_out(["M001"], leaves, asked) == {
        ("M001", "RX1"): "* (0 to 4)",
        ("M001", "RX2"): "* (0 to 4)",
        ("M001", "RX3"): "* (0 to 4)",
        ("M001", "ENGLAND"): "* (5 to 12)",
    }
    del leaves["RX3"]
    asked = [row("M001", "england", "ENGLAND"), row("M001", "provider", "RX1")]
    assert let_out(["M001"], leaves, asked)["M001", "ENGLAND"] == "* (0 to 8)"


def test_the_public_sees_percentages_of_what_it_sees():
    """21 of 40 recovered: 20 to 24 of 36 to 44, and so 45 to 67 per cent, shown as 22 of 40."""
    leaves = {"RX1": {"M191": 21.0, "M076": 52.0, "M179": 12.0}}
    shown = let_out(
        ["M192", "M191"], leaves, [row("M192", "provider", "RX1", "percentage", 52.5), row("M191", "provider", "RX1")]
    )
    assert shown["M191", "RX1"] == "22 (20 to 24)"
    assert shown["M192", "RX1"] == "55 (45.4545 to 66.6667)"


def test_the_public_sees_a_whole_as_the_sum_of_its_parts():
    leaves = {"RX1": {"M056": 40.0, "M153": 12.0, "M075": 3.0, "M076": 25.0}}
    asked = [row(one, "provider", "RX1") for one in ("M056", "M153", "M075", "M076")]
    assert let_out(["M056", "M153", "M075", "M076"], leaves, asked)["M056", "RX1"] == "41 (35 to 47)"
    leaves["RX1"]["M056"] = 41.0
    assert let_out(["M056", "M153", "M075", "M076"], leaves, asked)["M056", "RX1"] == "44 (36 to 52)", (
        "One is left over, shown as 1 to 5."
    )
    leaves["RX1"]["M056"] = 39.0
    assert let_out(["M056", "M153", "M075", "M076"], leaves, asked)["M056", "RX1"] == "*", (
        "The parts come to more than the whole."
    )


def test_the_public_sees_no_middle_that_may_be_far_off():
    """With sixteen sources of referral, each of them 0 to 4, and one of 5 to 9."""
    ids = [f"M{number:03}" for number in (*range(2, 15), 17, 18, 287, 345)]
    leaves = {"RX1": {"M001": 20.0, "M002": 7.0, **dict.fromkeys(ids[1:14], 1.0)}}
    asked = [row("M001", "provider", "RX1")]
    assert let_out(["M001", *ids], leaves, asked) == {("M001", "RX1"): "* (5 to 73)"}


def test_those_who_treat_and_the_service_see_exact_counts():
    one = {**figure("provider", "count", 3), "low": 3, "high": 3}
    assert [shown(policy, one) for policy in (DIRECT_CARE, OWN_USE)] == [["3 (3 to 3)"]] * 2
    assert all("not for publication" in policy.notice for policy in (DIRECT_CARE, OWN_USE))
    assert DIRECT_CARE.audience == "direct care"


def test_the_public_sees_one_of_two_sets_that_add_up_to_the_same():
    ids = ["M199", "M200", "M201", "M196", "M197", "M198"]
    leaves = {"RX1": dict.fromkeys(ids, 20.0)}
    released = let_out(ids, leaves, [row(one, "provider", "RX1") for one in ids])
    assert [released[one, "RX1"] for one in ids] == ["22 (20 to 24)"] * 3 + ["*"] * 3


def test_the_public_sees_a_mean_of_many_and_no_extremes():
    ids = ["M048", "M049", "M143", "M144"]
    measures = [find_measure(one) for one in ids]
    bases = {atom.id: 12.0 for atom in link(measures, Places()).atoms.values()}
    asked = [row(one.id, "provider", "RX1", one.statistic, 7.26) for one in measures]
    many = let_out(ids, {"RX1": bases}, asked)
    assert [many[one, "RX1"] for one in ids] == ["7.3 (7.25 to 7.35)", "7.26 (7.26 to 7.26)", "*", "*"]
    few = let_out(ids, {"RX1": dict.fromkeys(bases, 9.0)}, asked)
    assert set(few.values()) == {"*"}


def test_a_sum_of_treatments_has_wider_bins():
    assert let_out(["M089"], {"RX1": {"M089": 130.0}}, [row("M089", "provider", "RX1")]) == {
        ("M089", "RX1"): "124 (100 to 149)"
    }
