"""What the environment says of how the application runs, and what is refused in production."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ

from caseness.errors import UnsafeSetting

DEMONSTRATION, PRODUCTION = "demonstration", "production"
MODES = (DEMONSTRATION, PRODUCTION)
LEAST_SECRET = 50
LEAST_IDLE, MOST_IDLE = 5, 60


@dataclass(frozen=True)
class Environment:
    """Settings as they were read. In a demonstration nobody is treated, and all people are made up."""

    mode: str
    secret_key: str
    hosts: tuple[str, ...]
    folder: Path
    database: dict[str, Any]
    is_behind_proxy: bool
    email: dict[str, Any]
    sender: str
    # Who has signed the application off for clinical use, by name. Empty: a banner says that it is not.
    safety_officer: str
    # Where people open the application, as mails name it.
    address: str
    # Hours until a risk alert that nobody acknowledged goes a step up: one that is new or has risen, and any other.
    # Assumed: a service sets its own.
    risk_hours_new: int
    risk_hours_known: int
    # An authenticator app or a passkey is asked of everybody. It can be left off in a demonstration only.
    asks_second_factor: bool
    # Whoever does nothing for so long is signed out.
    idle_minutes: int


def read_environment(env: environ.Env) -> Environment:
    """Settings from the environment.

    Raises
    ------
    UnsafeSetting
        If one is missing or unsafe for the mode. The message names it, and what to set.
    """
    mode = env.str("CASENESS_WEB_MODE", PRODUCTION)
    if mode not in MODES:
        raise UnsafeSetting("CASENESS_WEB_MODE", f"is {mode!r}", f"set it to {' or '.join(MODES)}")
    folder = Path(env.str("CASENESS_WEB_FOLDER", "caseness-web")).resolve()
    return Environment(
        mode=mode,
        secret_key=_secret_key(env, mode),
        hosts=_hosts(env, mode),
        folder=folder,
        database=_database(env, folder),
        is_behind_proxy=env.bool("CASENESS_WEB_BEHIND_PROXY", False),
        email=env.email_url_config(env.str("CASENESS_WEB_EMAIL_URL", "consolemail://")),
        sender=env.str("CASENESS_WEB_SENDER", "caseness@localhost"),
        safety_officer=env.str("CASENESS_WEB_SAFETY_OFFICER", ""),
        address=env.str("CASENESS_WEB_ADDRESS", "") or _address(_hosts(env, mode)[0], mode),
        risk_hours_new=_hours(env, "CASENESS_WEB_RISK_HOURS_NEW", 4),
        risk_hours_known=_hours(env, "CASENESS_WEB_RISK_HOURS_KNOWN", 24),
        asks_second_factor=_asks_second_factor(env, mode),
        idle_minutes=_idle_minutes(env),
    )


# A demonstration draws a key at each start, so that none is ever shared: who was signed in signs in again.
def _secret_key(env: environ.Env, mode: str) -> str:
    key = env.str("CASENESS_WEB_SECRET_KEY", "")
    if mode == DEMONSTRATION:
        return key or secrets.token_urlsafe(LEAST_SECRET)
    if len(key) < LEAST_SECRET:
        raise UnsafeSetting(
            "CASENESS_WEB_SECRET_KEY", "is not set" if not key else "is too short", f"set {LEAST_SECRET} random letters"
        )
    return key


def _hosts(env: environ.Env, mode: str) -> tuple[str, ...]:
    if mode == DEMONSTRATION:
        return _list(env, "CASENESS_WEB_HOSTS") or ("localhost", "127.0.0.1", "[::1]")
    hosts = _list(env, "CASENESS_WEB_HOSTS")
    if not hosts or "*" in hosts:
        raise UnsafeSetting("CASENESS_WEB_HOSTS", "names no host, or all", "name those that the application serves")
    return hosts


def _address(host: str, mode: str) -> str:
    return f"https://{host}" if mode == PRODUCTION else f"http://{host}:8000"


def _hours(env: environ.Env, name: str, usual: int) -> int:
    found = env.int(name, usual)
    if found < 1:
        raise UnsafeSetting(name, f"is {found}", "set a whole number of hours, 1 or more")
    return found


def _list(env: environ.Env, name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in env.str(name, "").split(",") if part.strip())


def _asks_second_factor(env: environ.Env, mode: str) -> bool:
    asked = env.str("CASENESS_WEB_SECOND_FACTOR", "on")
    if asked not in ("on", "off"):
        raise UnsafeSetting("CASENESS_WEB_SECOND_FACTOR", f"is {asked!r}", "set it to on or off")
    if asked == "off" and mode == PRODUCTION:
        raise UnsafeSetting("CASENESS_WEB_SECOND_FACTOR", "is 'off'", "leave it on where real people are treated")
    return asked == "on"


# The warning comes two minutes before the end, so that less than five would be all warning.
def _idle_minutes(env: environ.Env) -> int:
    minutes = env.int("CASENESS_WEB_IDLE_MINUTES", 15)
    if not LEAST_IDLE <= minutes <= MOST_IDLE:
        raise UnsafeSetting(
            "CASENESS_WEB_IDLE_MINUTES", f"is {minutes}", f"set it to between {LEAST_IDLE} and {MOST_IDLE} minutes"
        )
    return minutes


# SQLite is for one practice: readers never wait for the writer, and a writer waits for its turn rather than failing.
# What was acknowledged is on the disk (`synchronous=FULL`).
def _database(env: environ.Env, folder: Path) -> dict[str, Any]:
    found = env.db_url_config(env.str("CASENESS_WEB_DATABASE_URL", f"sqlite:///{folder / 'caseness.sqlite3'}"))
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        # Tests use a file too: a database in memory keeps no log to write ahead.
        found["TEST"] = {"NAME": str(folder / "tests.sqlite3")}
    else:
        found["CONN_HEALTH_CHECKS"] = True
        found["CONN_MAX_AGE"] = 60
    return dict(found)
