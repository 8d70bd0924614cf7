"""Read a file of claims. Everything that is wrong with it is said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from caseness.audit.claims.model import Breakdown, Claim, Need
from caseness.audit.claims.problems import Problem, refuse, rules_broken
from caseness.errors import BadClaims, UnreadableInput
from caseness.periods import Period
from caseness.results import ENGLAND

SHIPPED = "article_2022.toml"

_HEADER = re.compile(r"\s*\[\[\s*claim\s*\]\]")


@dataclass(frozen=True)
class Entry:
    """One claim as its file has it, and where its keys stand."""

    number: int
    keys: Mapping[str, object]
    lines: Mapping[str, int]

    @property
    def name(self) -> str:
        """How a message calls this claim."""
        given = self.keys.get("id")
        return f"claim {given!r}" if isinstance(given, str) else f"claim number {self.number}"

    def line(self, key: str | None = None) -> int | None:
        """The line of a key, or where the claim begins; None where it cannot be told."""
        return self.lines.get(key or "", self.lines.get(""))


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read a TOML file of claims.

    Parameters
    ----------
    path : Path
        A file with one `[[claim]]` table a claim. The keys are in docs/reference/claims.md.

    Raises
    ------
    UnreadableInput
        If there is no such file, or it is not text.
    BadClaims
        If it is not TOML, or any claim in it is not as it should be. All problems are
        listed, each with its line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise UnreadableInput(f"{path} is not text, so it is no file of claims. No claim is judged.") from problem
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise UnreadableInput(f"{path} cannot be read as a file of claims: {why}. No claim is judged.") from problem
    return parse_claims(text, Path(path).name)


def read_shipped_claims() -> tuple[Claim, ...]:
    """The claims that ship with the package: the article of October 2022, and the programme's own.

    >>> len({claim.id for claim in read_shipped_claims()}) == len(read_shipped_claims())
    True
    """
    return parse_claims(files("caseness.audit.claims").joinpath(SHIPPED).read_text(encoding="utf-8"), SHIPPED)


def parse_claims(text: str, name: str) -> tuple[Claim, ...]:
    """Read claims from the text of a file. `name` is what messages call the file.

    Raises
    ------
    BadClaims
        See `read_claims`.
    """
    try:
        # Decimal keeps the printed decimals: 50.0 has one, 50 has none.
        document = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as problem:
        raise BadClaims(f"{name} is not TOML: {problem}. No claim in it is judged.") from problem
    problems = [*_of_document(document)]
    entries = _entries(document, text) if not problems else []
    problems += [problem for entry in entries for problem in rules_broken(entry.keys, entry.name, entry.line)]
    problems += _doubled(entries)
    refuse(problems, name)
    return tuple(_claim(entry) for entry in entries)


def _of_document(document: Mapping[str, object]) -> Iterator[Problem]:
    claims = document.get("claim")
    for key in document:
        if key != "claim":
            yield Problem(None, "the file", f"{key!r} is not known here: every claim stands under [[claim]].")
    if "claim" not in document or claims == []:
        yield Problem(None, "the file", "there is no claim in it: each one begins with a line [[claim]].")
    elif not isinstance(claims, list) or not all(isinstance(one, dict) for one in claims):
        yield Problem(None, "the file", "each claim begins with a line [[claim]], in two pairs of brackets.")


def _entries(document: Mapping[str, object], text: str) -> list[Entry]:
    claims = document["claim"]
    assert isinstance(claims, list)
    places = _places(text)
    if len(places) != len(claims):
        places = [{}] * len(claims)
    return [Entry(n, keys, lines) for n, (keys, lines) in enumerate(zip(claims, places, strict=True), start=1)]


# tomllib keeps no lines, so they are found by the look of a header and of a key.
def _places(text: str) -> list[dict[str, int]]:
    places: list[dict[str, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if _HEADER.match(line):
            places.append({"": number})
        elif places and (found := re.match(r"\s*([\w-]+)\s*=", line)):
            places[-1].setdefault(found[1], number)
    return places


def _doubled(entries: list[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        given = entry.keys.get("id")
        if not isinstance(given, str):
            continue
        if given in first:
            where = first[given].line()
            earlier = f"on line {where}" if where else "earlier"
            yield Problem(entry.line("id"), entry.name, f"another claim {earlier} has the same id.")
        first.setdefault(given, entry)


def _claim(entry: Entry) -> Claim:
    keys = entry.keys
    plain = ("id", "says", "source", "kind", "numerator", "denominator", "basis", "rank", "within")
    given = {name: keys[name] for name in plain if name in keys}
    numbers = {name: _number(keys[name]) for name in ("value", "low", "high") if name in keys}
    return Claim(
        **given,  # type: ignore[arg-type]
        **numbers,
        period=Period.parse(str(keys["period"])),
        compare=str(keys.get("compare", "equals")),
        change=str(keys.get("change", "absolute")),
        organisation=str(keys.get("organisation", ENGLAND)),
        since=Period.parse(str(keys["from"])) if "from" in keys else None,
        breakdown=_breakdown(keys.get("breakdown")),
        needs=_need(keys.get("needs")),
        line=entry.line(),
    )


def _number(given: object) -> Decimal:
    assert isinstance(given, int | Decimal)
    return Decimal(given)


def _breakdown(given: object) -> Breakdown | None:
    return Breakdown(given["type"], given["group"]) if isinstance(given, dict) else None


def _need(given: object) -> Need | None:
    return Need(given["figure"], given.get("held_by")) if isinstance(given, dict) else None
