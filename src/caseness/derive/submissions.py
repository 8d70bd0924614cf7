"""Which submissions count, of which month each is, and how providers are shared out over partitions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from caseness.derive.assumed import Options
from caseness.errors import CannotDerive
from caseness.periods import Period
from caseness.read.model import OUTSIDE, PRIMARY, Submission
from caseness.record import SUBMISSION

if TYPE_CHECKING:
    import ibis

# The name under which a plan reads the submissions of a partition, and their columns.
OURS = "submissions"
SCHEMA = pa.schema(
    [
        (SUBMISSION, pa.int32()),
        ("provider", pa.string()),
        ("month", pa.date32()),
        ("month_index", pa.int32()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
    ]
)


class KeptRecord(Protocol):
    """What deriving needs of a record that was checked."""

    @property
    def record(self) -> HasSubmissions: ...
    @property
    def refused(self) -> Mapping[int, tuple[str, ...]]: ...
    def kept(self, table_id: str) -> ibis.Table: ...


class HasSubmissions(Protocol):
    """A record, as far as its submissions go."""

    @property
    def submissions(self) -> Sequence[object]: ...
    @property
    def notes(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Partition:
    """Providers that are derived together: pathways are local to a provider, so none is ever in two partitions."""

    number: int
    submissions: tuple[Submission, ...]

    def table(self) -> pa.Table:
        """One row a submission: its provider and its month."""
        columns = zip(*map(_row, self.submissions), strict=True)
        return pa.table(
            [pa.array(cells, kind) for cells, kind in zip(columns, SCHEMA.types, strict=True)], schema=SCHEMA
        )


def counted_submissions(checked: KeptRecord, options: Options) -> tuple[Submission, ...]:
    """The submission that counts of each provider and month, of those that were accepted.

    Reading marks the latest before anything is checked. If checking then refuses it, the one before counts.

    Raises
    ------
    CannotDerive
        If none is left, or one covers more than a month.
    """
    given = [one for one in checked.record.submissions if isinstance(one, Submission)]
    accepted = [one for one in given if one.id not in checked.refused]
    _require_months(accepted)
    counted: dict[tuple[str, date], Submission] = {}
    for one in sorted(accepted, key=lambda each: each.id):
        key = (one.provider, one.period_start)
        if _replaces(one, counted.get(key), options):
            counted[key] = one
    if not counted:
        raise CannotDerive(
            f"None of the {len(given)} submissions of the record can be derived from: {len(given) - len(accepted)} were "
            f"rejected in checking, and of the others none is what was asked for (submissions = {options.submissions}). "
            "No figure is taken from it. `caseness check` says what to mend."
        )
    return tuple(counted.values())


def periods_of(submissions: Iterable[Submission]) -> tuple[Period, ...]:
    """The months that the submissions cover, in order."""
    return tuple(Period.parse(label) for label in sorted({f"{one.period_start:%Y-%m}" for one in submissions}))


def share_out(submissions: Sequence[Submission], rows: Mapping[int, int], partitions: int) -> tuple[Partition, ...]:
    """Providers shared out so that the partitions have about as many rows each. `rows` counts those of submissions.

    Neighbours stay together: a record holds the providers of a month in one order, so the rows of a partition are near
    each other in its files.
    """
    by_provider: dict[str, list[Submission]] = {}
    for one in sorted(submissions, key=lambda each: each.id):
        by_provider.setdefault(one.provider, []).append(one)
    size = {name: sum(rows.get(one.id, 0) for one in held) for name, held in by_provider.items()}
    wanted, whole = min(partitions, len(by_provider)), max(1, sum(size.values()))
    shares: list[list[Submission]] = [[] for _ in range(wanted)]
    before = 0
    for name, held in by_provider.items():
        # A provider lies where its middle does.
        shares[min(wanted - 1, (2 * before + size[name]) * wanted // (2 * whole))] += held
        before += size[name]
    return tuple(Partition(number, tuple(share)) for number, share in enumerate(filter(None, shares)))


# As reading marks the latest: one that no window can have let in counts only where there is no other.
def _replaces(one: Submission, before: Submission | None, options: Options) -> bool:
    if options.submissions == "primary":
        return one.window == PRIMARY
    return before is None or one.window != OUTSIDE or before.window == OUTSIDE


def _require_months(submissions: Collection[Submission]) -> None:
    longer = [one for one in submissions if (one.period_end + timedelta(days=1)).day != 1 or _months(one) != 1]
    if longer:
        first = longer[0]
        raise CannotDerive(
            f"{len(longer)} of {len(submissions)} submissions do not cover one calendar month (the first is submission "
            f"{first.id}, {first.period_start} to {first.period_end}). Every official figure is of a month, so nothing was "
            "derived. Submit each month by itself."
        )


def _months(one: Submission) -> int:
    whole = one.period_start.day == 1
    return (one.period_end.year - one.period_start.year) * 12 + one.period_end.month - one.period_start.month + whole


def _row(one: Submission) -> tuple[object, ...]:
    start = one.period_start
    return one.id, one.provider, start, start.year * 12 + start.month - 1, start, one.period_end
