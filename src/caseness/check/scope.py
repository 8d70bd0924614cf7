"""The tables of a record as rules see them, each with what is laid beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import ibis

from caseness.check.beside import headers_of, lay_beside
from caseness.check.model import Readable
from caseness.engine import fetch
from caseness.record import SUBMISSION

# So many rows, of all tables together, are checked at once. No rule reaches beyond a submission, so a large record is
# checked some submissions at a time, and needs no more memory than a small one.
ROWS_AT_ONCE = 25_000_000


@dataclass(frozen=True)
class RecordScope:
    """The well-formed rows of a record, or those of its submissions from the first to the last of `span`."""

    record: Readable
    span: tuple[int, int] | None = None
    _opened: dict[str, ibis.Table] = field(default_factory=dict, repr=False)

    @cached_property
    def headers(self) -> ibis.Table:
        """One row for each submission."""
        return headers_of(self.record.submissions)

    def table(self, table_id: str) -> ibis.Table:
        """The well-formed rows of a table. Opened once."""
        if table_id not in self._opened:
            rows = self.record.table(table_id)
            self._opened[table_id] = rows.filter(rows[SUBMISSION].between(*self.span)) if self.span else rows
        return self._opened[table_id]

    def beside(self, table_id: str, *wanted: str) -> ibis.Table:
        """The same rows, with what is asked for beside each."""
        return lay_beside(self.table(table_id), wanted, self.table, self.headers)


def share_out(record: Readable, rows_at_once: int = ROWS_AT_ONCE) -> tuple[RecordScope, ...]:
    """The record as scopes of so many rows at most, or of one submission."""
    if sum(one.read for one in record.rows.values()) <= rows_at_once:
        return (RecordScope(record),)
    sizes: Counter[int] = Counter({one.id: 0 for one in record.submissions})
    for table_id in record.rows:
        rows = record.table(table_id)
        counted = fetch(rows.group_by(SUBMISSION).agg(rows=rows.count())).to_pydict()
        sizes.update(dict(zip(counted[SUBMISSION], counted["rows"], strict=True)))
    return tuple(RecordScope(record, span) for span in _spans(sizes, rows_at_once))


def _spans(sizes: Mapping[int, int], rows_at_once: int) -> Iterator[tuple[int, int]]:
    first, held, before = None, 0, None
    for one in sorted(sizes):
        if first is not None and before is not None and held + sizes[one] > rows_at_once:
            yield first, before
            first, held = one, 0
        first, held, before = one if first is None else first, held + sizes[one], one
    if first is not None and before is not None:
        yield first, before
