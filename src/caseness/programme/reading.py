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

from caseness.codes import code_list
from caseness.errors import UnknownName, UnreadableInput, suggest
from caseness.instruments import instrument
from caseness.periods import Period
from caseness.programme.model import Break, EndCode, EndGroup, Measure, Outcome, Programme, Stage, Target, Unknown

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
    shipped = _shipped()
    if name not in shipped:
        raise UnknownName("programme", name, shipped, f"There are: {', '.join(shipped)}.")
    return read_programme(shipped[name])


def programme_names() -> tuple[str, ...]:
    """The programmes that ship with the package, by name.

    Examples
    --------
    >>> programme_names()
    ('core10_practice', 'england', 'norway')
    """
    return tuple(_shipped())


def _shipped() -> dict[str, Traversable]:
    found = {Path(each.name).stem: each for each in files(__package__ or "").iterdir() if each.name.endswith(".toml")}
    return dict(sorted(found.items()))


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
    read = {plural: _entries(section, kind, text.pop(section, [])) for section, (plural, kind) in SECTIONS.items()}
    known = {plural: tuple(one for one in some if not isinstance(one, Unknown)) for plural, some in read.items()}
    apart = _entries("unknown", Unknown, text.pop("unknown", []))
    unknowns = (*(one for some in read.values() for one in some if isinstance(one, Unknown)), *apart)
    programme = _made("programme", Programme, text, {**known, "unknowns": unknowns})
    _require_known_names(programme)
    return programme


def _require_known_names(programme: Programme) -> None:
    """Refuse a questionnaire or a code list that the package does not have: nothing could be computed with it."""
    try:
        for measure in programme.measures:
            instrument(measure.id)
        for name in programme.codes:
            code_list(name)
    except UnknownName as problem:
        raise ValueError(str(problem)) from problem


def _entries(section: str, kind: type, tables: object) -> tuple:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(f"write [[{section}]], with two brackets, for each {section}")
    return tuple(_entry(f"{section} {number}", section, kind, table) for number, table in enumerate(tables, start=1))


# An entry that says `unknown` stands for what was not found. A questionnaire keeps its place, since it may
# lack one threshold of two.
def _entry(where: str, section: str, kind: type, table: dict[str, Any]) -> Any:
    if "unknown" in table and kind is not Measure:
        return _made(where, Unknown, table, {"section": "programme" if kind is Unknown else section})
    spelled = {SPELLINGS.get((section, key), key): value for key, value in table.items()}
    return _made(where, kind, spelled, {})


def _made(where: str, kind: type, given: Mapping[str, Any], ready: Mapping[str, Any]) -> Any:
    declared = {each.name: str(each.type).removesuffix(" | None") for each in fields(kind)}
    _require_keys(where, kind, given, ready)
    values = {key: _value(f"{where}: {key}", declared[key], value) for key, value in given.items()}
    return _build(where, kind, {**values, **ready})


def _value(where: str, declared: str, value: object) -> object:
    wanted, accepted = TYPES[declared]
    if not isinstance(value, accepted) or (isinstance(value, bool) and bool not in accepted):
        raise ValueError(f"{where} must be {wanted}, not {value!r}.")
    if declared == "Period":
        return _period(where, str(value))
    if isinstance(value, list):
        return _texts(where, value)
    return value


def _texts(where: str, values: list[object]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{where} must be a list of texts in quotes.")
    return tuple(map(str, values))


def _period(where: str, value: str) -> Period:
    try:
        return Period.parse(value)
    except UnknownName as problem:
        raise ValueError(f"{where}: {problem}") from problem


# What is ready is not for the file to say.
def _require_keys(where: str, kind: type, values: Mapping[str, Any], ready: Mapping[str, Any]) -> None:
    known = {each.name: each for each in fields(kind) if each.name not in ready}
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
