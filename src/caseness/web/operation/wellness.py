"""What is well and what is not, with what to do: settings, database, mail, folder, worker, backups, sign-off."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection

from caseness import __version__
from caseness.errors import CannotBackUp
from caseness.web.accounts.factor_secrets import count_outdated
from caseness.web.operation.archive import last_backup
from caseness.web.operation.numbers import last_round, messages_unsent
from caseness.web.operation.readiness import has_cache_table, made_up_services, missing_migrations
from caseness.web.operation.sealing import read_recipients

# The worker does a round a minute; mail that waits for an hour does not arrive.
LONGEST_ROUND = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    """What one check found. Where it is not well, `remedy` says what to do."""

    what: str
    is_well: bool
    told: str
    remedy: str = ""


def look_at_everything(now: datetime) -> list[Finding]:
    """Every check, in order. Those that need a database are not made where it does not answer."""
    findings = [_settings(), _database()]
    if findings[-1].is_well:
        findings += [check(now) for check in _OF_THE_DATABASE]
    return findings + [check(now) for check in _OF_THE_MACHINE]


def _settings() -> Finding:
    return Finding("settings", True, f"{settings.MODE}, version {__version__}")


def _database() -> Finding:
    try:
        connection.ensure_connection()
        connection.introspection.table_names()
    except DatabaseError:
        return Finding("database", False, "does not answer", "Look whether it runs, and at CASENESS_WEB_DATABASE_URL.")
    return Finding("database", True, connection.display_name)


def _migrations(now: datetime) -> Finding:
    missing = missing_migrations()
    if missing or not has_cache_table():
        return Finding(
            "migrations", False, f"{len(missing)} are missing", "Write a backup, then run: caseness-web migrate"
        )
    return Finding("migrations", True, "all are there")


def _people(now: datetime) -> Finding:
    if settings.IS_PRODUCTION and not missing_migrations() and made_up_services():
        return Finding(
            "people", False, "a made-up service lies in production", "Use an empty database for real people."
        )
    return Finding("people", True, "made up" if settings.IS_DEMONSTRATION else "no made-up service in production")


def _factors(now: datetime) -> Finding:
    outdated = 0 if missing_migrations() or not settings.FACTOR_KEYS else count_outdated()
    if outdated:
        told = f"{outdated} are not encrypted by the first key"
        return Finding("second factors", False, told, "Run: caseness-web rekey")
    return Finding("second factors", True, "encrypted" if settings.FACTOR_KEYS else "in clear, in a demonstration")


def _worker(now: datetime) -> Finding:
    last = last_round() if has_cache_table() else None
    if last is None or now - last > LONGEST_ROUND:
        told = "has never run" if last is None else f"last did a round at {last:%H:%M on %-d %B %Y}, UTC"
        return Finding("worker", False, told, "Start it: caseness-web worker. Until then no alert is escalated.")
    return Finding("worker", True, "does its rounds")


def _messages(now: datetime) -> Finding:
    waiting = 0 if missing_migrations() else messages_unsent(now - LONGEST_WAIT)
    if waiting:
        return Finding(
            "messages", False, f"{waiting} have waited for more than an hour", "Look at the mail server and the worker."
        )
    return Finding("messages", True, "none waits for long")


def _folder(now: datetime) -> Finding:
    folder = settings.ENVIRONMENT.folder
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return Finding(
            "folder", False, f"{folder} cannot be written", "Make it, and give it to the user who runs this."
        )
    if folder.stat().st_mode & 0o007:
        return Finding("folder", False, f"{folder} is open to everybody on this machine", f"Run: chmod 700 {folder}")
    return Finding("folder", True, str(folder))


def _mail(now: datetime) -> Finding:
    backend = get_connection(fail_silently=False)
    try:
        backend.open()
        backend.close()
    except (OSError, smtplib.SMTPException):
        return Finding("mail", False, "the server does not take it", "Look at CASENESS_WEB_EMAIL_URL.")
    return Finding("mail", True, "the server answers" if settings.IS_PRODUCTION else "goes nowhere, in a demonstration")


def _backup(now: datetime) -> Finding:
    found = settings.ENVIRONMENT
    try:
        read_recipients(found.backup_recipients)
    except CannotBackUp:
        return Finding(
            "backup", False, "no usable key is named", "Set CASENESS_WEB_BACKUP_RECIPIENTS to an age key (age1...)."
        )
    last = last_backup(Path(found.backup_folder))
    if last is None or now - last[1] > timedelta(hours=found.backup_hours):
        told = "there is none" if last is None else f"the last is of {last[1]:%-d %B %Y, %H:%M} UTC"
        return Finding("backup", False, told, "Run: caseness-web backup, and look whether its timer runs.")
    return Finding("backup", True, f"the last is of {last[1]:%-d %B %Y, %H:%M} UTC")


def _safety_officer(now: datetime) -> Finding:
    signed = settings.ENVIRONMENT.sign_off
    if signed is None:
        return Finding(
            "safety officer", False, "nobody has signed this off: each page says that it is not for clinical use",
            "See docs/safety. Set CASENESS_WEB_SAFETY_OFFICER, _SAFETY_SIGNED_ON and _SAFETY_VERSION.",
        )  # fmt: skip
    if signed.version != __version__:
        return Finding(
            "safety officer", False, f"version {signed.version} was signed off, and this is {__version__}",
            "Each page says that it is not for clinical use until this version is signed off.",
        )  # fmt: skip
    return Finding("safety officer", True, f"{signed.name} signed version {signed.version} on {signed.day:%-d %B %Y}")


_OF_THE_DATABASE: tuple[Callable[[datetime], Finding], ...] = (_migrations, _people, _factors, _worker, _messages)
_OF_THE_MACHINE: tuple[Callable[[datetime], Finding], ...] = (_folder, _mail, _backup, _safety_officer)
