"""Read a programme from its TOML file. A key that is not known is refused, never ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from caseness.errors import UnknownName, UnreadableInput, suggest
from caseness.periods import Period
from caseness.programme.model import Break, EndCode, EndGroup, Measure, Outcome, Programme, Stage, Target

SECTIONS: Mapping[str, tuple[str, type]] = {
    "stage": ("stages", Stage),
    "measure": ("measures", Measure),
    "outcome": ("outcomes", Outcome),
    "end_group": ("end_groups", EndGroup),
    "end_code": ("end_codes", EndCode),
    "target": ("targets", Target),
    "break": ("breaks", Break),
}
# `from` is a word of the language, so it cannot name a field.
SPELLINGS: Mapping[tuple[str, str], str] = {("target", "from"): "since", ("target", "to"): "until"}
# What each declared type is called in a message, and what TOML gives for it.
TYPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "str": ("text", (str,)),
    "float": ("a number", (int, float)),
    "bool": ("true or false", (bool,)),
    "date": ("a date, such as 2015-04-01", (date,)),
    "Period": ("a period in quotes", (str,)),
    "tuple[str, ...]": ("a list", (list,)),
}


@cache
def load(name: str = "england") -> Programme:
    """Read a programme that ships with the package.

    Raises
    ------
    UnknownName
        If no programme has this name.

    Examples
    --------
    >>> load().name
    'NHS Talking Therapies for anxiety and depression'
    """
    shipped = {Path(each.name).stem: each for each in files(__package__ or "").iterdir() if each.name.endswith(".toml")}
    if name not in shipped:
        raise UnknownName("programme", name, shipped, f"There are: {', '.join(sorted(shipped))}.")
    return read_programme(shipped[name])


def read_programme(source: Path | Traversable) -> Programme:
    """Read a programme from a file of one's own, in the form of `england.toml`.

    Raises
    ------
    UnreadableInput
        If it is no TOML, misses or repeats an entry, or holds a key that is not known.
        The message names the file, the section and the key.
    """
    try:
        text = tomllib.loads(source.read_text(encoding="utf-8"))
        return _programme(text)
    except OSError as problem:
        raise UnreadableInput(f"{source}: the programme cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise UnreadableInput(f"{source}: the programme is not used: {problem}") from problem


def _programme(text: dict[str, Any]) -> Programme:
    columns = {plural: _entries(section, kind, text.pop(section, [])) for section, (plural, kind) in SECTIONS.items()}
    _require_keys("programme", Programme, text | columns)
    return _build("programme", Programme, text | columns)


def _entries(section: str, kind: type, tables: object) -> tuple:
    if not isinstance(tables, list):
        raise ValueError(f"write [[{section}]], with two brackets, for each {section}")
    return tuple(_entry(f"{section} {number}", section, kind, table) for number, table in enumerate(tables, start=1))


def _entry(where: str, section: str, kind: type, table: dict[str, Any]) -> Any:
    spelled = {SPELLINGS.get((section, key), key): value for key, value in table.items()}
    declared = {each.name: str(each.type).removesuffix(" | None") for each in fields(kind)}
    _require_keys(where, kind, spelled)
    return _build(where, kind, {key: _value(f"{where}: {key}", declared[key], value) for key, value in spelled.items()})


def _value(where: str, declared: str, value: object) -> object:
    wanted, accepted = TYPES[declared]
    if not isinstance(value, accepted) or (isinstance(value, bool) and bool not in accepted):
        raise ValueError(f"{where} must be {wanted}, not {value!r}.")
    if declared == "Period":
        return _period(where, str(value))
    return tuple(value) if isinstance(value, list) else value


def _period(where: str, value: str) -> Period:
    try:
        return Period.parse(value)
    except UnknownName as problem:
        raise ValueError(f"{where}: {problem}") from problem


def _require_keys(where: str, kind: type, values: Mapping[str, Any]) -> None:
    known = {each.name: each for each in fields(kind)}
    for key in values:
        if key not in known:
            raise ValueError(f"{where}: there is no key {key!r}. {suggest(key, known)}".rstrip())
    missing = [name for name, each in known.items() if each.default is MISSING and name not in values]
    if missing:
        raise ValueError(f"{where}: there is no {' and no '.join(missing)}.")


def _build(where: str, kind: type, values: dict[str, Any]) -> Any:
    try:
        return kind(**values)
    except ValueError as problem:
        raise ValueError(f"{where}: {problem}.") from problem
