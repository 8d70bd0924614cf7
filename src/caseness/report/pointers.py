"""Where each number of an audit stands in audit.json, so that every figure on a page can be traced.

A page shows only numbers that are parts of the audit. They are found by identity: a
quantity that was made up on the way to the page has no place in the file, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from caseness.audit.quantity import Quantity
from caseness.audit.record import Record
from caseness.audit.run import Audit
from caseness.periods import Period


@dataclass(frozen=True, eq=False)
class Held:
    """A plain number that a part of the audit holds: the part, the name of the field, and the unit."""

    owner: Any
    field: str
    unit: str = "count"
    index: int | None = None

    @property
    def quantity(self) -> Quantity:
        """The number as a quantity that is known to the unit, or as one that does not exist."""
        number = getattr(self.owner, self.field)
        number = number if self.index is None else number[self.index]
        reason = None if number is not None else "no_data"
        return Quantity(number, number, number, self.unit, reason)


@dataclass(frozen=True, eq=False)
class Pointers:
    """The JSON pointer (RFC 6901) of every part of one audit, by identity."""

    audit: Audit
    places: dict[int, str]

    def find(self, number: Quantity | Held) -> str:
        """The pointer of a quantity, or of a plain number that a part holds."""
        if isinstance(number, Held):
            tail = "" if number.index is None else f"/{number.index}"
            return f"{self._find(number.owner)}/{number.field}{tail}"
        return self._find(number)

    def _find(self, part: Any) -> str:
        assert id(part) in self.places, f"Not a part of the audit, so not in audit.json: {part!r}"
        return self.places[id(part)]


def point_into(audit: Audit) -> Pointers:
    """Find the place of every part of an audit."""
    places: dict[int, str] = {}
    for part, place in _walk(audit, ""):
        places.setdefault(id(part), place)
    return Pointers(audit, places)


# The same rules as `audit.plain.to_plain`, which writes the file: a test holds the two together.
def _walk(part: Any, place: str) -> Iterator[tuple[Any, str]]:
    if is_dataclass(part) and not isinstance(part, Period | Record):
        yield part, place
        for one in fields(part):
            yield from _walk(getattr(part, one.name), f"{place}/{one.name}")
    elif isinstance(part, list | tuple):
        for number, one in enumerate(part):
            yield from _walk(one, f"{place}/{number}")
