"""One frozen object of settings: defaults, then a file, then the environment, then flags.

What it does not know it refuses, because a setting that is silently ignored is a figure
that is silently different.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from caseness.errors import BadSettings, suggest

FILE = Path("caseness.toml")
PREFIX = "CASENESS_"
# Settings of the practice application, which reads them itself (`caseness.web.environment`).
OF_WEB = "CASENESS_WEB_"
COLOURS = ("auto", "always", "never")


def _path(given: object) -> Path:
    return Path(_text(given))


def _text(given: object) -> str:
    if not isinstance(given, str | Path) or not str(given).strip():
        raise ValueError("it must be text, and not empty")
    return str(given)


def _colour(given: object) -> str:
    if given not in COLOURS:
        raise ValueError(f"it must be one of {', '.join(COLOURS)}")
    return str(given)


def _memory(given: object) -> str:
    if not re.fullmatch(r"[1-9]\d* ?[MG]i?B", _text(given)):
        raise ValueError("it must be a size, such as 1500MB or 2GiB")
    return str(given)


def _threads(given: object) -> int:
    if isinstance(given, bool) or not re.fullmatch(r"[1-9]\d*", str(given)):
        raise ValueError("it must be a whole number, at least 1")
    return int(str(given))


def _means(explanation: str, read: Callable[[object], Any]) -> dict[str, Any]:
    return {"help": explanation, "read": read}


@dataclass(frozen=True)
class Settings:
    """Everything that can be set, each with its default and its explanation, declared once.

    Examples
    --------
    >>> Settings().colour
    'auto'
    >>> explain()["threads"]
    'Threads the engine may use.'
    """

    out: Path = field(default=Path("audit-report"), metadata=_means("Folder into which reports are written.", _path))
    colour: str = field(default="auto", metadata=_means("Colour on the terminal: auto, always or never.", _colour))
    memory_limit: str = field(
        default="3GB", metadata=_means("Memory the engine may use, such as 1500MB or 2GiB.", _memory)
    )
    threads: int = field(default=2, metadata=_means("Threads the engine may use.", _threads))
    default_period: str | None = field(
        default=None, metadata=_means("Period to audit when none is asked for, such as 2024-25.", _text)
    )
    case_key: Path | None = field(
        default=None, metadata=_means("File of the key from which pseudonyms of courses are made.", _path)
    )


def load_settings(
    file: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    flags: Mapping[str, object] | None = None,
) -> Settings:
    """Gather the settings. Later sources win: defaults, file, environment, flags.

    Parameters
    ----------
    file : path of a TOML file
        None means `caseness.toml` in the working folder, where there is one.
    environment : names and values
        Those that begin with CASENESS_ are settings: CASENESS_THREADS sets `threads`.
    flags : names and values
        A value of None means that the flag was not given.

    Raises
    ------
    BadSettings
        If a source names a setting that does not exist, or a value that cannot be used,
        or the file is absent or is no TOML. The message names the source and the setting.

    Examples
    --------
    >>> load_settings(environment={"CASENESS_THREADS": "4"}, flags={"colour": "never"}).threads
    4
    """
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    settings = Settings()
    for source, values in (
        (str(file or FILE), _read_file(file)),
        ("the environment", _read_environment(environment)),
        ("the command line", given),
    ):
        settings = replace(settings, **_checked(source, values))
    return settings


def explain() -> dict[str, str]:
    """What each setting does, by name."""
    return {each.name: each.metadata["help"] for each in fields(Settings)}


def _read_file(file: Path | None) -> dict[str, object]:
    path = file or FILE
    if file is None and not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise BadSettings(f"{path}: the settings cannot be read: {problem.strerror}.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadSettings(f"{path}: this is no TOML, so no setting is taken from it: {problem}") from problem


def _read_environment(environment: Mapping[str, str]) -> dict[str, object]:
    ours = {
        name: value for name, value in environment.items() if name.startswith(PREFIX) and not name.startswith(OF_WEB)
    }
    return {name.removeprefix(PREFIX).lower(): value for name, value in ours.items()}


def _checked(source: str, values: Mapping[str, object]) -> dict[str, object]:
    known = {each.name: each for each in fields(Settings)}
    for name in values:
        if name not in known:
            hint = suggest(name, known) or f"Settings are {', '.join(known)}."
            raise BadSettings(f"{source}: there is no setting {_spelled(source, name)!r}. {hint} Nothing was run.")
    return {name: _value(source, known[name], given) for name, given in values.items()}


def _value(source: str, setting: Field[Any], given: object) -> object:
    try:
        return setting.metadata["read"](given)
    except ValueError as problem:
        name = _spelled(source, setting.name)
        raise BadSettings(f"{source}: {name} is {given!r}, but {problem}. Nothing was run.") from problem


def _spelled(source: str, name: str) -> str:
    """The name as the person wrote it there."""
    return f"{PREFIX}{name.upper()}" if source == "the environment" else name
