"""The spec cases of the variables: a text file with a table for each, and the values that each row is in."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caseness.derive.sets import KINDS
from caseness.measures import find_variable

PATH = Path(__file__).parent / "spec" / "breakdowns" / "variables.txt"
_SETS = {one.name: one for one in KINDS}
ENDED = "ended_in_period"


@dataclass(frozen=True)
class Case:
    """The rows of one variable, and the names of the values that each is in."""

    variable: str
    says: str
    rows: tuple
    expected: tuple

    def __str__(self):
        return self.variable


def cases():
    """The cases of all variables that have some."""
    text = PATH.read_text(encoding="utf-8")
    return tuple(_case(part) for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:])


def _case(part):
    heading, header, *lines = [line for line in part.splitlines() if line.strip()]
    name, _, says = heading.partition(" ")
    names = [cell.strip() for cell in header.split("|")]
    found = [dict(zip(names, (cell.strip() for cell in line.split("|")), strict=True)) for line in lines]
    expected = tuple(frozenset(filter(None, row.pop("is").split(" + "))) for row in found)
    return Case(name, says, tuple({key: _cell(key, cell) for key, cell in row.items()} for row in found), expected)


def _cell(name, cell):
    if name in _SETS:
        return sum(_SETS[name].bit(each) for each in cell.split(";") if each)
    if not cell:
        return None
    if name.endswith("_date"):
        return date.fromisoformat(cell)
    if name in (ENDED, "completed_treatment"):
        return {"yes": True, "no": False}[cell]
    return int(cell) if name in ("breakdown_age", "deprivation_decile") else cell


def names_of(variable):
    """The values of a variable by their names."""
    return [value.name for value in find_variable(variable).values]
