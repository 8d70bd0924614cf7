"""The steps of an import and an export. Each is asked for by a reader, and done at once where it is small."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from caseness.check import PRACTICE_PROFILE
from caseness.errors import CasenessError
from caseness.web.caseload.models import Referral
from caseness.web.events.models import Kind
from caseness.web.exchange.claiming import claimed
from caseness.web.exchange.exporting import export_record
from caseness.web.exchange.importing import import_record
from caseness.web.exchange.looking import look_at_all
from caseness.web.exchange.looking_through import ENGINE, check_read, read_source, rows_of, tell_checked, tell_sheet
from caseness.web.exchange.models import State, Transfer, Way
from caseness.web.exchange.telling_problems import say_without_places
from caseness.web.exchange.unpacking import LIMITS, Limits, unpack
from caseness.web.services.reader import Reader

# What is larger is left to the worker, so that no page takes longer than the server lets it.
SMALL_BYTES, SMALL_ROWS, SMALL_REFERRALS = 4 << 20, 20_000, 500
KEPT = timedelta(days=1)
SOURCE, RECORD, EXPORT, ARCHIVE, PROGRESS = "source", "record", "export", "record.zip", "progress.json"
IMPORTED = "imported"


def receive(*, upload: UploadedFile, profile: str, by: Reader, now: datetime, limits: Limits = LIMITS) -> Transfer:
    """Take an upload in, and look it through at once where it is small.

    Raises
    ------
    UploadRefused
        If it is no archive of a record, or not safe. Nothing is left of it.
    """
    transfer = Transfer(
        service=by.service, by=by.user, way=Way.IN, state=State.ARRIVED, profile=profile, asked=now,
        name=Path(upload.name or "").name[:200],
    )  # fmt: skip
    try:
        size = unpack(upload, transfer.folder / SOURCE, profile == PRACTICE_PROFILE, limits)
        with transaction.atomic():
            transfer.save()
            by.tell(Kind.ADDED, "record to import", key=transfer.key, profile=profile)
    except BaseException:
        remove_files(transfer)
        raise
    if size <= SMALL_BYTES:
        look_through(transfer, now)
    return transfer


def look_through(transfer: Transfer, now: datetime) -> None:
    """Read and check what arrived. What it finds is kept, for somebody to decide by."""

    def do() -> None:
        note(transfer, "Reading and checking the record")
        sheet = read_source(transfer.folder / SOURCE, transfer.folder / RECORD, transfer.profile, transfer.service)
        checked = check_read(transfer.folder / RECORD, transfer.profile)
        transfer.told = {**tell_checked(checked, transfer.service, sheet), **tell_sheet(sheet, transfer.service)}
        transfer.state = State.CHECKED
        transfer.save()

    _attempt(transfer, now, State.ARRIVED, do)


def confirm(*, transfer: Transfer, by: Reader, now: datetime) -> None:
    """Import what was checked: at once where it is small, and else by the worker.

    Whoever presses a second time changes nothing, and waits for nobody.
    """
    if transfer.state != State.CHECKED:
        return
    with transaction.atomic():
        if not _step(transfer, State.CHECKED, State.CONFIRMED):
            return
        by.tell(Kind.CHANGED, "record to import", key=transfer.key, fields=["state"])
    if rows_of(transfer.told) <= SMALL_ROWS:
        write_confirmed(transfer, now)


@transaction.atomic
def discard(*, transfer: Transfer, by: Reader, now: datetime) -> None:
    """Import nothing of it, and remove its files."""
    if _step(transfer, State.CHECKED, State.DISCARDED):
        transfer.ended = now
        transfer.save(update_fields=("ended",))
        by.tell(Kind.REMOVED, "record to import", key=transfer.key)
        transaction.on_commit(lambda: remove_files(transfer))


def write_confirmed(transfer: Transfer, now: datetime) -> None:
    """Write a confirmed record into the service, all of it or nothing, and then look at each referral in turn.

    What is cut off between the two is looked at when it is done again, and not written again.
    """

    def do() -> None:
        if IMPORTED not in transfer.told:
            _import(transfer, now)
        look_at_all(transfer.service, now, lambda step: note(transfer, step))
        with transaction.atomic():
            transfer.state, transfer.ended = State.DONE, now
            transfer.save()
            transaction.on_commit(lambda: remove_files(transfer))

    _attempt(transfer, now, State.CONFIRMED, do)


def _import(transfer: Transfer, now: datetime) -> None:
    checked = check_read(transfer.folder / RECORD, transfer.profile)
    with transaction.atomic():
        done = import_record(
            checked=checked, service=transfer.service, by=transfer.by.key, now=now,
            tell=lambda step: note(transfer, step), then_look=False,
        )  # fmt: skip
        transfer.told = {**transfer.told, IMPORTED: done.counts, "months": list(done.months)}
        transfer.save()


def ask_for_export(*, with_words: bool, by: Reader, now: datetime) -> Transfer:
    """Export the service: at once where it is small, and else by the worker."""
    with transaction.atomic():
        transfer = Transfer.objects.create(
            service=by.service, by=by.user, way=Way.OUT, state=State.CONFIRMED, with_words=with_words, asked=now
        )
        by.tell(Kind.ADDED, "export", key=transfer.key, with_words=with_words)
    if Referral.objects.filter(service=by.service).count() <= SMALL_REFERRALS:
        write_export(transfer, now)
    return transfer


def write_export(transfer: Transfer, now: datetime) -> None:
    """Write the archive of an export."""

    def do() -> None:
        folder = transfer.folder / EXPORT
        shutil.rmtree(folder, ignore_errors=True)
        done = export_record(
            service=transfer.service, to=folder, by=transfer.by.key, now=now, with_words=transfer.with_words,
            tell=lambda step: note(transfer, step),
        )  # fmt: skip
        _pack(folder, transfer.folder / ARCHIVE)
        transfer.told = {"months": list(done.months), "rows": done.rows}
        transfer.state, transfer.ended = State.DONE, now
        transfer.save()

    _attempt(transfer, now, State.CONFIRMED, do)


def note(transfer: Transfer, step: str) -> None:
    """Say how far it has come. It stands in a file, since what a transaction writes is seen only when it is over."""
    transfer.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (transfer.folder / PROGRESS).write_text(json.dumps({"step": step}), encoding="utf-8")


def progress_of(transfer: Transfer) -> str:
    """What is being done, or nothing where nothing is."""
    try:
        return json.loads((transfer.folder / PROGRESS).read_text(encoding="utf-8"))["step"]
    except (OSError, ValueError, KeyError):
        return ""


def remove_files(transfer: Transfer) -> None:
    """Remove all that lies on the disk of a transfer."""
    shutil.rmtree(transfer.folder, ignore_errors=True)


# Reading and checking hold no lock of the database: a step writes what is kept in a short transaction of its own. What cannot be done
# is told, and kept as told. What is not our own error stays one, and the step is done again by the worker.
def _attempt(transfer: Transfer, now: datetime, state: State, do: Callable[[], None]) -> None:
    waits = Transfer.objects.filter(pk=transfer.pk, state=state)
    with ENGINE, claimed(transfer.folder) as is_mine:
        # Somebody else may be doing it, or have done it meanwhile.
        if not is_mine or not waits.exists():
            transfer.refresh_from_db()
            return
        try:
            do()
        except CasenessError as problem:
            _fail(transfer, now, problem)
        (transfer.folder / PROGRESS).unlink(missing_ok=True)


def _fail(transfer: Transfer, now: datetime, problem: CasenessError) -> None:
    transfer.refresh_from_db()
    transfer.state, transfer.ended = State.FAILED, now
    transfer.problem = say_without_places(str(problem), transfer.folder)
    with transaction.atomic():
        transfer.save()
        transaction.on_commit(lambda: remove_files(transfer))


# Of two who press at once, one finds the state already changed.
def _step(transfer: Transfer, before: State, after: State) -> bool:
    is_mine = bool(Transfer.objects.filter(pk=transfer.pk, state=before).update(state=after))
    transfer.refresh_from_db()
    return is_mine


def _pack(folder: Path, to: Path) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    shutil.rmtree(folder)
