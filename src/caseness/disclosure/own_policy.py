"""A policy of one's own: a small TOML file. What it does not know it refuses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from caseness.disclosure.cell_by_cell import CellByCell
from caseness.disclosure.linked import Linked
from caseness.disclosure.policies import AUDIENCES, POLICIES, PUBLIC
from caseness.disclosure.policy import Policy
from caseness.disclosure.refusals import BadPolicy
from caseness.errors import UnknownName, suggest
from caseness.results import COMPUTED

_NOT_WRITTEN = "Nothing was computed."
_MOST = 1_000
# A count of one is one person, and each of two can tell the other. Ours, the least that can be asked of a file.
_LEAST_FOR_OTHERS = 3


@dataclass(frozen=True)
class Key:
    """What one key of a policy file holds, and what stands for it where it is left out."""

    kind: type
    says: str
    least: int = 0
    most: int = _MOST
    default: object = None


KEYS = MappingProxyType(
    {
        "id": Key(str, "A short name, which every figure bears."),
        "says": Key(str, "The policy in a sentence.", default=""),
        "audience": Key(str, "Who may see the figures: public, service or direct care.", default="public"),
        "threshold": Key(int, "Counts below it are suppressed.", 1),
        "base": Key(int, "Counts are rounded to multiples of it; 1 leaves them as they are.", 1),
        "secondary": Key(bool, "Whether other figures may not tell a suppressed count either.", default=False),
        "percentages_from_rounded": Key(
            bool, "Whether percentages are worked out of counts as they are shown.", default=True
        ),
        "england_exact": Key(bool, "Whether figures of the level england stay exact.", default=False),
        "extremes": Key(bool, "Whether the highest and the lowest of a number are shown.", default=False),
        "decimals": Key(int, "Decimals of percentages.", 0, 2, default=0),
    }
)


def choose_policy(asked: str) -> Policy:
    """The policy of a name, or of a TOML file.

    Raises
    ------
    UnknownName
        If there is no such policy, and no such file.
    BadPolicy
        If the file cannot be read as a policy.

    Examples
    --------
    >>> choose_policy("public").audience
    'public'
    """
    if asked in POLICIES:
        return POLICIES[asked]
    if asked.endswith(".toml") or Path(asked).is_file():
        return read_policy(Path(asked))
    advice = f"Policies are {', '.join(POLICIES)}, or the path of a TOML file. {_NOT_WRITTEN}"
    raise UnknownName("disclosure policy", asked, POLICIES, advice)


def read_policy(path: Path) -> Policy:
    """A policy from a TOML file. `KEYS` says what it may hold.

    Raises
    ------
    BadPolicy
        If it cannot be read, or holds what makes no sense. All problems are listed.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise BadPolicy(f"{path} cannot be read as a disclosure policy: {why}. {_NOT_WRITTEN}") from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadPolicy(f"{path} is not TOML, so it is no disclosure policy: {problem}. {_NOT_WRITTEN}") from problem
    problems = list(_problems(given)) or list(_contradictions(_filled(given)))
    if problems:
        counted = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise BadPolicy("\n".join([f"{path.name}: {counted} in this disclosure policy. {_NOT_WRITTEN}", *problems]))
    return _policy(_filled(given), path.name)


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given.get(name, key.default) for name, key in KEYS.items()}


def _problems(given: Mapping[str, Any]) -> Iterator[str]:
    for name in given:
        if name not in KEYS:
            yield f"- There is no key {name!r}. {suggest(name, KEYS) or 'Keys are ' + ', '.join(KEYS) + '.'}"
    for name, key in KEYS.items():
        if name in given:
            yield from _problems_of_value(name, key, given[name])
        elif key.default is None:
            yield f"- {name} is missing. {key.says}"


def _problems_of_value(name: str, key: Key, value: object) -> Iterator[str]:
    kinds = {str: "text, and not empty", bool: "true or false", int: f"a whole number, {key.least} to {key.most:,}"}
    is_right = type(value) is key.kind and (key.kind is not str or bool(str(value).strip()))
    if is_right and isinstance(value, int) and not isinstance(value, bool):
        is_right = key.least <= value <= key.most
    if not is_right:
        yield f"- {name} must be {kinds[key.kind]}, not {value!r}."
    elif name == "id" and not str(value).isprintable():
        yield f"- id must be one line of plain characters, not {value!r}."
    elif name == "audience" and value not in AUDIENCES:
        yield f"- audience must be {', '.join(AUDIENCES[:-1])} or {AUDIENCES[-1]}, not {value!r}."
    elif name == "id" and value in POLICIES:
        yield f"- id {value!r} is that of a policy that comes with the package. Choose another."


def _contradictions(given: Mapping[str, Any]) -> Iterator[str]:
    threshold, base = given["threshold"], given["base"]
    if threshold < _LEAST_FOR_OTHERS and given["audience"] == PUBLIC.audience:
        yield (
            f"- threshold {threshold} shows counts of one or two people, which is no policy for the public. Take a threshold of "
            f'{_LEAST_FOR_OTHERS} or more, or write audience = "service" if the figures stay with the service.'
        )
    if 2 * threshold < base:
        yield (
            f"- threshold {threshold} is below half of base {base}, so a count that is not suppressed would be rounded to 0. "
            f"Take a threshold of {(base + 1) // 2} or more."
        )
    if given["secondary"]:
        yield from _contradictions_of_secondary(given)


def _contradictions_of_secondary(given: Mapping[str, Any]) -> Iterator[str]:
    if given["threshold"] > given["base"]:
        yield (
            f"- With secondary = true counts fall in bins, and a threshold of {given['threshold']} needs bins as wide: "
            f"base is {given['base']}, and must be {given['threshold']} or more."
        )
    if not given["percentages_from_rounded"]:
        yield "- With secondary = true percentages_from_rounded must be true: exact percentages tell of their counts."
    if given["england_exact"]:
        yield "- With secondary = true england_exact must be false: an exact total tells of what it is made of."
    if given["extremes"]:
        yield "- With secondary = true extremes must be false: the highest and the lowest are of one person."


def _policy(given: Mapping[str, Any], name: str) -> Policy:
    rules = (
        Linked(given["base"], given["decimals"])
        if given["secondary"]
        else CellByCell(
            given["threshold"],
            given["base"],
            given["decimals"],
            given["percentages_from_rounded"],
            given["england_exact"],
            given["extremes"],
        )
    )
    says = given["says"] or f"A policy of one's own, from {name}."
    notice = f"Let out under the policy {given['id']!r} of {name}, which is yours: Caseness does not vouch for it."
    if given["audience"] != PUBLIC.audience:
        notice += " Not for publication."
    return Policy(given["id"], given["audience"], says, (COMPUTED,), rules, notice, name)
