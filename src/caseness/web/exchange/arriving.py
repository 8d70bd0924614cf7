"""What of a checked record arrives in a service: which months, and their rows."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import pyarrow as pa

from caseness.check import Checked
from caseness.check.model import SubmissionHeader
from caseness.engine import stream
from caseness.record import ROW_ID, SUBMISSION, table
from caseness.web.caseload.models import KeptRow
from caseness.web.exchange.refusals import RecordRefused
from caseness.web.exchange.shapes import HEADER
from caseness.web.services.models import Service

Row = dict[str, Any]
MONTH, MONTHS = "of_month", "of_months"
# So many rows are made into Python at once: memory does not grow with the record.
_AT_ONCE = 5000
SUPERSEDED, REJECTED, KNOWN = "superseded", "rejected", "imported before"
_MADE = "DateTimeDatSetCreate"


@dataclass(frozen=True, eq=False)
class Arrival:
    """The submissions that are imported, each with its month, such as 2025-04, and why others are not.

    A submission of more than one month, as a practice sheet makes, has the month "": its rows go by their own dates.
    """

    checked: Checked
    months: Mapping[int, str]
    left: Mapping[str, int]

    def has(self, table_id: str) -> bool:
        """Whether there is any row to take from a table."""
        return table_id in self.checked.tables and bool(self.months)

    def versions(self, table_id: str, order: Sequence[str]) -> Iterator[tuple[Row, tuple[str, ...]]]:
        """Each different row of a table once, with the months in which it was sent, in the order of some columns."""
        if not self.has(table_id):
            return
        names = [one.name for one in table(table_id).columns]
        rows = self._rows(table_id)
        told = rows.group_by(names).agg(**{MONTHS: rows[MONTH].group_concat(" ", order_by=rows[MONTH])})
        for row in _pieces(told.order_by([*order])):
            months = row.pop(MONTHS)
            yield row, tuple(sorted(set(filter(None, (months or "").split(" ")))))

    def of(self, table_id: str, submission: int, beside: ibis.Table | None = None, on: str = "") -> Iterator[Row]:
        """The rows of one submission, in the order in which they came, with what is laid beside them."""
        if self.has(table_id):
            rows = self.kept(table_id, submission)
            rows = rows if beside is None else rows.left_join(beside, on, rname="{name}_beside")
            yield from _pieces(rows.order_by(ROW_ID).drop(SUBMISSION, ROW_ID))

    def kept(self, table_id: str, submission: int) -> ibis.Table:
        """The rows of one submission that checking left."""
        rows = self.checked.kept(table_id)
        return rows.filter(rows[SUBMISSION] == submission)

    def _rows(self, table_id: str) -> ibis.Table:
        labels = pa.table(
            {
                SUBMISSION: pa.array(list(self.months), pa.int32()),
                MONTH: pa.array(list(self.months.values()), pa.string()),
            }
        )
        return self.checked.kept(table_id).inner_join(ibis.memtable(labels), SUBMISSION).drop(SUBMISSION, ROW_ID)


def choose_submissions(checked: Checked, service: Service) -> Arrival:
    """The latest submission of each month that was not rejected and not imported before.

    Raises
    ------
    RecordRefused
        If the record is of another provider.
    """
    submissions = checked.record.submissions
    _require_own(submissions, service)
    imported = months_imported(service)
    months: dict[int, str] = {}
    left: dict[str, int] = {}
    for one in submissions:
        why = _why_left(one, checked, imported)
        if why:
            left[why] = left.get(why, 0) + 1
        else:
            months[one.id] = month_of(one)
    return Arrival(checked, dict(sorted(months.items(), key=lambda each: each[1])), left)


def month_of(one: SubmissionHeader) -> str:
    """The month that a submission is of, or nothing where it is of more than one or of less."""
    start, end = one.period_start, one.period_end
    is_whole = start.day == 1 and end == start.replace(day=monthrange(start.year, start.month)[1])
    return f"{start:%Y-%m}" if is_whole else ""


def months_imported(service: Service) -> dict[str, datetime]:
    """The months that are in the service by import, and when the submission of each was made."""
    rows = KeptRow.objects.filter(service=service, table=HEADER)
    return {month: datetime.fromisoformat(row.columns[_MADE]) for row in rows for month in row.months}


def _require_own(submissions: Sequence[SubmissionHeader], service: Service) -> None:
    others = sorted({one.provider for one in submissions} - {service.provider_code})
    if others:
        raise RecordRefused(
            f"The record is of {', '.join(others[:3])}, and {service.name} has the provider code {service.provider_code}. "
            "Nothing was imported. Import the record of this service, or mend its provider code."
        )


def _why_left(one: Any, checked: Checked, imported: Mapping[str, datetime]) -> str:
    if not one.is_latest:
        return SUPERSEDED
    if one.id in checked.refused:
        return REJECTED
    before = imported.get(month_of(one))
    return KNOWN if before is not None and one.created <= before else ""


def _pieces(rows: ibis.Table) -> Iterator[Row]:
    for batch in stream(rows):
        for start in range(0, batch.num_rows, _AT_ONCE):
            yield from batch.slice(start, _AT_ONCE).to_pylist()
