"""What a generator has to know of the programme: published, fitted and assumed facts, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from caseness.errors import UnknownName, UnreadableInput
from caseness.synthetic.quantities import Curve, Number, Shares, Spread

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

# `england_published.toml` is written by scripts/fit_synthetic.py, the others by hand: what no record is drawn from, but is compared
# with, and what is assumed.
FILES = ("england_published.toml", "england_beside.toml", "england_assumed.toml")

Fact = TypeVar("Fact", Number, Shares, Curve, Spread)


@dataclass(frozen=True)
class Month:
    """What happened in England in one month (measures M001, M031, M184, M056, M153, M075, M076, M082)."""

    month: str
    referrals: int
    accessing: int
    second: int
    ended: int
    ended_before: int
    treated_once: int
    finished: int
    appointments: int


@dataclass(frozen=True)
class Group:
    """The annual counts of one group of one breakdown. The outcomes are of those who finished a course.

    `code` is the code of the record where there is one, else the published label.
    """

    split: str
    code: str
    label: str
    referrals: int
    finished: int
    at_caseness: int
    not_at_caseness: int
    recovered: int
    reliably_recovered: int
    improved: int
    unchanged: int
    deteriorated: int

    @property
    def recovery_rate(self) -> float:
        """Recovered, of those judged for recovery (M192, as a fraction)."""
        return self.recovered / (self.finished - self.not_at_caseness)

    @property
    def reliable_recovery_rate(self) -> float:
        """Reliably recovered, of those judged for recovery (M195, as a fraction)."""
        return self.reliably_recovered / (self.finished - self.not_at_caseness)

    @property
    def improvement_rate(self) -> float:
        """Reliably improved, of those who finished (M186, as a fraction)."""
        return self.improved / self.finished

    @property
    def deterioration_rate(self) -> float:
        """Reliably deteriorated, of those who finished (M1010, as a fraction)."""
        return self.deteriorated / self.finished

    @property
    def finished_per_referral(self) -> float:
        """Courses finished for each referral received in the same year. Two cohorts, so no share."""
        return self.finished / self.referrals


@dataclass(frozen=True)
class Course:
    """First and last scores of courses of one therapy for one problem: means and population standard deviations.

    `problem` is a code of PresComp, or "all". `therapy` is a concept of CodeProcAndProcStatus, or "all": then the
    therapies are pooled, each course counted once.
    """

    problem: str
    therapy: str
    courses: int
    phq9_start: float
    phq9_start_sd: float
    phq9_end: float
    phq9_end_sd: float
    gad7_start: float
    gad7_start_sd: float
    gad7_end: float
    gad7_end_sd: float
    wsas_start: float
    wsas_start_sd: float
    wsas_end: float
    wsas_end_sd: float


@dataclass(frozen=True)
class Facts:
    """All that the generator is calibrated to. One financial year, with the months around it for growth and season."""

    year: str
    months: tuple[Month, ...]
    groups: tuple[Group, ...]
    courses: tuple[Course, ...]
    numbers: tuple[Number, ...]
    shares: tuple[Shares, ...]
    curves: tuple[Curve, ...]
    spreads: tuple[Spread, ...]
    group_source: str
    course_source: str
    month_source: str

    def number(self, name: str) -> float:
        """One number by its name. The manual lists all of them (reference/synthetic-facts).

        >>> load_facts().number("finished.contacts.mean")
        8.37513846
        """
        return _named("number", name, self.numbers).value

    def shares_of(self, name: str) -> Shares:
        """How one whole is divided, by its name.

        >>> round(load_facts().shares_of("attendance").by_code["3"], 3)
        0.091
        """
        return _named("division", name, self.shares)

    def curve(self, name: str) -> Curve:
        """One distribution, by its name.

        >>> round(float(load_facts().curve("wait.first").at(0.5)), 1)
        14.6
        """
        return _named("curve", name, self.curves)

    def spread(self, name: str) -> Spread:
        """How far one rate differs between providers, by its name."""
        return _named("spread", name, self.spreads)

    def groups_of(self, split: str) -> tuple[Group, ...]:
        """The groups of one breakdown, such as `problem`, `age`, `ethnicity`, `deprivation` or `gender`."""
        found = tuple(group for group in self.groups if group.split == split)
        if not found:
            raise UnknownName("breakdown", split, sorted({group.split for group in self.groups}))
        return found

    def course(self, problem: str = "all", therapy: str = "all") -> Course:
        """First and last scores of one problem and therapy. A cell that is not there is answered by the problem.

        >>> load_facts().course("F431", "449030000").phq9_start
        15.2
        """
        cells = {(course.problem, course.therapy): course for course in self.courses}
        order = ((problem, therapy), (problem, "all"), ("all", therapy), ("all", "all"))
        return cells[next(key for key in order if key in cells)]


@cache
def load_facts() -> Facts:
    """The facts that ship with the package.

    >>> load_facts().year
    '2024-25'
    """
    folder = files(__package__ or "")
    return read_facts(*(folder / name for name in FILES))


def read_facts(*paths: Path | Traversable) -> Facts:
    """Read facts from TOML files, each of which may hold a part.

    Raises
    ------
    UnreadableInput
        If a file is no TOML, holds a key or a fact that cannot be, or two facts of one name.
    """
    held: dict[str, Any] = {}
    for path in paths:
        try:
            for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
                held[key] = [*held.get(key, []), *value] if isinstance(value, list) else value
        except tomllib.TOMLDecodeError as problem:
            raise UnreadableInput(
                f"{path.name} is not TOML: {problem}. No synthetic record is made from it."
            ) from problem
    try:
        return _facts(held)
    except (KeyError, TypeError, ValueError) as problem:
        names = ", ".join(path.name for path in paths)
        raise UnreadableInput(
            f"The facts of {names} cannot be used: {problem}. No synthetic record is made."
        ) from problem


KINDS: Mapping[str, type] = {
    "months": Month,
    "groups": Group,
    "courses": Course,
    "numbers": Number,
    "shares": Shares,
    "curves": Curve,
    "spreads": Spread,
}


def _facts(held: Mapping[str, Any]) -> Facts:
    listed = {key: tuple(_entry(kind, row) for row in held[key]) for key, kind in KINDS.items()}
    for key in ("numbers", "shares", "curves", "spreads"):
        _require_unique([fact.name for fact in listed[key]])
    plain = {key: value for key, value in held.items() if key not in KINDS}
    return Facts(**listed, **plain)


def _entry(kind: type, row: Mapping[str, Any]) -> Any:
    declared = {field.name for field in fields(kind)}
    unknown = sorted(set(row) - declared)
    if unknown:
        raise ValueError(f"{kind.__name__} has no {', '.join(unknown)}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})


def _require_unique(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{name} is there twice")
        seen.add(name)


def _named(kind: str, name: str, facts: Iterable[Fact]) -> Fact:
    known = {fact.name: fact for fact in facts}
    if name not in known:
        raise UnknownName(kind, name, known)
    return known[name]
