"""How an employment field is filled in the rows of a period: valid, default, invalid or missing."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from oracle.cells import code
from oracle.figure import Figure, Period, count
from oracle.record import Row

VALID, DEFAULT, INVALID, MISSING = CLASSES = ("valid", "default", "invalid", "missing")

YES_OR_NO = ("Y", "N")
NOT_TOLD = ("U", "Z")


class Field(NamedTuple):
    """A field of IDS004: the number of the first of its four measures, its codes, and how wide they are."""

    first: int
    column: str
    valid: tuple[str, ...]
    default: tuple[str, ...]
    width: int = 0

    def standing(self, row: Row) -> str:
        cell = code(row.get(self.column), self.width)
        if cell is None:
            return MISSING
        return VALID if cell in self.valid else DEFAULT if cell in self.default else INVALID

    def measures(self) -> dict[str, str]:
        """The measure of each class."""
        return {standing: f"EA{self.first + step:03}" for step, standing in enumerate(CLASSES)}


FIELDS = (
    Field(2, "EmployStatus", ("01", "02", "03", "04", "05", "06", "07", "08"), ("ZZ",), 2),
    Field(6, "WeekHoursWorked", ("01", "02", "03", "04"), ("97", "98", "99"), 2),
    Field(10, "BenefitRecInd", YES_OR_NO, NOT_TOLD),
    Field(18, "ESAInd", YES_OR_NO, NOT_TOLD),
    Field(22, "UCInd", YES_OR_NO, NOT_TOLD),
    Field(26, "PIPInd", YES_OR_NO, NOT_TOLD),
    Field(127, "EmpSupportInd", YES_OR_NO, ("NA",)),
)


def figures(rows: Iterable[Row], period: Period) -> dict[str, Figure]:
    """Every class of every field, over the rows that were recorded in the period."""
    dated = [row for row in rows if period.holds(row.get("EmployStatusRecDate"))]
    found: dict[str, Figure] = {}
    for field in FIELDS:
        standings = Counter(field.standing(row) for row in dated)
        found |= {measure: count(standings[standing]) for standing, measure in field.measures().items()}
    return found
