"""Encrypting and decrypting a stream: what is not encrypted passes through a pipe, and never lies on a disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage

from caseness.errors import CannotBackUp, CannotRestore

_WRONG_KEY = "No matching keys found"


class _InThread(Thread):
    """Work beside this thread, whose error is kept until somebody asks."""

    def __init__(self, work):
        super().__init__(daemon=True)
        self.work, self.problem = work, None

    def run(self) -> None:
        try:
            self.work()
        except (OSError, pyrage.DecryptError, pyrage.EncryptError) as problem:
            self.problem = problem


def read_recipients(names: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """The keys that a backup is encrypted to."""
    if not names:
        raise CannotBackUp(
            "CASENESS_WEB_BACKUP_RECIPIENTS names no key, so no backup was written. Make a key with age-keygen on "
            "another machine, keep its secret part there, and set the public part (age1...)."
        )
    try:
        return [pyrage.x25519.Recipient.from_str(name) for name in names]
    except pyrage.RecipientError as problem:
        raise CannotBackUp(
            "CASENESS_WEB_BACKUP_RECIPIENTS holds what is no age key (age1...). Nothing was written."
        ) from problem


def read_identities(text: str) -> list[pyrage.x25519.Identity]:
    """The secret keys of a file as age-keygen writes it."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as problem:
        raise CannotRestore(
            "The file of keys holds what is no age key (AGE-SECRET-KEY-...). Nothing was changed."
        ) from problem
    if not found:
        raise CannotRestore("The file of keys is empty. Nothing was changed.")
    return found


@contextmanager
def sealed(path: Path, recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    """A stream to write into. Under its name stands the whole file or none, readable by its owner alone."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        try:
            with _encrypting(file, recipients) as stream:
                yield stream
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    part.replace(path)
    _keep_name(path.parent)


@contextmanager
def _encrypting(file: BinaryIO, recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    out, into = os.pipe()
    with os.fdopen(out, "rb") as reading:
        thread = _InThread(lambda: _encrypt(reading, file, recipients))
        thread.start()
        broken = None
        try:
            with os.fdopen(into, "wb") as writing:
                yield writing
        except BrokenPipeError as problem:
            # Nobody reads any more, for a reason that the thread knows.
            broken = problem
        finally:
            thread.join()
    if problem := thread.problem or broken:
        raise CannotBackUp("The backup could not be written: is the disk full? Nothing is kept of it.") from problem


def _encrypt(reading: BinaryIO, file: BinaryIO, recipients: Sequence[pyrage.x25519.Recipient]) -> None:
    try:
        pyrage.encrypt_io(reading, file, list(recipients))
    finally:
        # Whoever writes would else wait for ever for somebody to read.
        reading.close()


# A new name is kept through a loss of power only when its folder is.
def _keep_name(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def opened(file: BinaryIO, identities: Sequence[pyrage.x25519.Identity]) -> Iterator[BinaryIO]:
    """A stream to read what a file holds.

    Raises
    ------
    CannotRestore
        If a key does not fit, or the file is damaged or not whole. That may come after much was read.
    """
    file.seek(0)
    out, into = os.pipe()
    writing = os.fdopen(into, "wb")
    thread = _InThread(lambda: _decrypt(file, writing, identities))
    thread.start()
    problem: Exception | None = None
    try:
        with os.fdopen(out, "rb") as reading:
            yield reading
            while reading.read(1 << 20):
                pass
    except Exception as raised:  # noqa: BLE001 - whatever it was: if the file is damaged, that is why
        problem = raised
    thread.join()
    _raise_first(thread.problem, problem)


# A reader who stopped early breaks the pipe, which is no fault of the file.
def _raise_first(of_file: Exception | None, of_reader: Exception | None) -> None:
    if of_file and not isinstance(of_file, BrokenPipeError):
        why = "its key is not among those given" if _WRONG_KEY in str(of_file) else "it is damaged or not whole"
        raise CannotRestore(f"The backup cannot be read: {why}. Nothing was changed.") from of_file
    if of_reader:
        raise of_reader


def _decrypt(file: BinaryIO, writing: BinaryIO, identities: Sequence[pyrage.x25519.Identity]) -> None:
    try:
        pyrage.decrypt_io(file, writing, list(identities))
        writing.flush()
    finally:
        _close(writing)


def _close(stream: BinaryIO) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        return
