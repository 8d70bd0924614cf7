"""The export of a service as the tables of the record, month by month."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from caseness.errors import CannotWrite
from caseness.web.events.models import Kind, record_event
from caseness.web.exchange.bundles import bundles, sent_of_nobody
from caseness.web.exchange.cut import Cut, cut_for
from caseness.web.exchange.leaving import Leaving, rows_of
from caseness.web.exchange.month_files import MonthFiles
from caseness.web.exchange.months import month_bounds
from caseness.web.exchange.refusals import RecordRefused
from caseness.web.exchange.shapes import HEADER
from caseness.web.services.models import Service
from caseness.web.services.pages import reading

Tell = Callable[[str], None]
_VERSION, _SYSTEM = "2.1", "Caseness"
_ENDING_REVIEW, _NOTE = "EXT02EndingReview", "EndingNote"
_MADE_UP = "SYNTHETIC.txt"
SAYS = "SYNTHETIC: the people of this service are made up. No figure from it says anything of therapy."


@dataclass(frozen=True)
class Exported:
    """What was written: the months, and how many rows of each table."""

    months: tuple[str, ...]
    rows: dict[str, int]


def export_record(
    *,
    service: Service,
    to: Path,
    by: UUID | None,
    now: datetime,
    with_words: bool = False,
    tell: Tell = lambda step: None,
) -> Exported:
    """Write the record of a service into a folder that `caseness record`, `check`, `derive` and `measures` read.

    A month that was imported is given back as it was sent, with what was changed here since in its contacts and scores,
    and in the last month of each referral. A later month is made from what the application holds.

    Parameters
    ----------
    service : whose record
    to : a folder that is not there yet, or empty
    by : the key of whoever exports; None for the operator at the command line
    now : when. Appointments that are booked for later are not told
    with_words : whether goals, circumstances and the notes of ending reviews go with it: what people said in words
    tell : is called with what is being written

    Raises
    ------
    CannotWrite
        If the folder holds something, or cannot be written. Nothing is left in it.
    RecordRefused
        If the service holds nothing yet.
    """
    # One snapshot, which holds up nobody who writes.
    with reading():
        cut = cut_for(service, now, with_words)
        if not cut.months:
            raise RecordRefused(f"{service.name} holds no referral yet, so there is no record. Nothing was written.")
        _require_empty(to)
        with _nothing_left_of(to):
            files = _write(cut, to, tell)
    found = Exported(cut.months, dict(sorted(files.counts.items())))
    with _nothing_left_of(to):
        record_event(
            Kind.EXPORTED, "record", service=service.key, by=by, at=now,
            months=len(found.months), rows=sum(found.rows.values()), with_words=with_words,
        )  # fmt: skip
    return found


@contextmanager
def _nothing_left_of(to: Path) -> Iterator[None]:
    """Half a record is none: whatever goes wrong, the folder goes with it."""
    try:
        yield
    except BaseException as problem:
        shutil.rmtree(to, ignore_errors=True)
        if isinstance(problem, OSError):
            raise CannotWrite(f"The record could not be written to {to}: {problem.strerror}.") from problem
        raise


def _write(cut: Cut, to: Path, tell: Tell) -> MonthFiles:
    to.mkdir(parents=True, exist_ok=True)
    files = MonthFiles(to)
    for leaving in _of_nobody(cut):
        files.add(*leaving[:2], leaving[2])
    for number, bundle in enumerate(bundles(cut.service)):
        if number % 100 == 0:
            tell("clients")
        for table_id, month, row in rows_of(bundle, cut):
            files.add(table_id, month, _without_note(table_id, row, cut))
    files.flush()
    if cut.service.is_made_up:
        (to / _MADE_UP).write_text(SAYS + "\n", encoding="utf-8")
    return files


def _of_nobody(cut: Cut) -> Iterator[Leaving]:
    """Headers, staff and teams. A month that was not imported has the header of this application, and the last staff."""
    sent = sent_of_nobody(cut.service)
    headers = {month: one.row for one in sent.get(HEADER, ()) for month in one.months}
    for month in cut.months:
        yield HEADER, month, headers.get(month) or _header(cut, month)
    for table_id, rows in sent.items():
        if table_id == HEADER:
            continue
        last = max((month for one in rows for month in one.months), default="")
        for one in rows:
            later = {month for month in cut.months if month > last and month not in headers}
            months = {*one.months, *(later if last in one.months or not one.months else ())}
            for month in sorted(months & set(cut.months)):
                yield table_id, month, one.row


def _header(cut: Cut, month: str) -> dict[str, object]:
    first, last = month_bounds(month)
    return {
        "DatSetVer": _VERSION,
        "OrgIDProv": cut.service.provider_code,
        "OrgIDSubmit": cut.service.provider_code,
        "PrimSystemInUse": _SYSTEM,
        "ReportingPeriodStartDate": first,
        "ReportingPeriodEndDate": last,
        "DateTimeDatSetCreate": cut.now.replace(tzinfo=None, microsecond=0),
    }


def _without_note(table_id: str, row: dict[str, object], cut: Cut) -> dict[str, object]:
    if table_id != _ENDING_REVIEW or cut.with_words:
        return row
    return {name: value for name, value in row.items() if name != _NOTE}


def _require_empty(to: Path) -> None:
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise CannotWrite(f"{to} holds something already. Nothing was written. Choose another folder, or an empty one.")
