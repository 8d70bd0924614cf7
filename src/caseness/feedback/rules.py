"""What signals and norms go by: numbers and words as data, each number with its source or why it is assumed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from caseness.errors import CasenessError, suggest
from caseness.instruments import Sourced


class BadRules(CasenessError):
    """A file that changes what signals go by cannot be read, or holds what makes no sense."""

    exit_code = 25


@dataclass(frozen=True, kw_only=True)
class Number(Sourced):
    """A number that signals or norms go by, and between what it may be changed."""

    id: str
    value: float
    low: float
    high: float
    says: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.low <= self.value <= self.high:
            raise ValueError(f"it lies between {self.low:g} and {self.high:g}")


@dataclass(frozen=True)
class Words:
    """What a signal is called, which outcome it is measured against (none if empty), and what to consider."""

    id: str
    title: str
    accuracy_of: str
    consider: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """All of them, by id.

    Examples
    --------
    >>> rules = read_rules()
    >>> rules.whole("early_session"), rules.of("band"), rules.words["sawtooth"].title
    (4, 0.8, 'Scores go up and down')
    """

    numbers: Mapping[str, Number]
    words: Mapping[str, Words]

    def of(self, name: str) -> float:
        """A number by its id."""
        return self.numbers[name].value

    def whole(self, name: str) -> int:
        """A number that counts something."""
        return int(self.numbers[name].value)

    @property
    def values(self) -> dict[str, float]:
        """All numbers, by id."""
        return {name: one.value for name, one in self.numbers.items()}


def read_rules(path: Path | None = None) -> Rules:
    """The rules that come with the package, with the changes of a file of lines such as `early_session = 5`.

    Raises
    ------
    BadRules
        If the file cannot be read, or names a number that there is not, or one that cannot be.
    """
    shipped = _shipped()
    if path is None:
        return shipped
    changed = {name: _changed(path, shipped, name, given) for name, given in _read(path).items()}
    found = replace(shipped, numbers={**shipped.numbers, **changed})
    for is_so, otherwise in _sense(found):
        if not is_so:
            raise BadRules(f"{path.name}: {otherwise}. Nothing was done.")
    return found


def _sense(rules: Rules) -> tuple[tuple[bool, str], ...]:
    parts = rules.of("fitted_part") + rules.of("margin_part")
    return (
        (rules.of("band") < rules.of("strict_band"), "strict_band is above band"),
        (rules.of("adverse_first") <= rules.of("adverse_last"), "adverse_last is not before adverse_first"),
        (rules.of("not_seen_days") <= rules.of("not_seen_long_days"), "not_seen_long_days is not before not_seen_days"),
        (parts < 0.95, "fitted_part and margin_part leave nobody to judge norms by"),
    )


@cache
def _shipped() -> Rules:
    told: dict[str, Any] = tomllib.loads(files("caseness.feedback").joinpath("rules.toml").read_text(encoding="utf-8"))
    numbers = {each["id"]: Number(**each) for each in told["number"]}
    words = {each["id"]: Words(**{**each, "consider": tuple(each["consider"])}) for each in told["signal"]}
    return Rules(numbers, words)


def _read(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is no TOML"
        raise BadRules(f"{path.name} cannot be read as rules of signals: {why}. Nothing was done.") from problem


def _changed(path: Path, shipped: Rules, name: str, given: object) -> Number:
    if name not in shipped.numbers:
        hint = suggest(name, shipped.numbers) or f"There are {', '.join(shipped.numbers)}."
        raise BadRules(f"{path.name}: there is no number {name!r}. {hint} Nothing was done.")
    one = shipped.numbers[name]
    if isinstance(given, bool) or not isinstance(given, int | float) or (_counts(one) and given % 1 != 0):
        kind = "a whole number" if _counts(one) else "a number"
        raise BadRules(f"{path.name}: {name} is {given!r}, and must be {kind}. Nothing was done.")
    try:
        return replace(one, value=given, source=path.name, verified=False, reason="Changed by a file.")
    except ValueError as problem:
        raise BadRules(f"{path.name}: {name} is {given!r}, but {problem}. Nothing was done.") from problem


# What is a whole number as it is shipped, and may not be a fraction of one, counts something.
def _counts(one: Number) -> bool:
    return one.value % 1 == 0 and one.high >= 1
