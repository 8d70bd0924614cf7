"""Read a questionnaire from its TOML file. A key that is not known is refused, never ignored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from caseness.errors import UnreadableInput, suggest
from caseness.instruments.model import Instrument
from caseness.instruments.parts import (
    Band,
    Former,
    Item,
    Licence,
    Missing,
    Norm,
    Option,
    Risk,
    Threshold,
    Wording,
)

SECTIONS: Mapping[str, tuple[str, type]] = {
    "option": ("options", Option),
    "threshold": ("thresholds", Threshold),
    "norm": ("norms", Norm),
    "band": ("bands", Band),
}
SINGLE: Mapping[str, type] = {
    "missing": Missing,
    "risk": Risk,
    "former": Former,
    "licence": Licence,
    "wording": Wording,
}
# What each declared type is called in a message, and what TOML gives for it.
TYPES: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "str": ("text", (str,)),
    "int": ("a whole number", (int,)),
    "float": ("a number", (int, float)),
    "bool": ("true or false", (bool,)),
    "date": ("a date, such as 2021-01-31", (date,)),
    "tuple[str, ...]": ("a list", (list,)),
}
# What all items share, for a form whose items differ in nothing but their number.
SHARED: Mapping[str, str] = {
    "count": "int",
    "low": "float",
    "high": "float",
    "decimals": "int",
    "reversed": "tuple[str, ...]",
}


def read_instrument(source: Path | Traversable) -> Instrument:
    """Read a questionnaire from a file in the form of those that ship with the package.

    Raises
    ------
    UnreadableInput
        If it is no TOML, misses an entry, holds a key that is not known, or contradicts
        itself. The message names the file, the section and the key.
    """
    try:
        return _instrument(tomllib.loads(source.read_text(encoding="utf-8")))
    except OSError as problem:
        raise UnreadableInput(f"{source}: the questionnaire cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise UnreadableInput(f"{source}: the questionnaire is not used: {problem}") from problem


def _instrument(text: dict[str, Any]) -> Instrument:
    made: dict[str, Any] = {"items": _items(text.pop("items", {}), text.pop("item", []))}
    for section, (plural, kind) in SECTIONS.items():
        made[plural] = tuple(_entries(section, kind, text.pop(section, [])))
    for section, kind in SINGLE.items():
        if section in text:
            made[section] = _entry(section, kind, text.pop(section))
    return _entry("questionnaire", Instrument, text, made, {"low": None, "high": None})


def _items(shared: dict[str, Any], own: object) -> tuple[Item, ...]:
    """What all items share, and what some have of their own."""
    for key, value in shared.items():
        if key not in SHARED:
            raise ValueError(f"items: there is no key {key!r}. {suggest(key, SHARED)}".rstrip())
        _check(f"items: {key}", SHARED[key], value)
    reversed_numbers = shared.get("reversed", [])
    same = {key: shared[key] for key in ("low", "high", "decimals") if key in shared}
    tables = _by_number(own)
    count = shared.get("count", len(tables))
    if stray := [number for number in tables if number > count]:
        raise ValueError(f"item {stray[0]}: there are only {count}.")
    return tuple(
        _entry(
            f"item {number}",
            Item,
            tables.get(number, {}),
            {"number": number, "is_reversed": number in reversed_numbers},
            same,
        )
        for number in range(1, count + 1)
    )


def _by_number(own: object) -> dict[int, dict[str, Any]]:
    numbered: dict[int, dict[str, Any]] = {}
    for place, table in enumerate(_tables("item", own), start=1):
        number = table.pop("number", place)
        _check(f"item {place}: number", "int", number)
        if number in numbered:
            raise ValueError(f"item {number} is declared twice.")
        numbered[number] = table
    return numbered


def _entries(section: str, kind: type, tables: object) -> list[Any]:
    found = _tables(section, tables)
    return [_entry(f"{section} {number}", kind, table) for number, table in enumerate(found, start=1)]


def _tables(section: str, tables: object) -> list[dict[str, Any]]:
    if not isinstance(tables, list):
        raise ValueError(f"write [[{section}]], with two brackets, for each {section}")
    return tables


def _entry(
    where: str,
    kind: type,
    table: object,
    made: Mapping[str, Any] | None = None,
    usual: Mapping[str, Any] | None = None,
) -> Any:
    """One dataclass from a table. `made` was built elsewhere, `usual` holds where the table is silent."""
    if not isinstance(table, dict):
        raise ValueError(f"write [{where}], with one bracket")
    ready = dict(made or {})
    declared = {each.name: str(each.type).removesuffix(" | None") for each in fields(kind) if each.name not in ready}
    for key in table:
        if key not in declared:
            raise ValueError(f"{where}: there is no key {key!r}. {suggest(key, declared)}".rstrip())
        _check(f"{where}: {key}", declared[key], table[key])
    values = {**(usual or {}), **{key: _value(value) for key, value in table.items()}, **ready}
    _require_all(where, kind, values)
    return _build(where, kind, values)


def _check(where: str, declared: str, value: object) -> None:
    wanted, accepted = TYPES.get(declared, ("a section", ()))
    if not isinstance(value, accepted) or (isinstance(value, bool) and bool not in accepted):
        raise ValueError(f"{where} must be {wanted}, not {value!r}.")


def _value(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _require_all(where: str, kind: type, values: Mapping[str, Any]) -> None:
    missing = [each.name for each in fields(kind) if each.default is MISSING and each.name not in values]
    if missing:
        raise ValueError(f"{where}: there is no {' and no '.join(missing)}.")


def _build(where: str, kind: type, values: dict[str, Any]) -> Any:
    try:
        return kind(**values)
    except ValueError as problem:
        raise ValueError(f"{where}: {problem}.") from problem
