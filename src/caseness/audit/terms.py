"""Sums of published figures, written as people write them: `M076 - M179`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from caseness.audit.cube import Cube
from caseness.audit.quantity import Quantity, quantity_of
from caseness.periods import Period
from caseness.published.names import read_rows
from caseness.stats.bounds import Bounded, exact, share

_TERM = re.compile(r"([+-]?)\s*(\w+)(\??)")

LABELS = MappingProxyType(
    {
        "M053": "First treatment within 6 weeks, of those who finished a course",
        "M055": "First treatment within 18 weeks, of those who finished a course",
        "M077": "Ended before treatment, of referrals ended",
        "M078": "Treated once, of referrals ended",
        "M079": "Finished a course, of referrals ended",
        "M080": "Treated at least once, of referrals ended",
        "M081": "Finished a course, of those treated at least once",
        "M123": "Second treatment within 28 days, of second treatments",
        "M124": "Second treatment after more than 28 days, of second treatments",
        "M125": "Second treatment after 29 to 90 days, of second treatments",
        "M126": "Second treatment after more than 90 days, of second treatments",
        "M180": "Not at caseness, of those who finished a course",
        "M186": "Reliably improved, of those who finished a course",
        "M192": "Recovered, of those judged for recovery",
        "M195": "Reliably recovered, of those judged for recovery",
        "M205": "Paired on the appropriate anxiety measure, of those with such a problem",
        "M278": "Recovered, integrated services",
        "M286": "Recovered, core services only",
        "M288": "Treated once, of those treated at least once",
        "M1010": "Reliably deteriorated, of those who finished a course",
        "no_reliable_change_percentage": "No reliable change, of those who finished a course",
    }
)


@dataclass(frozen=True)
class Term:
    """One figure of a sum, added (+1) or taken away (-1).

    An optional one counts as nothing in the periods for which nobody's was published: a
    referral source that was not yet coded brought no referrals.
    """

    sign: int
    figure_id: str
    is_optional: bool = False


@dataclass(frozen=True)
class Formula:
    """How one published percentage is made of published counts."""

    figure_id: str
    label: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]

    @property
    def text(self) -> str:
        """The formula as people write it: M191 / (M076 - M179)."""
        return " / ".join(_in_brackets(write_terms(side)) for side in (self.numerator, self.denominator))


def read_terms(text: str) -> tuple[Term, ...]:
    """Read a sum of figures. A question mark makes a term optional.

    >>> read_terms("M076 - M179")
    (Term(sign=1, figure_id='M076', is_optional=False), Term(sign=-1, figure_id='M179', is_optional=False))
    """
    return tuple(Term(-1 if sign == "-" else 1, name, bool(mark)) for sign, name, mark in _TERM.findall(text))


def write_terms(terms: Sequence[Term]) -> str:
    """Write a sum of figures as it was read.

    >>> write_terms(read_terms("M056 - M153"))
    'M056 - M153'
    """
    text = " ".join(f"{'-' if term.sign < 0 else '+'} {term.figure_id}" for term in terms)
    return text.removeprefix("+ ")


@cache
def formulas() -> tuple[Formula, ...]:
    """Every published percentage that is made of published counts.

    Source: NHS England, metadata of the monthly measures, "construction" (percentages.csv).

    >>> [formula.text for formula in formulas() if formula.figure_id == "M192"]
    ['M191 / (M076 - M179)']
    """
    rows = read_rows("percentages.csv")
    return tuple(
        Formula(
            row["figure_id"], LABELS[row["figure_id"]], read_terms(row["numerator"]), read_terms(row["denominator"])
        )
        for row in rows
    )


def add_up(cube: Cube, terms: Sequence[Term]) -> Bounded:
    """The sum for every period and organisation of a cube; unknown where any term is.

    Returns
    -------
    Bounded, shape (n_periods, n_organisations)
        Never below 0 when something is taken away: what is taken away is a part of the rest.

    >>> from caseness.audit.record import gather
    >>> from caseness.published import Embedded
    >>> annual = gather(Embedded()).cube("annual report")
    >>> add_up(annual, read_terms("M076 - M179")).value[-1]
    array([635185.])
    """
    made = exact(np.zeros(cube.shape))
    for term in terms:
        plane = _plane(cube, term)
        made = made + plane if term.sign > 0 else made - plane
    return floored(made) if any(term.sign < 0 for term in terms) else made


def rate(cube: Cube, formula: Formula) -> Bounded:
    """A percentage worked out from its counts, for every period and organisation of a cube."""
    return share(add_up(cube, formula.numerator), add_up(cube, formula.denominator))


def share_quantity(part: Bounded, whole: Bounded, part_of_whole: bool = True) -> Quantity:
    """One part as a percentage of one whole. Where both are known and the whole is nothing, there is no share to have."""
    is_empty = bool(part.is_known.all() and (whole.high == 0).all())
    return quantity_of(share(part, whole, part_of_whole), "percentage", "not_applicable" if is_empty else None)


def floored(counted: Bounded) -> Bounded:
    """The same counts, none below 0: a remainder of rounded counts can be printed below it, and is not."""
    return Bounded(*(np.maximum(end, 0) for end in (counted.low, counted.high, counted.value)))


def pick(plane: Bounded, cube: Cube, period: Period, organisation: str) -> Bounded:
    """One cell of a plane; unknown where the cube lacks the period or the organisation."""
    at = cube.index(period, organisation)
    return Bounded.of(np.nan, np.nan) if at is None else plane[at]


def _plane(cube: Cube, term: Term) -> Bounded:
    plane = cube.plane(term.figure_id)
    if not term.is_optional:
        return plane
    is_absent = ~plane.is_known.any(axis=1, keepdims=True)
    return Bounded(*(np.where(is_absent, 0.0, end) for end in (plane.low, plane.high, plane.value)))


def _in_brackets(text: str) -> str:
    return f"({text})" if " " in text else text
