"""What a column and a table of the record are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import pyarrow as pa

from caseness.codes import code_list
from caseness.errors import UnknownName

# The columns that reading puts in front: which submission a row came in, and which row it is.
SUBMISSION = "submission"
ROW_ID = "row_id"

VERSIONS = ("2.0", "2.1")
NEEDS = ("mandatory", "required", "optional", "pilot")
# Where a table comes from. An extension never enters an official submission.
SUBMITTED = "submission"
EXTENSION = "extension"
ORIGINS = (SUBMITTED, EXTENSION)
# When the rows of a table are sent: a referral each month until it has ended, a contact in its month only.
ONCE = "once per submission"
MONTHLY = "resubmitted monthly"
OWN_MONTH = "in its own month"
FLOWS = (ONCE, MONTHLY, OWN_MONTH)

# A month is text, because no engine has a type for it. Seconds are the finest that is submitted.
_ARROW: Mapping[str, pa.DataType] = MappingProxyType(
    {
        "text": pa.string(),
        "date": pa.date32(),
        "time": pa.time32("s"),
        "timestamp": pa.timestamp("s"),
        "month": pa.string(),
        "integer": pa.int64(),
    }
)
TYPES = tuple(_ARROW)


@dataclass(frozen=True)
class Column:
    """A column of a table, as the data set declares it.

    `uid` is the official id of the item, empty where none was read. `need` says whether a blank is accepted:
    `mandatory` items reject the row or the file, `required` ones are to be given where known. `codes` names
    a list of `caseness.codes`, `former_name` what version 2.0 called it, and `max_length` counts characters.
    """

    name: str
    uid: str
    type: str
    meaning: str
    need: str
    codes: str | None = None
    unit: str | None = None
    max_length: int | None = None
    versions: tuple[str, ...] = VERSIONS
    former_name: str | None = None
    source: str = ""

    def __post_init__(self) -> None:
        _require(self.type in TYPES, f"{self.name}: type must be one of {', '.join(TYPES)}")
        _require(self.need in NEEDS, f"{self.name}: need must be one of {', '.join(NEEDS)}")
        _require(bool(self.meaning), f"{self.name}: a column has a meaning")
        if self.codes:
            code_list(self.codes)

    @property
    def is_nullable(self) -> bool:
        """Whether a blank is accepted."""
        return self.need != "mandatory"

    @property
    def arrow(self) -> pa.DataType:
        """The type in Arrow."""
        return _ARROW[self.type]


@dataclass(frozen=True)
class Reference:
    """A link to a parent: the table, and the column that both have by the same name."""

    table: str
    column: str


@dataclass(frozen=True)
class Table:
    """A table of the record. `key` names the columns of which no two rows of a submission are the same.

    Raises
    ------
    ValueError
        If a name of the key or of a link to a parent is no column, or a column is there twice.

    Examples
    --------
    >>> from caseness.record import table
    >>> table("referral").column("EndCode").codes
    'EndCode'
    >>> table("IDS205").schema.field("DurationIntEnabledTher").type
    DataType(int64)
    """

    id: str
    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parents: tuple[Reference, ...] = ()
    origin: str = SUBMITTED
    flows: str = MONTHLY
    versions: tuple[str, ...] = VERSIONS
    source: str = ""

    def __post_init__(self) -> None:
        _require(self.origin in ORIGINS, f"{self.id}: origin must be one of {', '.join(ORIGINS)}")
        _require(self.flows in FLOWS, f"{self.id}: flows must be one of {', '.join(FLOWS)}")
        _require(bool(self.source), f"{self.id}: a table names its source")
        _require(len(self._by_name) == len(self.columns), f"{self.id}: a column is declared twice")
        for name in (*self.key, *(parent.column for parent in self.parents)):
            _require(name in self._by_name, f"{self.id}: {name!r} is no column of it")

    @cached_property
    def _by_name(self) -> Mapping[str, Column]:
        return {each.name: each for each in self.columns}

    @property
    def is_submitted(self) -> bool:
        """Whether the table is part of an official submission. An extension never is."""
        return self.origin == SUBMITTED

    @property
    def sent(self) -> str:
        """When its rows are sent, as a sentence."""
        if not self.is_submitted:
            return "It never enters an official submission."
        return {
            ONCE: "It is sent once in each submission.",
            MONTHLY: "Its rows are sent again each month, for as long as the referral is open.",
            OWN_MONTH: "Its rows are sent once, in the month to which they belong.",
        }[self.flows]

    @property
    def short_id(self) -> str:
        """The id without its words: `IDS101` for `IDS101Referral`."""
        return self.id[: 6 if self.is_submitted else 5]

    def column(self, name: str) -> Column:
        """One column by its name, or `UnknownName`."""
        found = self._by_name.get(name)
        if found is None:
            raise UnknownName("column", f"{self.id}.{name}", [f"{self.id}.{each}" for each in self._by_name])
        return found

    def columns_of(self, version: str) -> tuple[Column, ...]:
        """The columns that a version of the data set has."""
        return tuple(each for each in self.columns if version in each.versions)

    @cached_property
    def schema(self) -> pa.Schema:
        """The declared columns as an Arrow schema, in order. All accept null, since a blank is found by checking."""
        return pa.schema([pa.field(each.name, each.arrow) for each in self.columns])


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise ValueError(otherwise)
