"""Rows to files: a folder for each month, and in it a CSV file for each table that has rows."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from caseness.record import table
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.cells import to_plain

# So many rows wait in memory before they are written: more months than files may be open at once.
_WAITING = 20_000


@dataclass(eq=False)
class MonthFiles:
    """The files of an export, while it is written."""

    folder: Path
    counts: Counter[str] = field(default_factory=Counter)
    _waiting: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    _size: int = 0

    def add(self, table_id: str, month: str, row: Row) -> None:
        """Take one row."""
        self._waiting[month, table_id].append(row)
        self.counts[table_id] += 1
        self._size += 1
        if self._size >= _WAITING:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for (month, table_id), rows in self._waiting.items():
            self._append(self.folder / month / f"{table_id}.csv", table_id, rows)
        self._waiting.clear()
        self._size = 0

    def _append(self, path: Path, table_id: str, rows: list[Row]) -> None:
        names = [one.name for one in table(table_id).columns]
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if is_new:
                writer.writerow(names)
            writer.writerows([to_plain(row.get(name)) for name in names] for row in rows)
