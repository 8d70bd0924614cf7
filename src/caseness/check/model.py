"""What a rule is, what it finds, and what checking needs of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from caseness.record import Reference

if TYPE_CHECKING:
    import ibis
    from ibis.expr.types import BooleanValue

# Worst first. A file rejection takes the whole submission with it, a group rejection what hangs on the row.
FILE, GROUP, RECORD, WARNING = "file", "group", "record", "warning"
SEVERITIES = (FILE, GROUP, RECORD, WARNING)

# Who is checked: a service that submits to NHS England, or a practice that does not.
SUBMISSION_PROFILE, PRACTICE_PROFILE = "submission", "practice"
PROFILES = (SUBMISSION_PROFILE, PRACTICE_PROFILE)
VERSIONS = ("2.0", "2.1")

Tables = Callable[[str], "ibis.Table"]
# How many rows of each submission. None stands for rows of which reading does not know the submission.
Counts = Mapping[int | None, int]


class Scope(Protocol):
    """The tables of a record, as rules see them."""

    def table(self, table_id: str) -> ibis.Table:
        """The well-formed rows of a table."""
        ...

    def beside(self, table_id: str, *wanted: str) -> ibis.Table:
        """The same rows, with what is asked for beside each."""
        ...


class RowCounts(Protocol):
    """How many rows of a table were read, and what became of them."""

    @property
    def read(self) -> int: ...
    @property
    def kept(self) -> int: ...
    @property
    def rejected(self) -> int: ...


class SubmissionHeader(Protocol):
    """What the rules ask of a submission's header."""

    @property
    def id(self) -> int: ...
    @property
    def provider(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def period_start(self) -> date: ...
    @property
    def period_end(self) -> date: ...


class SuppliedFile(Protocol):
    """A file of a record, and why it was not read where it was not."""

    @property
    def name(self) -> str: ...
    @property
    def ignored(self) -> str: ...


class Readable(Protocol):
    """What checking needs of a record."""

    @property
    def files(self) -> Sequence[SuppliedFile]: ...
    @property
    def notes(self) -> Sequence[str]: ...
    @property
    def submissions(self) -> Sequence[SubmissionHeader]: ...
    @property
    def rows(self) -> Mapping[str, RowCounts]: ...
    def table(self, table_id: str) -> ibis.Table: ...
    def has(self, table_id: str) -> bool: ...
    def rejected(self, table_id: str) -> ibis.Table: ...


@dataclass(frozen=True)
class Row:
    """A test of one row. `faulty` is true for a faulty row; null is no fault. `beside` names what is joined to it."""

    faulty: Callable[[ibis.Table], BooleanValue]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """A test of rows against other rows: a relation of the `submission` and `row_id` that are at fault."""

    faulty: Callable[[Scope], ibis.Table]


@dataclass(frozen=True)
class Unreadable:
    """A cell that reading could not turn into its column's type. Without a column: any other reason."""

    column: str = ""


@dataclass(frozen=True)
class Empty:
    """A submission without a row in this table."""


@dataclass(frozen=True)
class Childless:
    """A row without a sound row of another table that names it."""

    child: Reference


@dataclass(frozen=True)
class OfRejected:
    """A row whose parent is rejected."""

    parent: Reference


@dataclass(frozen=True)
class NothingKept:
    """A submission of which no row of this table is left."""


Test = Row | Relation | Unreadable | Empty | Childless | OfRejected | NothingKept


@dataclass(frozen=True)
class Rule:
    """One rule as data.

    `id` is ours; `official` holds the numbers of the same rule in the published validations of version 2.0. A rule
    that is not `verified` carries the `reason`. `effect` says what a fault does to the figures.

    Raises
    ------
    ValueError
        If the severity, a profile or a version is unknown, or a text is missing.
    """

    id: str
    table: str
    columns: tuple[str, ...]
    severity: str
    says: str
    effect: str
    remedy: str
    source: str
    test: Test
    official: tuple[str, ...] = ()
    verified: bool = True
    reason: str = ""
    profiles: tuple[str, ...] = PROFILES
    versions: tuple[str, ...] = VERSIONS

    def __post_init__(self) -> None:
        _require(self.severity in SEVERITIES, f"{self.id}: severity must be one of {', '.join(SEVERITIES)}")
        _require(set(self.profiles) <= set(PROFILES), f"{self.id}: profiles are {', '.join(PROFILES)}")
        _require(set(self.versions) <= set(VERSIONS), f"{self.id}: versions are {', '.join(VERSIONS)}")
        _require(all((self.says, self.effect, self.remedy, self.source)), f"{self.id}: a text is missing")
        _require(
            self.verified != bool(self.reason), f"{self.id}: a reason is given if, and only if, it is not verified"
        )

    @property
    def rejects(self) -> bool:
        """Whether a fault takes the row out."""
        return self.severity != WARNING

    @property
    def is_consequence(self) -> bool:
        """Whether it tells only what another fault took along."""
        return isinstance(self.test, OfRejected | NothingKept)


@dataclass(frozen=True)
class Finding:
    """What a rule found: how many rows of how many, and which. Never a value.

    `of` counts the rows that were judged; where a rule is about whole submissions, both count submissions. `rows`
    are the first row ids, in order. Reading may not know the submission of a row: it is then None.
    """

    rule: Rule
    count: int
    of: int
    by_submission: Counts
    rows: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        """The share of the rows that were judged, from 0 to 1."""
        return self.count / self.of if self.of else 1.0


@dataclass(frozen=True)
class TableCount:
    """What became of the rows of a table. `read` is always the sum of the other three."""

    read: int
    unreadable: int
    rejected: int
    kept: int


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise ValueError(otherwise)
