"""A programme's own rules as frozen data: its stages, outcome rule, endings, targets and breaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from caseness.errors import UnknownName
from caseness.periods import Period

CASE_IS = ("at or above", "above")
BREAK_KINDS = ("meaning", "name", "begins", "ends")


@dataclass(frozen=True)
class Stage:
    """A step of the journey. `clock` is the event that places a referral in a period.

    `figure_id` is empty where no official figure counts it.
    """

    id: str
    label: str
    meaning: str
    clock: str
    figure_id: str = ""
    source: str = ""


@dataclass(frozen=True)
class Measure:
    """A questionnaire of the outcome rule, by the id of its instrument.

    A number is None where no source gave it, and then `note` or `unknown` says so: `unknown`
    is what nobody published or what was not found.
    """

    id: str
    name: str
    used_for: str
    case_is: str
    source: str
    caseness: float | None = None
    reliable_change: float | None = None
    note: str = ""
    unknown: str = ""

    def __post_init__(self) -> None:
        _require(self.case_is in CASE_IS, f"case_is must be one of {', '.join(CASE_IS)}")
        complete = self.caseness is not None and self.reliable_change is not None
        said = bool(self.note or self.unknown)
        _require(complete or said, "a missing threshold needs a note that says so, or `unknown`")
        _require(not (complete and self.unknown), "nothing is unknown where both thresholds are given")


@dataclass(frozen=True)
class Outcome:
    """One part of the outcome rule. The official rate is `figure_id` over the sum of `of` minus that of `less`.

    `figure_id` is empty where no official figure counts it.
    """

    id: str
    label: str
    meaning: str
    source: str
    figure_id: str = ""
    rate_id: str | None = None
    of: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class EndGroup:
    """A kind of ending, to which end codes belong."""

    id: str
    label: str


@dataclass(frozen=True)
class EndCode:
    """A reason for ending, and the figure that counts it. `code` is None for invalid and for none recorded.

    `figure_id` is empty where no official figure counts it, as for a programme's own codes.
    """

    label: str
    group: str
    code: str | None = None
    figure_id: str = ""
    meaning: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.code or self.figure_id), "an end code has a code, a figure_id, or both")

    @property
    def name(self) -> str:
        """What it is called in a message: its figure, or else its code."""
        return self.figure_id or str(self.code)


@dataclass(frozen=True)
class Target:
    """A standard the programme was set, and when. `at_least` is a percentage.

    `since` and `until` are the first and the last day; no last day means that none was
    read. A target that is not verified carries the `reason`, and is shown only with it.
    """

    id: str
    label: str
    rate_id: str
    of: str
    at_least: float
    since: date
    source: str
    verified: bool
    until: date | None = None
    reason: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        _require(0 < self.at_least <= 100, "at_least must be a percentage")
        _require(self.until is None or self.since < self.until, "a target ends after it begins")
        _require(not self.verified or bool(self.source), "a verified target names its source")
        _require(self.verified != bool(self.reason), "a target has a reason if, and only if, it is not verified")

    def covers(self, period: Period) -> bool:
        """Whether it was in force for the whole of a period."""
        return self.since <= period.start and (self.until is None or period.end <= self.until)


@dataclass(frozen=True)
class Break:
    """A month from which a published series is different: in meaning, in name, or in being there.

    `affects` holds figure ids; none means the whole release. `until` is the last month
    that is different, where the series then returns to what it was.
    """

    id: str
    kind: str
    month: Period
    affects: tuple[str, ...]
    label: str
    what: str
    source: str
    until: Period | None = None

    def __post_init__(self) -> None:
        _require(self.kind in BREAK_KINDS, f"kind must be one of {', '.join(BREAK_KINDS)}")


@dataclass(frozen=True)
class Unknown:
    """Something that belongs to a programme and was not found: a target, a stage, a list of end codes.

    `section` is where it would stand, and `unknown` says what nobody published or what was not
    found. It takes the place of the entry: nothing is computed with it, and it is always shown.
    """

    section: str
    id: str
    label: str
    unknown: str


@dataclass(frozen=True)
class Programme:
    """A programme: what it is called, the journey through it, and the rules it judges itself by.

    `codes` names the code lists of `caseness.codes` that its record uses.

    Examples
    --------
    >>> from caseness.programme import load
    >>> england = load("england")
    >>> england.outcome("recovery").less
    ('M179',)
    >>> [target.at_least for target in england.targets_for("M053", Period.parse("2024-25"))]
    [75]
    """

    id: str
    name: str
    country: str
    source: str
    stages: tuple[Stage, ...]
    measures: tuple[Measure, ...]
    outcomes: tuple[Outcome, ...]
    end_groups: tuple[EndGroup, ...]
    end_codes: tuple[EndCode, ...]
    targets: tuple[Target, ...]
    breaks: tuple[Break, ...]
    unknowns: tuple[Unknown, ...] = ()
    former_name: str = ""
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for kind in (self.stages, self.measures, self.outcomes, self.end_groups, self.targets, self.breaks):
            _require_different(entry.id for entry in kind)
        _require_different(entry.figure_id for entry in self.end_codes if entry.figure_id)
        _require_different(entry.code for entry in self.end_codes if entry.code)
        groups = {group.id for group in self.end_groups}
        for entry in self.end_codes:
            _require(entry.group in groups, f"end code {entry.name} is in no declared group: {entry.group!r}")

    def stage(self, stage_id: str) -> Stage:
        """One stage by its id, or `UnknownName`."""
        return _find("stage", stage_id, self.stages)

    def measure(self, measure_id: str) -> Measure:
        """One questionnaire by its id, or `UnknownName`."""
        return _find("questionnaire", measure_id, self.measures)

    def outcome(self, outcome_id: str) -> Outcome:
        """One part of the outcome rule by its id, or `UnknownName`."""
        return _find("outcome", outcome_id, self.outcomes)

    def what_is_unknown(self) -> tuple[Unknown, ...]:
        """All that is not known of it: whole entries, and the thresholds that a questionnaire lacks.

        Examples
        --------
        >>> from caseness.programme import load
        >>> [one.id for one in load("norway").what_is_unknown() if one.section == "target"]
        ['recovery', 'wait']
        """
        lacking = (Unknown("measure", one.id, one.name, one.unknown) for one in self.measures if one.unknown)
        return (*lacking, *self.unknowns)

    def codes_of(self, group_id: str) -> tuple[EndCode, ...]:
        """The end codes of one group, or `UnknownName`."""
        group = _find("group of end codes", group_id, self.end_groups)
        return tuple(entry for entry in self.end_codes if entry.group == group.id)

    def targets_for(self, rate_id: str, period: Period) -> tuple[Target, ...]:
        """The targets for a rate that were in force for the whole of a period."""
        return tuple(target for target in self.targets if target.rate_id == rate_id and target.covers(period))

    def breaks_in(self, figure_ids: Iterable[str], kinds: Iterable[str] = ("meaning",)) -> tuple[Break, ...]:
        """The breaks that touch any of these figures, oldest first. Names and gaps only when asked for."""
        asked, wanted = set(figure_ids), set(kinds)
        found = [
            each for each in self.breaks if each.kind in wanted and (asked & set(each.affects) or not each.affects)
        ]
        return tuple(sorted(found, key=lambda each: each.month))


Entry = TypeVar("Entry", Stage, Measure, Outcome, EndGroup)


def _find(kind: str, asked: str, entries: tuple[Entry, ...]) -> Entry:
    for entry in entries:
        if entry.id == asked:
            return entry
    raise UnknownName(kind, asked, [entry.id for entry in entries])


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise ValueError(otherwise)


def _require_different(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        _require(name not in seen, f"{name!r} is declared twice")
        seen.add(name)
