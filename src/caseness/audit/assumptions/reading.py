"""Read assumptions: the package's own files, and a reader's file that changes some of them.

Both have one form. A table with a `value` is an assumption, and its place is its id; a list
of tables, each with an `id`, is a list of entries, and replaces or joins those of the package.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from caseness.audit.assumptions.checking import ENTRY_CHECKS, problems_of_change, problems_of_entry
from caseness.audit.assumptions.model import YOURS, Assumption, Assumptions, Entry
from caseness.errors import BadAssumptions, UnreadableInput, suggest

_FOLDER = "england"
_CHANGES = ("value", "low", "high", "source")


@cache
def read_shipped_assumptions() -> Assumptions:
    """The assumptions that ship with the package.

    >>> read_shipped_assumptions().changed
    ()
    """
    numbers: list[Assumption] = []
    entries: list[Entry] = []
    for name, text in shipped_files():
        found, listed = _leaves(tomllib.loads(text))
        numbers += [_shipped(place, keys) for place, keys in found]
        entries += [Entry(kind, keys["id"], keys, name, is_from_reader=False) for kind, keys in listed]
    return Assumptions(tuple(numbers), tuple(entries))


def shipped_files() -> Iterator[tuple[str, str]]:
    """The name and the text of each file of assumptions in the package, in the order of their names."""
    folder = files(__package__ or "") / _FOLDER
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            yield file.name, file.read_text(encoding="utf-8")


def read_assumptions(path: Path) -> Assumptions:
    """The shipped assumptions, with the changes in a TOML file of one's own.

    A file needs to hold only what it changes. `value`, `low`, `high` and `source` may be
    changed; a changed value without a source of its own is said to have none.

    Raises
    ------
    UnreadableInput
        If there is no such file, or it is not text.
    BadAssumptions
        If it is not TOML, names an assumption that there is not, or gives a value that
        makes no sense. All problems are listed.
    """
    try:
        document = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise BadAssumptions(
            f"{path} is not text, so it is no file of assumptions. Nothing is audited with it."
        ) from problem
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise UnreadableInput(f"{path} cannot be read as a file of assumptions: {why}.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise BadAssumptions(f"{path} is not TOML: {problem}. No assumption is changed.") from problem
    return _changed(document, Path(path).name)


def _changed(document: Mapping[str, Any], name: str) -> Assumptions:
    shipped = read_shipped_assumptions()
    found, listed = _leaves(document)
    problems = [
        *_stray(document, {one.id for one in shipped.numbers}),
        *_unknown(found, shipped),
        *_misplaced(listed, shipped),
        *_repeated(listed),
    ]
    known = {one.id: one for one in shipped.numbers}
    problems += [said for place, keys in found if place in known for said in problems_of_change(known[place], keys)]
    problems += [said for kind, keys in listed for said in problems_of_entry(kind, keys)]
    if problems:
        counted = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise BadAssumptions("\n".join([f"{name}: {counted}, so nothing is audited with it.", *problems]))
    changes = dict(found)
    numbers = tuple(_change(one, changes[one.id]) if one.id in changes else one for one in shipped.numbers)
    same = {(one.kind, one.id) for one in shipped.entries if (one.kind, one.keys) in listed}
    own = {(kind, keys["id"]): Entry(kind, keys["id"], keys, name, is_from_reader=True) for kind, keys in listed}
    kept = [one if (one.kind, one.id) in same else own.get((one.kind, one.id), one) for one in shipped.entries]
    added = [one for place, one in own.items() if place not in {(one.kind, one.id) for one in shipped.entries}]
    return Assumptions(numbers, (*kept, *added), name)


Leaves = list[tuple[str, Mapping[str, Any]]]


def _leaves(document: Mapping[str, Any], place: str = "") -> tuple[Leaves, Leaves]:
    found: Leaves = []
    listed: Leaves = []
    for key, held in document.items():
        here = f"{place}.{key}" if place else key
        if isinstance(held, dict) and "value" in held:
            found.append((here, held))
        elif isinstance(held, dict):
            more = _leaves(held, here)
            found += more[0]
            listed += more[1]
        elif isinstance(held, list):
            listed += [(here, one) for one in held if isinstance(one, dict)]
    return found, listed


def _shipped(place: str, keys: Mapping[str, Any]) -> Assumption:
    options = tuple(keys.get("options", ()))
    return Assumption(**{**keys, "id": place, "shipped": keys["value"], "options": options})


def _change(shipped: Assumption, keys: Mapping[str, Any]) -> Assumption:
    if all(keys.get(name, getattr(shipped, name)) == getattr(shipped, name) for name in _CHANGES):
        return shipped
    source = keys.get("source", "the reader's file gives no source")
    given = {name: keys[name] for name in ("value", "low", "high") if name in keys}
    return replace(_widened(shipped, keys), **given, source=source, status=YOURS)


# A value outside the shipped range carries the nearer end of the range with it, unless the file gives that end.
def _widened(shipped: Assumption, keys: Mapping[str, Any]) -> Assumption:
    value = keys.get("value")
    if isinstance(value, str) or value is None or shipped.low is None or shipped.high is None:
        return shipped
    return replace(shipped, low=min(shipped.low, value), high=max(shipped.high, value))


# A bare key under a table is a slip for a table with a value, and would otherwise change nothing.
def _stray(document: Mapping[str, Any], known: Collection[str], place: str = "") -> Iterator[str]:
    for key, held in document.items():
        here = f"{place}.{key}" if place else key
        if isinstance(held, dict) and "value" not in held:
            yield from _stray(held, known, here)
        elif not isinstance(held, dict | list):
            yield f"- {here}: {_advise_on_stray(place, key, known)}"
        elif isinstance(held, list) and not all(isinstance(one, dict) for one in held):
            yield f"- {here}: each entry begins with a line [[{here}]]."


def _advise_on_stray(place: str, key: str, known: Collection[str]) -> str:
    here = f"{place}.{key}" if place else key
    if place in known:
        return f"[{place}] has no value. Give value = ... beside {key}; it may be the value that the package has."
    if here in known:
        return f"write [{here}] and, below it, value = ...; a bare key changes nothing."
    return f"there is no such assumption, and a bare key changes nothing. {suggest(here, known)}".rstrip()


def _unknown(found: Leaves, shipped: Assumptions) -> Iterator[str]:
    known = {one.id: one for one in shipped.numbers}
    for place, keys in found:
        if place not in known:
            yield f"- {place}: there is no such assumption. {suggest(place, known)}".rstrip()
        for key in keys if place in known else ():
            if key not in _CHANGES and not _repeats(known[place], key, keys[key]):
                yield f"- {place}: {key!r} cannot be changed here; {', '.join(_CHANGES)} can."


# A copy of the package's own file is a fair place to begin, so what only describes may be repeated.
def _repeats(shipped: Assumption, key: str, given: object) -> bool:
    held = getattr(shipped, key, None)
    return given == (list(held) if isinstance(held, tuple) else held)


def _misplaced(listed: Leaves, shipped: Assumptions) -> Iterator[str]:
    # A list may ship empty: a price index is only ever a reader's own.
    kinds = list(dict.fromkeys([*(one.kind for one in shipped.entries), *ENTRY_CHECKS]))
    for kind, keys in listed:
        if kind not in kinds:
            yield f"- {kind}: there is no such list. {suggest(kind, kinds)} There are: {', '.join(kinds)}."
        if not isinstance(keys.get("id"), str):
            yield f"- {kind}: an entry has no id in quotes."


# Of two entries of one id, or two indices of one year, only one would count, and nobody could say which was meant.
def _repeated(listed: Leaves) -> Iterator[str]:
    named = [(kind, "id", keys.get("id")) for kind, keys in listed]
    named += [(kind, "year", keys.get("year")) for kind, keys in listed if kind == "cost.price_index"]
    counted = Counter(one for one in named if isinstance(one[2], str))
    for (kind, key, name), times in counted.items():
        if times > 1:
            yield f"- {kind} {name!r}: {times} entries have this {key}. Give each {key} once."
