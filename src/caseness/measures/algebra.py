"""What a measure can be: a count, a share, a mean, a median and so on, of the rows of one grain, by one clock.

A condition is a plain function. Its parameters name the columns of the grain that it reads, so they are its lineage; its
docstring says it in words, so it is its page in the manual.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from caseness.measures.columns import CONTACT, LOG, NOUNS, REFERRAL

Expression = Any


@dataclass(frozen=True)
class Clock:
    """What places a row in a period: the date in `column`, or for a stock the state at the period's end.

    `name` is what a figure's column `clock` says, `says` the same in words.
    """

    name: str
    grain: str
    column: str | None
    says: str


@dataclass(frozen=True)
class Condition:
    """Something that a row of a grain is or is not, or a number that it has.

    `columns` are those that `test` is called with, in that order. `uids` are official item codes that stand behind one
    of them for this condition only. A test that is null is false, and a number that is null is not counted.
    """

    columns: tuple[str, ...]
    says: str
    test: Callable[..., Expression] = field(repr=False)
    uids: tuple[str, ...] = ()
    both: tuple[Condition, ...] = field(default=(), repr=False)

    def of(self, rows: Any) -> Expression:
        """The condition as an expression over the rows of a grain."""
        return self.test(*(rows[name] for name in self.columns))

    @property
    def atoms(self) -> tuple[Condition, ...]:
        """The conditions of which this one says that all hold. Measures share them, so each is worked out once."""
        return self.both or (self,)

    def __and__(self, other: Condition) -> Condition:
        """Both. The columns of both, each with its own."""
        split = len(self.columns)
        return Condition(
            (*self.columns, *other.columns),
            f"{self.says}, {other.says}",
            lambda *cells: self.test(*cells[:split]) & other.test(*cells[split:]),
            (*self.uids, *other.uids),
            (*self.atoms, *other.atoms),
        )


def condition(function: Callable[..., Expression]) -> Condition:
    """Make a condition of a function: its parameters name columns, its docstring completes "referrals ...".

    Examples
    --------
    >>> @condition
    ... def treated_once(treatment_contacts):
    ...     "that had one treatment contact"
    ...     return treatment_contacts == 1
    >>> treated_once.columns, treated_once.says
    (('treatment_contacts',), 'that had one treatment contact')
    """
    return Condition(tuple(inspect.signature(function).parameters), inspect.getdoc(function) or "", function)


@dataclass(frozen=True)
class Part:
    """What is added up: the rows of a clock that meet a condition, or a number that these rows have."""

    on: Clock
    where: Condition | None = None
    number: Condition | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the grain that it reads, each once."""
        own = (self.on.column,) if self.on.column else ()
        read = [name for one in self._conditions for name in one.columns]
        return tuple(dict.fromkeys((*own, *read)))

    @property
    def uids(self) -> tuple[str, ...]:
        """Official item codes that its conditions name themselves."""
        return tuple(uid for one in self._conditions for uid in one.uids)

    @property
    def says(self) -> str:
        """The part in words."""
        rows = f"{NOUNS[self.on.grain]} {self.on.says}"
        chosen = f"{rows}, {self.where.says}" if self.where else rows
        return f"{self.number.says} of {chosen}" if self.number else chosen

    @property
    def _conditions(self) -> tuple[Condition, ...]:
        return tuple(one for one in (self.where, self.number) if one)


@dataclass(frozen=True)
class Total:
    """Parts that are added and taken away, each with +1 or -1."""

    terms: tuple[tuple[int, Part], ...]

    def __add__(self, other: Total | Measure) -> Total:
        return Total((*self.terms, *_total(other).terms))

    def __sub__(self, other: Total | Measure) -> Total:
        return Total((*self.terms, *((-sign, part) for sign, part in _total(other).terms)))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts without their signs."""
        return tuple(part for _, part in self.terms)


@dataclass(frozen=True)
class Measure:
    """One official measure: its id, our title, and how it is worked out.

    A count is `above`. A share or a mean is `factor` times `above` by `below`. A median, a minimum or a maximum is taken
    over the numbers of the one part of `above`, and `below` is how many there are. `more` is what a standard deviation or an
    effect size needs besides. With `of_everybody` a share is of all in the organisation, in whatever group they are.
    """

    id: str
    title: str
    statistic: str
    above: Total
    below: Total | None = None
    factor: float = 1.0
    why: str = ""
    more: tuple[Total, ...] = ()
    of_everybody: bool = False

    def __add__(self, other: Total | Measure) -> Total:
        return self.above + other

    def __sub__(self, other: Total | Measure) -> Total:
        return self.above - other

    def __str__(self) -> str:
        return self.id

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that has to be added up for it, each part once."""
        totals = (self.above, *((self.below,) if self.below else ()), *self.more)
        return tuple(dict.fromkeys(part for total in totals for part in total.parts))

    @property
    def is_of_spread(self) -> bool:
        """Whether it needs the numbers themselves and not only their sum."""
        return self.statistic in SPREADS

    @property
    def clock(self) -> Clock:
        """What places it in a period."""
        return self.above.parts[0].on


COUNT, PERCENTAGE, MEAN, MEDIAN, MAXIMUM, MINIMUM = "count", "percentage", "mean", "median", "max", "min"
DEVIATION, EFFECT_SIZE = "sd", "effect_size"
SPREADS = (MEDIAN, MAXIMUM, MINIMUM)


