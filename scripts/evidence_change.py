"""Indices of reliable change where the truth is known: where nobody changes, where all change alike, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from evidence_page import Board, Chapter, Size, at_most, failing, judge_share, percent
from numpy.typing import NDArray

from caseness.stats.change import CRITICAL, INDICES, describe, reliable_change_index
from caseness.stats.change_classes import by_amount, by_index

Array = NDArray[np.float64]

# About the PHQ-9 of patients: assumed. The reliability is that of two measurements.
MEAN, DEVIATION, RELIABILITY = 14.0, 6.0, 0.84
HIGH, LOWEST, HIGHEST = 20.0, 0.0, 27.0
TRUE_CHANGES = (2, 4, 6, 8, 10)
# What each promises of people who do not change: either side, or for Hageman and Arrindell one side.
HAGEMAN_ARRINDELL = "Hageman-Arrindell"
_PROMISED = {name: 0.10 if name == HAGEMAN_ARRINDELL else 0.05 for name in INDICES}
MANUAL, SMALLEST = "A fall or rise of 6 (the programme)", 6.0
METHODS = (*INDICES, MANUAL)


@dataclass(frozen=True, eq=False)
class People:
    """First and last scores, and by how much the true score changed."""

    first: Array
    last: Array
    change: Array

    @property
    def whole(self) -> People:
        """The same as a questionnaire prints them: whole numbers within its range."""
        first, last = (np.clip(np.round(one), LOWEST, HIGHEST) for one in (self.first, self.last))
        return People(first, last, self.change)


def made_up_people(generator: np.random.Generator, people: int, mean: float = 0.0, spread: float = 0.0) -> People:
    """People whose true score changes by `mean`, more or less by `spread`."""
    error = DEVIATION * (1 - RELIABILITY) ** 0.5
    true = generator.normal(MEAN, DEVIATION * RELIABILITY**0.5, people)
    change = generator.normal(mean, spread, people) if spread else np.full(people, mean)
    first, last = (level + generator.normal(0, error, people) for level in (true, true + change))
    return People(first, last, change)


def directions(method: str, people: People) -> Array:
    """The direction of each person's change by a method: 1, 0, -1, or NaN where it says nothing."""
    if method == MANUAL:
        return by_amount(people.first, people.last, SMALLEST, SMALLEST)
    sample = describe(people.first, people.last, RELIABILITY, RELIABILITY)
    return by_index(reliable_change_index(method, people.first, people.last, sample), CRITICAL[method])


def tell_change(size: Size) -> Chapter:
    """The chapter."""
    generator = np.random.default_rng(size.seed)
    nobody = _where_nobody_changes(made_up_people(generator, size.people))
    power = _by_true_change(generator, size)
    right = _where_people_differ(made_up_people(generator, size.people, -4.0, 5.0))
    about = (
        f"Scores of {size.people:,} people about the PHQ-9 of patients: mean {MEAN:g}, deviation {DEVIATION:g}, and a "
        f"correlation of {RELIABILITY:g} between two measurements without change (assumed). An index knows the reliability, and "
        "takes mean and spread from the scores."
    )
    return Chapter(
        "Indices of reliable change", about, (nobody, power, right), (*failing(nobody), *_lessons(nobody, power))
    )


def _where_nobody_changes(people: People) -> Board:
    rows = tuple(_unchanged(method, people) for method in METHODS)
    columns = (
        "Method",
        "Promised",
        "Called changed",
        "Verdict",
        "Whole scores",
        "Improved, of those from 20 on",
        "Verdict from 20 on",
    )
    note = (
        f"Nobody's true score changes. From {HIGH:g} on: half of the promise would be called improved. Nothing was promised of the rule of "
        "6, and where change is all error Hageman and Arrindell say nothing, or what little their estimate leaves."
    )
    return Board("Nobody changes", columns, rows, note)


def _unchanged(method: str, people: People) -> tuple[str, ...]:
    found = directions(method, people)
    high = people.first >= HIGH
    called, improved = _share(np.abs(found) == 1, found), _share(found[high] == 1, found[high])
    whole = directions(method, people.whole)
    promised, number = _PROMISED.get(method, 0.05), len(found)
    judge = at_most if method == HAGEMAN_ARRINDELL else judge_share
    verdict = "says nothing" if np.isnan(called) else judge(called, promised, number)
    beyond = "says nothing" if np.isnan(improved) else at_most(improved, promised / 2, int(high.sum()))
    if method == MANUAL:
        verdict = beyond = "no promise"
    told = "none" if method == MANUAL else percent(promised, 0)
    return method, told, percent(called), verdict, percent(_share(np.abs(whole) == 1, whole)), percent(improved), beyond


def _share(flags: NDArray[np.bool_], known: Array) -> float:
    told = ~np.isnan(known)
    return float(flags[told].mean()) if told.any() else float("nan")


def _by_true_change(generator: np.random.Generator, size: Size) -> Board:
    samples = [made_up_people(generator, size.people, -float(one)) for one in TRUE_CHANGES]
    rows = tuple((method, *(_improved(method, one) for one in samples)) for method in METHODS)
    columns = ("Method", *(f"All fall by {one}" for one in TRUE_CHANGES))
    note = (
        "The share that is called improved. The rule of 6 and the index of Jacobson and Truax find about half of those whose true fall "
        "is their own threshold. Hsu, Linn and Lord take a fall that everybody makes for no change, by design. Where all change alike, "
        "all differences of change are error to Hageman and Arrindell, and whether they call all improved or nobody is chance."
    )
    return Board("Power by true change", columns, rows, note)


# Whether the estimated reliability of change falls above or below nought is chance alone, and with it the answer.
def _improved(method: str, people: People) -> str:
    if method == HAGEMAN_ARRINDELL:
        return "all or nobody"
    found = directions(method, people)
    return percent(_share(found == 1, found))


def _lessons(nobody: Board, power: Board) -> tuple[str, ...]:
    row = next(one for one in power.rows if one[0] == "Hsu-Linn-Lord")
    rule = next(one for one in nobody.rows if one[0] == MANUAL)
    return (
        f"Power by true change, Hsu-Linn-Lord: of people who all fall by 10, {row[-1]} are called improved. It must not be read as a "
        "rate of improvement.",
        f"Nobody changes, the rule of 6: {rule[2]} are called changed, and {rule[4]} by whole scores, since its threshold rests on a "
        "reliability of 0.89.",
    )


def _where_people_differ(people: People) -> Board:
    rows = tuple(_compared(method, people) for method in METHODS)
    columns = (
        "Method", "Called improved", "Truly fell, of those", "Found, of those who fell by 6", "Called deteriorated",
        "Truly rose, of those", "Found, of those who rose by 6",
    )  # fmt: skip
    note = "True change is -4 on average, with a deviation of 5 (assumed), so 79 % truly fall."
    return Board("People differ", columns, rows, note)


def _compared(method: str, people: People) -> tuple[str, ...]:
    found = directions(method, people)
    cells = [method]
    for way, truly in ((1, people.change < 0), (-1, people.change > 0)):
        called = found == way
        large = truly & (np.abs(people.change) >= SMALLEST)
        cells += [percent(float(called.mean())), percent(_of(truly, called)), percent(_of(called, large))]
    return tuple(cells)


def _of(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    return float(part[whole].mean()) if whole.any() else float("nan")
