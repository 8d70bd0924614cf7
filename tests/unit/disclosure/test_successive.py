"""One release after another, month by month: what has not changed is shown alike, and stocks do not tell of who comes and goes."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest

from attack import Attack, Cell, disclosed
from caseness.disclosure import PUBLIC, link, release
from caseness.measures import Places, find_measure
from caseness.periods import month
from caseness.results import COMPUTED, Results, Selection

Month = Mapping[str, Mapping[str, float]]
PROVIDERS = ("RX1", "RX2")
LEVELS = ("england", "provider")
ENDED, FLOWING = ("M056", "M153", "M075", "M076"), ("M001", "M031", "M038", "M153")


def is_small(truth: int) -> bool:
    return 0 < truth < 5


def _row(figure_id: str, number: int, level: str, organisation: str, value: float) -> dict:
    period, is_leaf = month(2025, number), level == "sub-icb-provider"
    about = {"statistic": "count", "basis": COMPUTED, "period_start": period.start, "period_end": period.end}
    place = {"level": level, "organisation": organisation, "commissioner": "11A" if is_leaf else None}
    return {**about, **place, "figure_id": figure_id, "value": value}


def _rows(months: Sequence[Month], level: str) -> list[dict]:
    places = {"ENGLAND": PROVIDERS} if level == "england" else {one: (one,) for one in PROVIDERS}
    return [
        _row(figure_id, number, level, place, sum(held[one][figure_id] for one in inside))
        for number, held in enumerate(months, start=1)
        for place, inside in places.items()
        for figure_id in held[PROVIDERS[0]]
    ]


def let_out(months: Sequence[Month], ids: Sequence[str]) -> list[dict]:
    """What is shown of months of two providers in one board."""
    linkage = link([find_measure(one) for one in ids], Places(dict.fromkeys(PROVIDERS, ("QAA", "Y99"))))
    linkage = linkage.over(Results.from_rows(_rows(months, "sub-icb-provider")))
    asked = Results.from_rows([row for level in LEVELS for row in _rows(months, level)])
    return release(asked, PUBLIC, linkage).select(Selection()).table.to_pylist()


def _ended(never: int, once: int, finished: int, over: int = 0) -> dict[str, float]:
    return {"M056": never + once + finished + over, "M153": never, "M075": once, "M076": finished}


# 4 of each kind make 12. Nobody is left over in the first month.
FIRST = {"RX1": _ended(4, 4, 4), "RX2": _ended(4, 3, 4)}
LATER = [{"RX1": _ended(4, 4, 4, 1), "RX2": _ended(2, 3, 8)}, {"RX1": _ended(4, 4, 4, -1), "RX2": _ended(4, 4, 4)}]


@pytest.mark.parametrize("later", LATER, ids=["one is left over", "the parts come to more than the whole"])
def test_a_month_that_does_not_add_up_changes_nothing_of_another(later):
    before = let_out([FIRST], ENDED)
    after = let_out([FIRST, later], ENDED)
    assert [row for row in after if row["period_start"].month == 1] == before


def _people(row: Mapping, figure_id: str) -> list[tuple]:
    inside = PROVIDERS if row["organisation"] == "ENGLAND" else (row["organisation"],)
    kinds = (*ENDED[1:], "left over") if figure_id == "M056" else (figure_id,)
    return [(one, kind, row["period_start"].month) for one, kind in product(inside, kinds)]


def _attack_of_ended(months: Sequence[Month], releases: Sequence[Sequence[Mapping]]) -> Attack:
    """The attacker knows of each row whether it adds up. Where the parts come to more, some are counted twice."""
    attack = Attack()
    for row in (row for released in releases for row in released if row["low"] is not None):
        attack.is_told(_people(row, row["figure_id"]), row["low"], row["high"])
    for number, held in enumerate(months, start=1):
        for one, counts in held.items():
            over = counts["M056"] - sum(counts[each] for each in ENDED[1:])
            attack.is_told([(one, "left over", number)], *((0, 0) if over <= 0 else (1, 10_000)))
    return attack


@pytest.mark.parametrize("later", LATER, ids=["one is left over", "the parts come to more than the whole"])
def test_an_attack_on_two_releases_of_which_one_does_not_add_up_fails(later):
    months = [FIRST, later]
    attack = _attack_of_ended(months, [let_out([FIRST], ENDED), let_out(months, ENDED)])
    cells = [
        Cell((one, kind, number), int(held[one][kind]), ((one, kind, number),))
        for number, held in enumerate(months, start=1)
        for one, kind in product(PROVIDERS, ENDED[1:])
    ]
    assert not disclosed(attack, cells, is_small, 5)


# Each month as many wait as waited before, with who came and without who was treated or left.
def _flowing(before: int, came: int, treated: int, left: int) -> dict[str, float]:
    return {"M001": came, "M031": treated, "M038": before + came - treated - left, "M153": left}


WAITED = [
    {"RX1": _flowing(4, 4, 0, 0), "RX2": _flowing(9, 4, 4, 4)},
    {"RX1": _flowing(8, 4, 0, 0), "RX2": _flowing(5, 4, 0, 0)},
    {"RX1": _flowing(12, 4, 1, 0), "RX2": _flowing(9, 4, 4, 4)},
]


def _attack_of_stocks(told: Sequence[Mapping]) -> Attack:
    """The attacker knows that those who wait are those who waited and came, without those who were treated or left."""
    attack = Attack()
    for row in (row for row in told if row["low"] is not None):
        attack.is_told(_people(row, row["figure_id"]), row["low"], row["high"])
    for number, one in product(range(1, len(WAITED) + 1), PROVIDERS):
        gone = {(one, kind, number): -1 for kind in ("M038", "M031", "M153")}
        attack.is_told({(one, "M038", number - 1): 1, (one, "M001", number): 1, **gone}, 0, 0)
    return attack


def _flows() -> list[Cell]:
    return [
        Cell((one, kind, number), int(held[one][kind]), ((one, kind, number),))
        for number, held in enumerate(WAITED, start=1)
        for one, kind in product(PROVIDERS, ("M001", "M031", "M153"))
    ]


def test_an_attack_through_those_who_wait_fails():
    released = let_out(WAITED, FLOWING)
    assert all(row["low"] is None for row in released if row["figure_id"] == "M038")
    assert not disclosed(_attack_of_stocks(released), _flows(), is_small, 5)


def test_an_attack_through_those_who_wait_would_succeed_if_they_were_shown_in_bins():
    alone = let_out([{one: {"M038": held["M038"]} for one, held in each.items()} for each in WAITED], ("M038",))
    assert any(row["low"] is not None for row in alone)
    told = [*let_out(WAITED, FLOWING), *alone]
    assert disclosed(_attack_of_stocks(told), _flows(), is_small, 5)


def test_stocks_are_held_back_beside_flows_and_let_out_by_themselves():
    def held(*ids):
        return {one for parts, _ in link([find_measure(one) for one in ids], Places()).held_back for one in parts}

    assert held("M038", "M043", "M044", "M019", "M022", "M029") == set()
    assert held("M038", "M043", "M044", "M019", "M001") == {"M038", "M043", "M044", "M019"}
    assert held("M019", "M079") == {"M019"}
    (said,) = link([find_measure("M038"), find_measure("M031")], Places()).says_what_is_held_back
    assert "M038 is starred throughout: from one period to the next it changes by who comes and who goes" in said


def test_a_provider_that_works_in_a_second_sub_icb_changes_nothing_of_the_month_before():
    def shown(*leaves):
        linkage = link([find_measure("M001")], Places(dict.fromkeys(PROVIDERS, ("QAA", "Y99"))))
        rows = [{**_row("M001", number, "sub-icb-provider", "RX1", 4.0), "commissioner": one} for number, one in leaves]
        asked = [_row("M001", 1, "provider", "RX1", 4.0), _row("M001", 1, "sub-icb", "11A", 4.0)]
        released = release(Results.from_rows(asked), PUBLIC, linkage.over(Results.from_rows(rows)))
        return released.select(Selection()).table.to_pylist()

    assert shown((1, "11A")) == shown((1, "11A"), (2, "11A"), (2, "22B"))
