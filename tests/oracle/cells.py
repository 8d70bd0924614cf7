"""What stands in one cell of a submitted row: text, a code, a SNOMED concept, a score."""

import re
from datetime import date, time
from fractions import Fraction

DIGITS = re.compile(r"\d+")
PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")


def text(value: object) -> str | None:
    """The cell without blanks at its ends; an empty one is null.

    >>> text("  B1 "), text("   "), text(None)
    ('B1', None, None)
    """
    return (str(value).strip() or None) if value is not None else None


def code(value: object, width: int = 0) -> str | None:
    """A code, with its leading zeros where the list has codes of `width` figures.

    >>> code("2", 2), code("ZZ", 2), code("", 2)
    ('02', 'ZZ', None)
    """
    cell = text(value)
    return cell.zfill(width) if cell and cell.isdecimal() else cell


def concept(value: object) -> str | None:
    """The concept that a SNOMED expression begins with.

    >>> concept("304891004:408730004=64572001"), concept("CBT")
    ('304891004', None)
    """
    found = DIGITS.match(text(value) or "")
    return found[0] if found else None


def number(value: object) -> Fraction | None:
    """A score as an exact number, or null where it is not one.

    >>> number("2.30"), number(" 7 "), number("NA")
    (Fraction(23, 10), Fraction(7, 1), None)
    """
    cell = text(value) or ""
    return Fraction(cell) if PLAIN_NUMBER.fullmatch(cell) else None


def minute(value: time | None) -> tuple[bool, time]:
    """A place in the day; a time that is not known comes before those that are."""
    return (value is not None, value or time.min)


def days(earlier: date | None, later: date | None) -> int | None:
    """Whole days from one date to another, null where either is."""
    return (later - earlier).days if earlier and later else None
