"""How every published percentage is made of published counts. The formulas are data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from caseness.published.names import read_rows

FORMULAS = ("percentages.csv", "percentages_in_reports.csv")

_TERM = re.compile(r"([+-]?)\s*(\w+)")


@dataclass(frozen=True)
class Percentage:
    """How a published percentage is made: signed counts over signed counts.

    `numerator` and `denominator` are pairs of (+1 or -1, figure id).
    """

    figure_id: str
    numerator: tuple[tuple[int, str], ...]
    denominator: tuple[tuple[int, str], ...]

    @property
    def counts(self) -> tuple[str, ...]:
        """The figure ids of its counts."""
        return tuple(figure_id for _, figure_id in (*self.numerator, *self.denominator))


@cache
def all_percentages() -> tuple[Percentage, ...]:
    """Every percentage that can be worked out from published counts.

    Source: NHS England, metadata of the monthly and annual measures, "construction"; for
    the therapy outcomes, the formula that gives all printed values of England.
    """
    rows = [row for table in FORMULAS for row in read_rows(table)]
    return tuple(
        Percentage(row["figure_id"], _read_terms(row["numerator"]), _read_terms(row["denominator"])) for row in rows
    )


def _read_terms(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((-1 if sign == "-" else 1, figure_id) for sign, figure_id in _TERM.findall(text))
