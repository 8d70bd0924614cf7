"""What figures can be broken down by: a variable, its values in order, and the condition of each in words and in code.

The conditions read the grain of attributes, so they are declared like those of measures: a parameter names a column.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any

import ibis

from caseness.derive.sets import OTHERS, Kind
from caseness.measures.algebra import Condition
from caseness.published.labels import labels

# What the condition of a value can read that is no column of the grain: whether the referral ended in the period.
ENDED_IN_PERIOD = "ended_in_period"
NOWHERE = -1
# Codes of a country are tens of millions, so each is as short as it can be: 15 bits beside the sign.
_BITS = 16
DECILE = "deprivation_decile"
NOT_STATED = "Not stated/Not known/Invalid"


@dataclass(frozen=True)
class Value:
    """One value of a variable. `within` is the main group in which it stands, if it stands in one.

    A value without a condition holds all rows that no other value has. One without a label is its main group as a whole,
    and without a condition either, all rows of the values in that group.
    """

    label: str
    where: Condition | None = None
    within: str = ""

    @property
    def says(self) -> str:
        """The condition in words."""
        rest = "none of the others" if self.label else "all of the group"
        return self.where.says if self.where else rest

    @property
    def name(self) -> str:
        """The value with its main group."""
        return ": ".join(filter(None, (self.within, self.label)))

    @property
    def groups(self) -> tuple[str, str | None]:
        """Its group, and the group within that one, as figures have them: published labels are made alike."""
        label = labels("group").get(self.label, self.label)
        return (self.within, label or None) if self.within else (label, None)


@dataclass(frozen=True)
class Variable:
    """Something that figures are broken down by.

    `id` is the official one, or ours where there is none; `title` what is published for it, and `split` what figures
    call it. A row is in the first value whose condition holds, or, where values `overlap`, in each whose condition does.
    `assumed` are rules of `derive` on which it rests. `why` says what it shows.
    """

    id: str
    title: str
    values: tuple[Value, ...]
    why: str
    overlaps: bool = False
    assumed: tuple[str, ...] = ()
    split: str = ""
    source: str = ""

    def __str__(self) -> str:
        return self.id

    @property
    def called(self) -> str:
        """What the column `split_1` of a figure says."""
        return self.split or self.title

    @property
    def is_official(self) -> bool:
        """Whether it is one of the official quarterly variables."""
        return self.id.startswith("V")

    @property
    def needs_deciles(self) -> bool:
        """Whether it reads deciles of deprivation, which no record holds."""
        return DECILE in self.columns

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the grain of attributes that it reads, each once."""
        read = [name for value in self.values if value.where for name in value.where.columns]
        return tuple(dict.fromkeys(read))

    @cached_property
    def wholes(self) -> dict[int, int]:
        """For the places of values, that of the value that is their main group as a whole, where there is one."""
        whole = {value.within: place for place, value in enumerate(self.values) if not (value.label or value.where)}
        return {
            place: whole[value.within]
            for place, value in enumerate(self.values)
            if value.label and value.within in whole
        }

    @property
    def _rest(self) -> int | None:
        rest = (place for place, value in enumerate(self.values) if value.label and value.where is None)
        return next(rest, None)

    def code(self, rows: Any) -> Any:
        """Which value each row has: its place, or where values overlap a bit for each."""
        return self._set(rows) if self.overlaps else self._first(rows)

    def _first(self, rows: Any) -> Any:
        told = [(value.where.of(rows), place) for place, value in enumerate(self.values) if value.where]
        return ibis.cases(*told, else_=NOWHERE if self._rest is None else self._rest).cast("int8")

    def _set(self, rows: Any) -> Any:
        told = [(1 << place, value.where.of(rows)) for place, value in enumerate(self.values) if value.where]
        found = reduce(or_, (ibis.ifelse(holds, bit, 0) for bit, holds in told))
        return (found if self._rest is None else ibis.ifelse(found == 0, 1 << self._rest, found)).cast(
            "int16" if len(self.values) < _BITS else "int32"
        )


def holds(kind: Kind, group: str, says: str = "") -> Condition:
    """A set of codes has one of a group."""
    bit = kind.bit(group)
    listed = ", ".join(kind.groups.get(group, ("a code of no list",)))
    return Condition((kind.name,), f"{says or 'recorded'} ({listed})", lambda cell: (cell & bit) > 0)


def holds_other(kind: Kind, says: str) -> Condition:
    """A set of codes has one that no group lists."""
    return replace(holds(kind, OTHERS), says=says)


def holds_none(kind: Kind, says: str) -> Condition:
    """A set of codes is empty."""
    return Condition((kind.name,), says, lambda cell: cell == 0)


def numbered(column: str, at_least: int | None, at_most: int | None, unit: str = "years") -> Condition:
    """A number in a column lies in a range that holds both its ends. A blank lies in none."""

    def test(number: Any) -> Any:
        low = number >= at_least if at_least is not None else ibis.literal(True)
        return low & (number <= at_most) if at_most is not None else low

    if at_least is not None and at_most is not None:
        says = f"{at_least} to {at_most} {unit}"
    else:
        says = f"{at_least} {unit} or more" if at_most is None else f"{at_most} {unit} or less"
    return Condition((column,), says, test)


def starts(column: str, beginnings: tuple[str, ...]) -> Condition:
    """A code in a column begins with one of some texts. A blank does not."""

    def test(code: Any) -> Any:
        return ibis.or_(*(code.startswith(each) for each in beginnings))

    return Condition((column,), f"begins with {' or '.join(beginnings)}", test)
