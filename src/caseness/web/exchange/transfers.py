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
from caseness.web.exchange.exporting import export_record
from caseness.web.exchange.importing import import_record
from caseness.web.exchange.looking_through import ENGINE, check_read, read_source, rows_of, tell_checked, tell_sheet
from caseness.web.exchange.models import State, Transfer, Way
from caseness.web.exchange.unpacking import LIMITS, Limits, unpack
from caseness.web.services.reader import Reader

# What is larger is left to the worker, so that no page takes longer than the server lets it.
SMALL_BYTES, SMALL_ROWS, SMALL_REFERRALS = 4 << 20, 20_000, 500
KEPT = timedelta(days=1)
SOURCE, RECORD, EXPORT, ARCHIVE, PROGRESS = "source", "record", "export", "record.zip", "progress.json"


@transaction.atomic
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
    note(transfer, "Reading and checking the record")

    def do() -> None:
        sheet = read_source(transfer.folder / SOURCE, transfer.folder / RECORD, transfer.profile, transfer.service)
        checked = check_read(transfer.folder / RECORD, transfer.profile)
        transfer.told = {**tell_checked(checked, transfer.service), **tell_sheet(sheet)}
        transfer.state = State.CHECKED

    _attempt(transfer, now, do)


@transaction.atomic
def confirm(*, transfer: Transfer, by: Reader, now: datetime) -> None:
    """Import what was checked: at once where it is small, and else by the worker."""
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
    """Write a confirmed record into the service: all of it, with the state that says so, or nothing."""

    def do() -> None:
        checked = check_read(transfer.folder / RECORD, transfer.profile)
        done = import_record(
            checked=checked,
            service=transfer.service,
            by=transfer.by.key,
            now=now,
            tell=lambda step: note(transfer, step),
        )
        transfer.told = {**transfer.told, "imported": done.counts, "months": list(done.months)}
        transfer.state = State.DONE

    _attempt(transfer, now, do)
    transaction.on_commit(lambda: remove_files(transfer))


@transaction.atomic
def ask_for_export(*, with_words: bool, by: Reader, now: datetime) -> Transfer:
    """Export the service: at once where it is small, and else by the worker."""
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
        transfer.state = State.DONE

    _attempt(transfer, now, do)


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


# What cannot be done is told, and kept as told. What is not our own error stays one, and undoes all.
def _attempt(transfer: Transfer, now: datetime, do: Callable[[], None]) -> None:
    try:
        with ENGINE, transaction.atomic():
            do()
    except CasenessError as problem:
        transfer.state, transfer.problem = State.FAILED, str(problem)
        transaction.on_commit(lambda: remove_files(transfer))
    if transfer.state in (State.DONE, State.FAILED):
        transfer.ended = now
    transfer.save()
    (transfer.folder / PROGRESS).unlink(missing_ok=True)


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
