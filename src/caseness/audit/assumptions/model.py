"""An assumption: a number or a choice, how far it may be off, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseness.errors import UnknownName

# How well an assumption is founded. `yours` is what a reader's own file says.
PUBLISHED, DERIVED, ASSUMED, UNVERIFIED, YOURS = "published", "derived", "assumed", "not verified", "yours"
STATUSES = (PUBLISHED, DERIVED, ASSUMED, UNVERIFIED, YOURS)


@dataclass(frozen=True)
class Assumption:
    """One number or choice that the audit rests on.

    `low` and `high` are the range in which it may lie: the bars of a tornado, the ends of
    a slider. `at_least` and `at_most` are the ends beyond which it makes no sense.
    `options` are the words that a choice may be. `shipped` is the value that comes with
    the package, so that a change can be seen.
    """

    id: str
    label: str
    value: float | str
    unit: str
    status: str
    meaning: str
    source: str
    shipped: float | str
    low: float | None = None
    high: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    options: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether a reader's file has another value than the package."""
        return self.value != self.shipped

    @property
    def number(self) -> float:
        """The value, where it is a number."""
        assert isinstance(self.value, int | float), f"{self.id} is a choice, not a number"
        return float(self.value)

    @property
    def choice(self) -> str:
        """The value, where it is a choice."""
        assert isinstance(self.value, str), f"{self.id} is a number, not a choice"
        return self.value


@dataclass(frozen=True)
class Entry:
    """One entry of a list: a curve, a unit cost, a scenario. The part that uses the list reads its keys.

    `kind` is the name of the list, such as `natural.curve`; `file` is where it was written.
    """

    kind: str
    id: str
    keys: Mapping[str, Any]
    file: str
    is_from_reader: bool


@dataclass(frozen=True)
class Assumptions:
    """All assumptions of one audit: those of the package, with what a reader's file changes."""

    numbers: tuple[Assumption, ...]
    entries: tuple[Entry, ...]
    file: str | None = None

    def find(self, assumption_id: str) -> Assumption:
        """One assumption by its id.

        Raises
        ------
        UnknownName
            If there is none of that id.
        """
        known = {one.id: one for one in self.numbers}
        if assumption_id not in known:
            raise UnknownName("assumption", assumption_id, known, "`caseness assumptions` lists them.")
        return known[assumption_id]

    def number(self, assumption_id: str) -> float:
        """The value of an assumption that is a number.

        >>> from caseness.audit.assumptions import read_shipped_assumptions
        >>> read_shipped_assumptions().number("variation.smallest_denominator")
        500.0
        """
        return self.find(assumption_id).number

    def choice(self, assumption_id: str) -> str:
        """The value of an assumption that is a choice."""
        return self.find(assumption_id).choice

    def entries_of(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one list, the package's first."""
        return tuple(one for one in self.entries if one.kind == kind)

    @property
    def changed(self) -> tuple[Assumption, ...]:
        """The assumptions that a reader's file changes."""
        return tuple(one for one in self.numbers if one.is_changed)
