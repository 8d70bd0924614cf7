"""What the pages of import and export show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db import connection

from caseness.record import table
from caseness.report.findings import HEADINGS
from caseness.web.exchange.looking_through import rows_of
from caseness.web.exchange.models import State, Transfer, Way
from caseness.web.exchange.scope import transfers_of
from caseness.web.exchange.transfers import SMALL_ROWS, progress_of
from caseness.web.exchange.unpacking import LIMITS
from caseness.web.services.reader import Reader

_SHOWN = 20
_COLOURS = {State.DONE: "green", State.FAILED: "red", State.CHECKED: "blue", State.DISCARDED: "grey"}
_LEFT = {
    "superseded": "replaced by a later submission of the same month",
    "rejected": "rejected whole",
    "imported before": "imported before",
}


# Of a word that does not end in its plural.
_SINGULAR = {"activities": "activity"}
# What an import counts that is no change.
_NO_NEWS = frozenset({"rows_rejected", "submissions_superseded", "submissions_rejected", "submissions_imported_before"})


@dataclass(frozen=True)
class ExchangePage:
    """The forms, and what was imported and exported last."""

    reader: Reader

    def read(self) -> None:
        """The list."""
        _ = self.transfers

    @cached_property
    def transfers(self) -> list[TransferRow]:
        """The last ones."""
        return [TransferRow(one) for one in transfers_of(self.reader)[:_SHOWN]]

    @property
    def most(self) -> str:
        """How large an upload may be."""
        return f"{LIMITS.uploaded >> 20:,} MB"


@dataclass(frozen=True)
class TransferRow:
    """One transfer, in a list."""

    transfer: Transfer

    @property
    def state(self) -> str:
        """In words."""
        return State(self.transfer.state).label

    @property
    def colour(self) -> str:
        """Of the tag, which says the same as its words."""
        return _COLOURS.get(State(self.transfer.state), "yellow")


@dataclass(frozen=True)
class TransferPage:
    """One import or export: what was found, and what can be done now."""

    transfer: Transfer

    @property
    def row(self) -> TransferRow:
        """State, as in the list."""
        return TransferRow(self.transfer)

    @property
    def is_under_way(self) -> bool:
        """Whether the worker has something to do, so that the page asks again."""
        return self.transfer.state in (State.ARRIVED, State.CONFIRMED)

    @property
    def waits_for_decision(self) -> bool:
        """Whether somebody has to say yes or no."""
        return self.transfer.state == State.CHECKED

    @property
    def has_something(self) -> bool:
        """Whether anything would be imported."""
        return bool(self._told.get("months"))

    @property
    def has_file(self) -> bool:
        """Whether an archive can be downloaded."""
        return self.transfer.way == Way.OUT and self.transfer.state == State.DONE

    @property
    def holds_up_others(self) -> bool:
        """While it is written nobody else can save: SQLite lets one write at a time."""
        return connection.vendor == "sqlite" and rows_of(self._told) > SMALL_ROWS

    @cached_property
    def progress(self) -> str:
        """What is being done."""
        return progress_of(self.transfer)

    @property
    def _told(self) -> dict[str, Any]:
        return self.transfer.told

    @property
    def verdict(self) -> str:
        """What the check came to."""
        return self._told.get("verdict", "")

    @property
    def months(self) -> list[str]:
        """The months that are, or would be, written."""
        return self._told.get("months", [])

    @property
    def left(self) -> list[str]:
        """Why submissions are left out."""
        return [f"{count} {_LEFT.get(why, why)}" for why, count in self._told.get("left", {}).items()]

    @property
    def chapters(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The findings, worst first, under what their severity does."""
        headings = dict(HEADINGS)
        grouped = groupby(self._told.get("findings", []), lambda one: one["severity"])
        return [(headings[severity], list(found)) for severity, found in grouped]

    @property
    def taken_along(self) -> int:
        """Rows that go with a row that is rejected."""
        return self._told.get("taken_along", 0)

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Rows of each table."""
        return [{**one, "title": table(one["table"]).title} for one in self._told.get("tables", [])]

    @property
    def ignored(self) -> list[dict[str, str]]:
        """Files that were passed over."""
        return self._told.get("ignored", [])

    @property
    def sheet(self) -> dict[str, Any]:
        """What the sheet of a practice was taken for; nothing of another record."""
        return self._told.get("sheet", {})

    @property
    def brought_nothing(self) -> bool:
        """It was imported, and all of it was here already."""
        imported = self._told.get("imported")
        return imported is not None and not set(imported) - _NO_NEWS

    @property
    def counts(self) -> list[str]:
        """What an import did."""
        return [say_count(name, count) for name, count in self._told.get("imported", {}).items()]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """What an export holds."""
        return [(f"{table(name).title} ({name})", count) for name, count in self._told.get("rows", {}).items()]


def say_count(name: str, count: int) -> str:
    """How many of something an import wrote.

    >>> say_count("scores_added", 1204), say_count("goal_ratings_added", 1), say_count("activities_added", 1)
    ('1,204 scores added', '1 goal rating added', '1 activity added')
    """
    if count != 1:
        return f"{count:,} {name.replace('_', ' ')}"
    plural = next((word for word in name.split("_") if word.endswith("s")), "")
    told = name.replace(plural, _SINGULAR.get(plural, plural[:-1]), 1).replace("their_parent", "its_parent")
    return f"1 {told.replace('_', ' ')}"
