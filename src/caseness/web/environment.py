"""What the environment says of how the application runs, and what is refused in production."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import environ
import pyrage

from caseness import __version__
from caseness.errors import UnsafeSetting
from caseness.web.variables import Variables

DEMONSTRATION, PRODUCTION = "demonstration", "production"
MODES = (DEMONSTRATION, PRODUCTION)
LEAST_SECRET = 50
LEAST_IDLE, MOST_IDLE = 5, 60
# Longer than anybody keeps a record, and short enough that there is such a day.
MOST_YEARS = 200
LAST_PORT = 65_535
# An empty host is a socket on this machine.
_HERE = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class SignOff:
    """Who signed a version off for clinical use, and when."""

    name: str
    day: date
    version: str


@dataclass(frozen=True)
class Environment:
    """Settings as they were read. In a demonstration nobody is treated, and all people are made up."""

    mode: str
    secret_key: str
    # The keys of age that second factors are encrypted by, the one that encrypts first. None: in a demonstration alone.
    factor_keys: tuple[str, ...]
    hosts: tuple[str, ...]
    folder: Path
    database: dict[str, Any]
    is_behind_proxy: bool
    email: dict[str, Any]
    sender: str
    # Where people open the application, as mails name it.
    address: str
    # An authenticator app or a passkey is asked of everybody. It can be left off in a demonstration only.
    asks_second_factor: bool
    # Whoever does nothing for so long is signed out.
    idle_minutes: int
    # Hours until a risk alert that nobody acknowledged goes a step up: one that is new or has risen, and any other.
    risk_hours_new: int
    risk_hours_known: int
    sign_off: SignOff | None
    bind: str
    processes: int
    threads: int
    grace_seconds: int
    metrics_token: str
    backup_recipients: tuple[str, ...]
    backup_folder: Path
    backup_keep: int
    backup_hours: int
    # None: nothing is erased.
    retention_years: int | None

    @property
    def safety_officer(self) -> str:
        """Who signed off the version that runs. Empty: a banner says that it is not for clinical use."""
        return self.sign_off.name if self.sign_off and self.sign_off.version == __version__ else ""


def read_environment(given: Mapping[str, str]) -> Environment:
    """Settings from the environment.

    Raises
    ------
    UnsafeSetting
        If one is unknown, missing or unsafe for the mode. The message names it, and what to set.
    """
    found = Variables(given)
    mode = found.text("MODE")
    if mode not in MODES:
        raise UnsafeSetting("CASENESS_WEB_MODE", f"is {mode!r}", f"set it to {' or '.join(MODES)}")
    folder = Path(found.text("FOLDER")).resolve()
    return Environment(
        mode=mode,
        secret_key=_secret_key(found, mode),
        factor_keys=_factor_keys(found, mode),
        hosts=_hosts(found, mode),
        folder=folder,
        database=_database(found, mode, folder),
        is_behind_proxy=found.yes("BEHIND_PROXY"),
        email=_email(found, mode),
        sender=found.text("SENDER"),
        address=found.text("ADDRESS") or _address(_hosts(found, mode)[0], mode),
        asks_second_factor=_asks_second_factor(found, mode),
        idle_minutes=_idle_minutes(found),
        risk_hours_new=found.whole_number("RISK_HOURS_NEW", 1),
        risk_hours_known=found.whole_number("RISK_HOURS_KNOWN", 1),
        sign_off=_sign_off(found),
        **_running(found, folder),
    )


def _running(found: Variables, folder: Path) -> dict[str, Any]:
    return {
        "bind": read_bind(found.text("BIND")),
        "processes": found.whole_number("PROCESSES", 1),
        "threads": found.whole_number("THREADS", 1),
        "grace_seconds": found.whole_number("GRACE_SECONDS", 1),
        "metrics_token": found.text("METRICS_TOKEN"),
        "backup_recipients": found.parts("BACKUP_RECIPIENTS"),
        "backup_folder": Path(found.text("BACKUP_FOLDER") or folder / "backups").resolve(),
        "backup_keep": found.whole_number("BACKUP_KEEP", 1),
        "backup_hours": found.whole_number("BACKUP_HOURS", 1),
        "retention_years": found.whole_number("RETENTION_YEARS", 1, MOST_YEARS)
        if found.is_set("RETENTION_YEARS")
        else None,
    }


def read_bind(text: str) -> str:
    """Where pages are served, if it can be there.

    Raises
    ------
    UnsafeSetting
        If it is neither an address with a port nor a socket.

    Examples
    --------
    >>> read_bind("127.0.0.1:8000"), read_bind("[::1]:8000"), read_bind("unix:/run/caseness.sock")
    ('127.0.0.1:8000', '[::1]:8000', 'unix:/run/caseness.sock')
    """
    host, _, port = text.rpartition(":")
    is_socket = text.startswith("unix:") and len(text) > len("unix:")
    is_address = bool(host) and port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= LAST_PORT
    if not is_socket and not is_address:
        raise UnsafeSetting(
            "CASENESS_WEB_BIND",
            f"is {text!r}",
            f"set it to an address and a port up to {LAST_PORT}, or unix: and a path",
        )
    return text


# A demonstration draws a key at each start, so that none is ever shared: who was signed in signs in again.
def _secret_key(found: Variables, mode: str) -> str:
    key = found.text("SECRET_KEY")
    if mode == DEMONSTRATION:
        return key or secrets.token_urlsafe(LEAST_SECRET)
    if len(key) < LEAST_SECRET:
        raise UnsafeSetting(
            "CASENESS_WEB_SECRET_KEY", "is not set" if not key else "is too short", f"set {LEAST_SECRET} random letters"
        )
    return key


def _factor_keys(found: Variables, mode: str) -> tuple[str, ...]:
    keys = found.lines("FACTOR_KEYS")
    try:
        for one in keys:
            pyrage.x25519.Identity.from_str(one)
    except pyrage.IdentityError:
        raise UnsafeSetting(
            "CASENESS_WEB_FACTOR_KEYS", "holds what is no age key", "make one with age-keygen (AGE-SECRET-KEY-...)"
        ) from None
    if mode == PRODUCTION and not keys:
        raise UnsafeSetting("CASENESS_WEB_FACTOR_KEYS", "is not set", "make a key with age-keygen, and keep a copy")
    return keys


def _hosts(found: Variables, mode: str) -> tuple[str, ...]:
    hosts = found.parts("HOSTS")
    if mode == DEMONSTRATION:
        return hosts or ("localhost", "127.0.0.1", "[::1]")
    # A name that begins with a dot stands for all below it.
    if not hosts or any("*" in host or host.startswith(".") for host in hosts):
        raise UnsafeSetting("CASENESS_WEB_HOSTS", "names no host, or many", "name those that the application serves")
    return hosts


def _address(host: str, mode: str) -> str:
    return f"https://{host}" if mode == PRODUCTION else f"http://{host}:8000"


def _asks_second_factor(found: Variables, mode: str) -> bool:
    asks = found.yes("SECOND_FACTOR")
    if not asks and mode == PRODUCTION:
        raise UnsafeSetting("CASENESS_WEB_SECOND_FACTOR", "is 'off'", "leave it on where real people are treated")
    return asks


# The warning comes two minutes before the end, so that less than five would be all warning.
def _idle_minutes(found: Variables) -> int:
    minutes = found.whole_number("IDLE_MINUTES", 1)
    if not LEAST_IDLE <= minutes <= MOST_IDLE:
        raise UnsafeSetting(
            "CASENESS_WEB_IDLE_MINUTES", f"is {minutes}", f"set it to between {LEAST_IDLE} and {MOST_IDLE} minutes"
        )
    return minutes


def _email(found: Variables, mode: str) -> dict[str, Any]:
    try:
        email = environ.Env.email_url_config(found.text("EMAIL_URL"))
    except Exception as problem:
        raise UnsafeSetting(
            "CASENESS_WEB_EMAIL_URL", "is not an address of mail", "see web-settings in the manual"
        ) from problem
    if mode == PRODUCTION and not email["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        raise UnsafeSetting(
            "CASENESS_WEB_EMAIL_URL", "sends no mail", "set the address of a mail server (smtp+tls://...)"
        )
    return email


def _sign_off(found: Variables) -> SignOff | None:
    name, day, version = (found.text(each) for each in ("SAFETY_OFFICER", "SAFETY_SIGNED_ON", "SAFETY_VERSION"))
    if not name:
        return None
    try:
        signed = date.fromisoformat(day)
    except ValueError:
        raise UnsafeSetting(
            "CASENESS_WEB_SAFETY_SIGNED_ON",
            f"is {day!r}",
            "set the day on which the officer signed, such as 2026-11-26",
        ) from None
    if not version:
        raise UnsafeSetting("CASENESS_WEB_SAFETY_VERSION", "is not set", "set the version that the officer signed")
    return SignOff(name, signed, version)


def _database(found: Variables, mode: str, folder: Path) -> dict[str, Any]:
    url = found.text("DATABASE_URL") or f"sqlite:///{folder / 'caseness.sqlite3'}"
    database = dict(environ.Env.db_url_config(url)) if url.startswith(("sqlite:///", "postgres")) else {}
    if not database:
        raise UnsafeSetting(
            "CASENESS_WEB_DATABASE_URL", "is not of PostgreSQL or SQLite", "begin it with postgresql://"
        )
    if not database.get("NAME"):
        raise UnsafeSetting(
            "CASENESS_WEB_DATABASE_URL", "names no database", "end it with a slash and the name of the database"
        )
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    if mode == PRODUCTION and is_sqlite and not found.yes("SQLITE_IN_PRODUCTION"):
        raise UnsafeSetting(
            "CASENESS_WEB_DATABASE_URL", "is of SQLite",
            "name a PostgreSQL database or, for one practice, set CASENESS_WEB_SQLITE_IN_PRODUCTION=yes",
        )  # fmt: skip
    return _sqlite(database, folder) if is_sqlite else _postgresql(database, mode)


# SQLite is for one practice: readers never wait for the writer, and a writer waits for its turn rather than failing.
# What was acknowledged is on the disk (`synchronous=FULL`). A connection is kept for a minute: with the last that is closed the log
# would be written back and removed, at every request. What is erased is written over (`secure_delete`).
def _sqlite(database: dict[str, Any], folder: Path) -> dict[str, Any]:
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;",
    }
    # Tests use a file too: a database in memory keeps no log to write ahead.
    tests = {"NAME": str(folder / "tests.sqlite3")}
    return {**database, "OPTIONS": options, "CONN_MAX_AGE": 60, "TEST": tests}


def _postgresql(database: dict[str, Any], mode: str) -> dict[str, Any]:
    host = database.get("HOST") or ""
    is_here = host in _HERE or host.startswith("/")
    if mode == PRODUCTION and not is_here and not database.get("PASSWORD"):
        raise UnsafeSetting("CASENESS_WEB_DATABASE_URL", "has no password for another machine", "add the password")
    # What leaves the machine is encrypted, unless the address says otherwise.
    options = {**({} if is_here else {"sslmode": "require"}), **database.get("OPTIONS", {})}
    return {**database, "OPTIONS": options, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
