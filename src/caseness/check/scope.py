"""The tables of a record as rules see them, each with what is laid beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import ibis

from caseness.check.beside import headers_of, lay_beside
from caseness.check.model import Readable


@dataclass(frozen=True)
class RecordScope:
    """The well-formed rows of a record."""

    record: Readable
    _opened: dict[str, ibis.Table] = field(default_factory=dict, repr=False)

    @cached_property
    def headers(self) -> ibis.Table:
        """One row for each submission."""
        return headers_of(self.record.submissions)

    def table(self, table_id: str) -> ibis.Table:
        """The well-formed rows of a table. Opened once."""
        if table_id not in self._opened:
            self._opened[table_id] = self.record.table(table_id)
        return self._opened[table_id]

    def beside(self, table_id: str, *wanted: str) -> ibis.Table:
        """The same rows, with what is asked for beside each."""
        return lay_beside(self.table(table_id), wanted, self.table, self.headers)
