"""Read code lists from their TOML files. A key that is not known is refused, never ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from caseness.codes.model import Code, CodeList
from caseness.errors import UnknownName, UnreadableInput, suggest

CHAPTERS = (
    "header",
    "referral",
    "contact",
    "person",
    "work",
    "circumstance",
    "problem",
    "therapy",
    "assessment",
    "extension",
)
# What each declared type is called in a message, and what TOML gives for it.
TYPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "str": ("text", (str,)),
    "bool": ("true or false", (bool,)),
    "int": ("a whole number", (int,)),
    "float": ("a number", (int, float)),
    "tuple[str, ...]": ("a list of texts", (list,)),
    "tuple[Code, ...]": ("[[list.codes]] entries", (list,)),
}
# A list that has the codes of another, under the name of its own column.
COPY_KEYS = ("id", "title", "of")


def code_list(name: str) -> CodeList:
    """One list by the official name of its column, of version 2.1 or 2.0.

    Raises
    ------
    UnknownName
        If there is none of that name. The message says which are near.

    Examples
    --------
    >>> code_list("EndCode").meaning_of("46")
    'Mutually agreed completion of treatment'
    >>> code_list("ConsMediumUsed").id
    'ConsMechanism'
    """
    found = _by_name().get(name.casefold())
    if found is None:
        raise UnknownName("code list", name, [each.id for each in code_lists()], "`caseness codes` lists all.")
    return found


@cache
def code_lists() -> tuple[CodeList, ...]:
    """Every list that ships with the package, in the order of the chapters."""
    folder = files(__package__ or "")
    return tuple(each for chapter in CHAPTERS for each in read_code_lists(folder / f"{chapter}.toml"))


@cache
def _by_name() -> Mapping[str, CodeList]:
    return {name.casefold(): each for each in code_lists() for name in (each.id, each.former_name) if name}


def read_code_lists(source: Path | Traversable) -> tuple[CodeList, ...]:
    """Read the lists of one file, in its order.

    Raises
    ------
    UnreadableInput
        If it is no TOML, misses or repeats an entry, or holds a key that is not known.
        The message names the file, the list and the key.
    """
    try:
        return tuple(_lists(tomllib.loads(source.read_text(encoding="utf-8"))))
    except OSError as problem:
        raise UnreadableInput(f"{source}: the code lists cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise UnreadableInput(f"{source}: the code lists are not used: {problem}") from problem


def _lists(text: dict[str, Any]) -> Iterator[CodeList]:
    for key in text:
        if key not in ("list", "copy"):
            raise ValueError(f"there is no section {key!r}. {suggest(key, ['list', 'copy'])}".rstrip())
    made = {each.id: each for each in _each("list", text, _list)}
    yield from made.values()
    for where, table in _tables("copy", text.get("copy", [])):
        yield _copy(where, table, made)


def _each(section: str, text: dict[str, Any], build: Any) -> list[CodeList]:
    made = [build(where, table) for where, table in _tables(section, text.get(section, []))]
    _require_different([each.id for each in made])
    return made


def _tables(section: str, tables: object) -> Iterator[tuple[str, dict[str, Any]]]:
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise ValueError(f"write [[{section}]], with two brackets, for each {section.rpartition('.')[2]}.")
    for number, table in enumerate(tables, start=1):
        yield f"{section} {table.get('id', number)}", table


def _list(where: str, table: dict[str, Any]) -> CodeList:
    codes = tuple(_build(Code, f"{where}, {named}", each) for named, each in _tables("codes", table.get("codes", [])))
    return _build(CodeList, where, {**table, "codes": codes})


def _copy(where: str, table: dict[str, Any], made: Mapping[str, CodeList]) -> CodeList:
    _require_keys(where, table, COPY_KEYS, COPY_KEYS)
    if table["of"] not in made:
        raise ValueError(
            f"{where}: there is no list {table['of']!r} in this file. {suggest(table['of'], made)}".rstrip()
        )
    if table["id"] in made:
        raise ValueError(f"{table['id']!r} is declared twice.")
    return replace(made[table["of"]], id=table["id"], title=table["title"])


def _build(kind: type, where: str, table: dict[str, Any]) -> Any:
    declared = {each.name: each for each in fields(kind)}
    _require_keys(where, table, declared, [name for name, each in declared.items() if each.default is MISSING])
    values = {key: _value(f"{where}: {key}", str(declared[key].type), value) for key, value in table.items()}
    try:
        return kind(**values)
    except ValueError as problem:
        raise ValueError(f"{where}: {problem}.") from problem


def _value(where: str, declared: str, value: object) -> object:
    wanted, accepted = TYPES[declared.removesuffix(" | None")]
    if isinstance(value, tuple):
        return value
    if not isinstance(value, accepted) or (isinstance(value, bool) and bool not in accepted):
        raise ValueError(f"{where} must be {wanted}, not {value!r}.")
    return tuple(value) if isinstance(value, list) else value


def _require_keys(where: str, table: Mapping[str, Any], known: Any, needed: Any) -> None:
    for key in table:
        if key not in known:
            raise ValueError(f"{where}: there is no key {key!r}. {suggest(key, known)}".rstrip())
    missing = [name for name in needed if name not in table]
    if missing:
        raise ValueError(f"{where}: there is no {' and no '.join(missing)}.")


def _require_different(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name!r} is declared twice.")