def count(figure_id: str, title: str, *, on: Clock, where: Condition | None = None, why: str = "") -> Measure:
    """How many rows a clock places in the period, of those that meet a condition."""
    return Measure(figure_id, title, COUNT, Total(((1, Part(on, where)),)), why=why)


def count_of(figure_id: str, title: str, total: Total, why: str = "") -> Measure:
    """A count that is the sum or the difference of others."""
    return Measure(figure_id, title, COUNT, total, why=why)


def sum_of(
    figure_id: str, title: str, number: Condition, *, on: Clock, where: Condition | None = None, why: str = ""
) -> Measure:
    """The sum of a number over the rows. The catalogue calls it a count, and so does the column `statistic`."""
    return Measure(figure_id, title, COUNT, Total(((1, Part(on, where, number)),)), why=why)


def percentage(figure_id: str, title: str, of: Total | Measure, by: Total | Measure, why: str = "") -> Measure:
    """One count for each hundred of another."""
    return Measure(figure_id, title, PERCENTAGE, _total(of), _total(by), 100.0, why)


def mean(
    figure_id: str, title: str, number: Condition, *, on: Clock, where: Condition | None = None, why: str = ""
) -> Measure:
    """The mean of a number over the rows that have one."""
    return Measure(figure_id, title, MEAN, *_sum_and_number(number, on, where), why=why)


def ratio(
    figure_id: str, title: str, of: Condition, by: Condition, *, on: Clock, where: Condition, why: str = ""
) -> Measure:
    """One sum by another, which is not the mean of the ratios. The catalogue calls it a mean."""
    above, below = (Total(((1, Part(on, where, number)),)) for number in (of, by))
    return Measure(figure_id, title, MEAN, above, below, why=why)


def median(
    figure_id: str, title: str, number: Condition, *, on: Clock, where: Condition | None = None, why: str = ""
) -> Measure:
    """The middle of the numbers, or half-way between the two that stand in the middle."""
    return Measure(figure_id, title, MEDIAN, *_sum_and_number(number, on, where), why=why)


def maximum(
    figure_id: str, title: str, number: Condition, *, on: Clock, where: Condition | None = None, why: str = ""
) -> Measure:
    """The highest of the numbers."""
    return Measure(figure_id, title, MAXIMUM, *_sum_and_number(number, on, where), why=why)


def minimum(
    figure_id: str, title: str, number: Condition, *, on: Clock, where: Condition | None = None, why: str = ""
) -> Measure:
    """The lowest of the numbers."""
    return Measure(figure_id, title, MINIMUM, *_sum_and_number(number, on, where), why=why)


def share(figure_id: str, title: str, of: Total | Measure, why: str = "") -> Measure:
    """One count in a group for each hundred of the same count of everybody: 100 where nothing is broken down."""
    return Measure(figure_id, title, PERCENTAGE, _total(of), _total(of), 100.0, why, of_everybody=True)


def deviation(figure_id: str, title: str, number: Condition, *, on: Clock, where: Condition) -> Measure:
    """The standard deviation of a number over the rows that have one, which are the whole population and no sample."""
    numbers, rows = _sum_and_number(number, on, where)
    return Measure(figure_id, title, DEVIATION, numbers, rows, more=(_squares(number, on, where),))


def effect_size(
    figure_id: str, title: str, first: Condition, last: Condition, *, on: Clock, where: Condition
) -> Measure:
    """How far the mean falls from first to last, in England's standard deviations of the first.

    `below` is how many have a last number. `more` is the sum and the number of the first, and the sum of their squares.
    """
    begun = (*_sum_and_number(first, on, where), _squares(first, on, where))
    return Measure(figure_id, title, EFFECT_SIZE, *_sum_and_number(last, on, where), more=begun)


def _squares(number: Condition, on: Clock, where: Condition) -> Total:
    return Total(((1, Part(on, where, _squared(number))),))


def _sum_and_number(number: Condition, on: Clock, where: Condition | None) -> tuple[Total, Total]:
    counted = where & _has(number) if where else _has(number)
    return Total(((1, Part(on, where, number)),)), Total(((1, Part(on, counted)),))


# The same for every measure of a number, so that the engine works each out once.
@cache
def _squared(number: Condition) -> Condition:
    says = f"squares of {number.says}"
    return Condition(number.columns, says, lambda *cells: number.test(*cells) * number.test(*cells), number.uids)


@cache
def _has(number: Condition) -> Condition:
    says = "and that have one"
    return Condition(number.columns, says, lambda *cells: number.test(*cells).notnull(), number.uids)


def _total(of: Total | Measure) -> Total:
    return of if isinstance(of, Total) else of.above


received = Clock("referral_received_date", REFERRAL, "referral_date", "received in the period")
assessed = Clock(
    "first_assessment_date", REFERRAL, "assessment_first_date", "whose first assessment lies in the period"
)
entered = Clock("first_treatment_date", REFERRAL, "first_session_date", "whose first treatment lies in the period")
treated_again = Clock(
    "second_treatment_date", REFERRAL, "second_session_date", "whose second treatment lies in the period"
)
ended = Clock("discharge_date", REFERRAL, "discharge_date", "that ended in the period")
open_at_end = Clock("period_end", REFERRAL, None, "that are on the books at the end of the period")
held = Clock("contact_date", CONTACT, "contact_date", "dated in the period")
logged = Clock("contact_date", LOG, "end_date", "that ended in the period")
