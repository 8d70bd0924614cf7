"""Which submission each row belongs to, and its number in its table within that submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.errors import UnreadableRecord
from caseness.read.limits import ROWS_PER_SUBMISSION

# Where it is not known which submission a row belongs to.
NOBODY = 0


@dataclass(frozen=True)
class Owners:
    """Which submissions a place holds: one, or several by the value of a column in each row."""

    only: int | None
    by_value: Mapping[str, int] = field(default_factory=dict)

    def of(self, values: pa.Array | None, rows: int) -> np.ndarray:
        """The submission of each row, 0 where no header row has its value."""
        if self.only is not None:
            return np.full(rows, self.only, np.int32)
        assert values is not None, "Unhandled rows without the value of a submission"
        names = pa.array(list(self.by_value), pa.string())
        numbers = np.array([*self.by_value.values(), NOBODY], np.int32)
        found = pc.fill_null(pc.index_in(pc.utf8_trim_whitespace(values), value_set=names), len(names))
        return numbers[found.to_numpy(zero_copy_only=False)]


@dataclass
class RowNumbers:
    """Counts the rows of one table, for each submission by itself, on over several files."""

    last: dict[int, int] = field(default_factory=dict)

    def take(self, owners: np.ndarray, given: np.ndarray | None, where: str) -> np.ndarray:
        """The row ids of the next rows. Numbers that are given must rise within a submission.

        Raises
        ------
        UnreadableRecord
            If a number that is given does not rise, or a submission has more rows than ids.
        """
        ids = np.zeros(len(owners), np.int64)
        for owner in _distinct(owners):
            held = owners == owner
            before = self.last.get(owner, 0)
            numbers = before + np.arange(1, np.count_nonzero(held) + 1) if given is None else given[held]
            _require_rising(numbers, before, where)
            self.last[owner] = int(numbers[-1])
            ids[held] = owner * ROWS_PER_SUBMISSION + numbers
        ids[owners == NOBODY] = 0
        return ids


# Nearly always one submission fills the piece.
def _distinct(owners: np.ndarray) -> list[int]:
    if len(owners) and owners[0] == owners[-1] and (owners == owners[0]).all():
        return [int(owners[0])]
    return [int(owner) for owner in np.unique(owners)]


def _require_rising(numbers: np.ndarray, before: int, where: str) -> None:
    if int(numbers[-1]) >= ROWS_PER_SUBMISSION:
        raise UnreadableRecord(
            f"{where}: a submission has more than {ROWS_PER_SUBMISSION - 1:,} rows in this table, or a row number beyond "
            "it, and row ids have room for no more. None of the record is taken. Split it by month."
        )
    if int(numbers[0]) <= before or (np.diff(numbers) <= 0).any():
        raise UnreadableRecord(
            f"{where}: the row numbers that are given do not rise within a submission, so that two rows may have the same. "
            "None of the record is taken. Sort the table by `submission` and `row_id`, or leave `row_id` out."
        )
