"""What a questionnaire is made of: items, thresholds, norms, bands and rules, each with its source."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

CASENESS, RELIABLE_CHANGE, ALLIANCE = "caseness", "reliable change", "alliance"
KINDS = (CASENESS, RELIABLE_CHANGE, ALLIANCE)
CLINICAL, FUNCTIONAL = "clinical", "functional"
POPULATIONS = ("", CLINICAL, FUNCTIONAL)
MEAN, SD = "mean", "SD"
ALPHA, RETEST = "Cronbach's alpha", "test-retest reliability"
OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "at or above": operator.ge,
    "above": operator.gt,
    "at or below": operator.le,
    "below": operator.lt,
}


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Something that a source gives. What is not verified says in `reason` why it is not."""

    source: str = ""
    verified: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        _require(self.verified != bool(self.reason), "there is a reason if, and only if, it is not verified")
        _require(not self.verified or bool(self.source), "what is verified names its source")

    def is_usable(self, with_unverified: bool = False) -> bool:
        """Whether it may be used: always if verified, else only where that was asked for."""
        return self.verified or with_unverified


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `low` and `high` are its lowest and highest answer, None where it is answered in words.

    `words` are legal answers that are no number, such as Y, and `not_applicable` those that
    say that the question does not apply. `wording` is empty where it may not be shown.
    """

    number: int
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    id: str = ""
    about: str = ""
    is_reversed: bool = False
    words: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    snomed: str = ""
    loinc: str = ""
    wording: str = ""

    def __post_init__(self) -> None:
        _require((self.low is None) == (self.high is None), "an item has both ends, or neither")
        _require(self.low is not None or bool(self.words), f"item {self.number} has no answer")
        if self.low is not None and self.high is not None:
            _require(self.low < self.high, f"item {self.number}: the low end is below the high end")


@dataclass(frozen=True, kw_only=True)
class Option:
    """An answer, and what it is called on the form."""

    value: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Threshold(Sourced):
    """A line on the scale, or the smallest change that exceeds the scale's own error.

    `since` and `until` are the first and the last day on which it held. An `official`
    one belongs to England's programme; any other comes from the literature.
    """

    kind: str
    value: float
    operator: str
    official: bool
    since: date | None = None
    until: date | None = None
    note: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(self.kind in KINDS, f"kind must be one of {', '.join(KINDS)}")
        _require(self.operator in OPERATORS, f"operator must be one of {', '.join(OPERATORS)}")
        if self.since and self.until:
            _require(self.since <= self.until, "a threshold ends after it begins")

    def covers(self, on: date | None) -> bool:
        """Whether it held on a day. None asks for the one that has no end."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def holds(self, value: Any) -> Any:
        """Whether a number, or each of an array or a column, is on this side of the line.

        >>> Threshold(kind="caseness", value=10, operator="at or above", official=True, source="s", verified=True).holds(9)
        False
        """
        return OPERATORS[self.operator](value, self.value)

    def __str__(self) -> str:
        return f"{self.operator} {self.value:g}"


@dataclass(frozen=True, kw_only=True)
class Norm(Sourced):
    """A statistic of a group of people: the mean, the SD, or a reliability of a kind that is named.

    `population` says for which side of a cut-off a mean or an SD stands, clinical or functional, and is empty where
    it stands for neither.
    """

    statistic: str
    value: float
    group: str
    people: int | None = None
    population: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _require(self.population in POPULATIONS, f"population must be one of {', '.join(filter(None, POPULATIONS))}")


@dataclass(frozen=True, kw_only=True)
class Band(Sourced):
    """A stretch of the scale with a name. Both ends are part of it."""

    low: float
    high: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Missing(Sourced):
    """How many answers may be missing for a total in proportion to those given. It is for display, and never submitted."""

    may_be_missing: int
    rule: str


@dataclass(frozen=True, kw_only=True)
class Risk(Sourced):
    """The item about risk. An answer above `above` asks for a review in the same session, whatever the total."""

    item: int
    above: int


@dataclass(frozen=True, kw_only=True)
class Former(Sourced):
    """The range that was in force until a day, which is its last."""

    low: float
    high: float
    decimals: int
    until: date


@dataclass(frozen=True, kw_only=True)
class Licence(Sourced):
    """Under which terms the questionnaire may be used, and whether its wording may be shown."""

    name: str
    holder: str
    wording_may_be_shown: bool
    attribution: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What stands above the items, and the sources that were compared. `note` says where they differ."""

    stem: str
    typed_from: str
    compared_with: str
    note: str = ""


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise ValueError(otherwise)
