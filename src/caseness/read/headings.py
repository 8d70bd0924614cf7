"""The names in the header of a table, matched to the declared columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from caseness.errors import UnreadableRecord
from caseness.read.limits import COLUMNS
from caseness.record import ROW_ID, SUBMISSION, table

# What NHS England's extracts call the submission of a row.
UNIQUE_SUBMISSION = "UniqueSubmissionID"
_SYSTEM = (SUBMISSION, ROW_ID, UNIQUE_SUBMISSION)
_NAMES_SHOWN = 10


@dataclass(frozen=True)
class Heading:
    """Where each column that is known stands in a table, and the names that are not known.

    `places` maps a declared name (or `submission`, `row_id`, `UniqueSubmissionID`) to its place from 0.
    """

    places: Mapping[str, int]
    unknown: tuple[str, ...] = ()
    former: tuple[str, ...] = ()

    @property
    def submission_column(self) -> str | None:
        """The column that says which submission a row belongs to, if there is one."""
        return next((name for name in (SUBMISSION, UNIQUE_SUBMISSION) if name in self.places), None)

    def notes(self, where: str) -> list[str]:
        """What to say of names that are not known, or are those of version 2.0."""
        notes = []
        if self.unknown:
            notes.append(
                f"{where}: {len(self.unknown)} columns are not in the table's declaration and were not kept: "
                f"{_listed(self.unknown)}."
            )
        if self.former:
            notes.append(f"{where}: read under the name of version 2.0: {', '.join(self.former)}.")
        return notes


def read_heading(table_id: str, names: Sequence[str], where: str) -> Heading:
    """Match names to the columns of a table, whatever their case. Names of version 2.0 count where the new is absent.

    Raises
    ------
    UnreadableRecord
        If a name is there twice, there are too many, or not one is a column of the table.

    Examples
    --------
    >>> read_heading("IDS101Referral", ["servicerequestid", "SourceOfReferralMH", "Shoe"], "a.csv").unknown
    ('Shoe',)
    """
    stripped = [name.strip() for name in names]
    _require_once(stripped, where)
    current, former = _declared(table_id)
    places, renamed, unknown = {}, [], []
    for place, name in enumerate(stripped):
        if found := current.get(name.casefold()):
            places[found] = place
    for place, name in enumerate(stripped):
        if name.casefold() in current or not name:
            continue
        found = former.get(name.casefold())
        if found is None or found in places:
            unknown.append(name)
        else:
            places[found] = place
            renamed.append(f"{name} as {found}")
    _require_some(places, table_id, where)
    return Heading(places, tuple(unknown), tuple(renamed))


def count_known(table_id: str, names: Sequence[str]) -> int:
    """How many names are columns of the table."""
    current, former = _declared(table_id)
    return len({name.strip().casefold() for name in names} & (current.keys() | former.keys()))


@cache
def _declared(table_id: str) -> tuple[dict[str, str], dict[str, str]]:
    columns = table(table_id).columns
    current = {name.casefold(): name for name in (*_SYSTEM, *(each.name for each in columns))}
    former = {each.former_name.casefold(): each.name for each in columns if each.former_name}
    return current, former


def _require_once(names: Sequence[str], where: str) -> None:
    if len(names) > COLUMNS:
        raise UnreadableRecord(
            f"{where} has {len(names):,} columns, and no table has more than {COLUMNS:,}. None of its rows is taken. "
            "Look whether it is a table at all."
        )
    keys = [name.casefold() for name in names if name]
    repeated = sorted({name for name in names if keys.count(name.casefold()) > 1})
    if repeated:
        raise UnreadableRecord(
            f"{where}: {len({name.casefold() for name in repeated})} column names are there more than once: {_listed(repeated)}. None of its rows is "
            "taken, since it cannot be told which column holds the value. Delete the one that is not wanted."
        )


def _require_some(places: Mapping[str, int], table_id: str, where: str) -> None:
    if not set(places) - set(_SYSTEM):
        raise UnreadableRecord(
            f"{where} is named for {table_id}, and its first line holds none of that table's column names. None of its "
            f"rows is taken. Give it a header line (see `caseness tables {table_id}`), or another name."
        )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:60]) for name in names[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else f"{shown} and {len(names) - _NAMES_SHOWN} more"
