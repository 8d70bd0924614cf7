"""The rules that a claim in a file must keep, and how a breach is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caseness.audit.claims.ground import BASES_OF
from caseness.audit.claims.schema import (
    ALWAYS,
    BREAKDOWN_KEYS,
    KEYS,
    NEEDS_KEYS,
    NEEDS_TAKES,
    REQUIRES,
    TAKES,
    TYPE_NAMES,
    Key,
)
from caseness.errors import BadClaims, UnknownName, suggest
from caseness.periods import Period
from caseness.results import ANNUAL

Fault = tuple[str | None, str]
Keys = Mapping[str, object]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file of claims: the line where it can be told, where, and what."""

    line: int | None
    where: str
    what: str

    def __str__(self) -> str:
        place = f"line {self.line}, " if self.line else ""
        return f"{place}{self.where}: {self.what}"


def refuse(problems: Sequence[Problem], name: str) -> None:
    """Say all problems at once, in the order of the file.

    Raises
    ------
    BadClaims
        If there is any problem.
    """
    if not problems:
        return
    ordered = sorted(problems, key=lambda one: (one.line or 0, one.where, one.what))
    counted = "1 problem" if len(ordered) == 1 else f"{len(ordered)} problems"
    listed = "".join(f"\n  {problem}" for problem in ordered)
    advice = "The keys and counts are listed in docs/reference/claims.md."
    raise BadClaims(f"{name}: {counted}, so no claim in it is judged.{listed}\n{advice}")


def rules_broken(keys: Keys, where: str, line_of: Callable[[str | None], int | None]) -> Iterator[Problem]:
    """Every rule that one claim breaks. Rules that lean on a broken one are not looked at."""
    faults = [*_unknown_keys(keys), *_missing_keys(keys), *_wrong_types(keys)]
    if not faults:
        faults = [*_wrong_words(keys), *_wrong_periods(keys), *_wrong_tables(keys)]
    if not faults:
        faults = [*_wrong_company(keys), *_wrong_numbers(keys), *_wrong_times(keys)]
    for key, what in faults:
        yield Problem(line_of(key), where, what)


def _unknown_keys(keys: Keys) -> Iterator[Fault]:
    for key in keys:
        if key not in KEYS:
            yield key, _sentence(f"{key!r} is not a key of a claim.", suggest(key, KEYS))


def _missing_keys(keys: Keys) -> Iterator[Fault]:
    for key in ALWAYS:
        if key not in keys:
            yield None, f"{key!r} is missing: {KEYS[key].holds}."


def _wrong_types(keys: Keys) -> Iterator[Fault]:
    for name, given in keys.items():
        key = KEYS.get(name)
        if key and not _is_of_type(given, key):
            yield name, f"{name!r} must be {TYPE_NAMES[key.type]} ({key.holds}), not {_shown(given)}."
        elif key and isinstance(given, str) and not given.strip():
            yield name, f"{name!r} is empty: it holds {key.holds}."


def _is_of_type(given: object, key: Key) -> bool:
    if isinstance(given, bool):
        return False
    if key.type is Decimal:
        return isinstance(given, int) or (isinstance(given, Decimal) and given.is_finite())
    return isinstance(given, key.type)


def _wrong_words(keys: Keys) -> Iterator[Fault]:
    for name, given in keys.items():
        words = KEYS[name].words
        if words and given not in words:
            near = suggest(str(given), words) or f"It is one of: {', '.join(words)}."
            yield name, _sentence(f"{name} = {_shown(given)} is not known.", near)


def _wrong_periods(keys: Keys) -> Iterator[Fault]:
    for name in ("period", "from"):
        try:
            Period.parse(str(keys.get(name, "2021-22")))
        except UnknownName as problem:
            yield name, f"{name}: {problem}"


def _wrong_tables(keys: Keys) -> Iterator[Fault]:
    for name, allowed, required in (
        ("breakdown", BREAKDOWN_KEYS, BREAKDOWN_KEYS),
        ("needs", NEEDS_KEYS, NEEDS_KEYS[:1]),
    ):
        table = keys.get(name)
        if isinstance(table, dict):
            yield from _wrong_entries(name, table, allowed, required)


def _wrong_entries(name: str, table: Keys, allowed: Sequence[str], required: Sequence[str]) -> Iterator[Fault]:
    for key, given in table.items():
        if key not in allowed:
            yield name, _sentence(f"{key!r} is not a key of {name}.", suggest(key, allowed))
        elif not isinstance(given, str) or not given.strip():
            yield name, f"{key!r} of {name} must be text in quotes."
    for key in required:
        if key not in table:
            yield name, f"{name} has no {key!r}."


def _wrong_company(keys: Keys) -> Iterator[Fault]:
    """Keys that do not belong with this kind of claim, and those that it cannot do without."""
    kind = str(keys["kind"])
    needs = "needs" in keys
    taken = NEEDS_TAKES if needs else TAKES[kind]
    kept_from = "a claim with needs" if needs else f"a claim of kind {kind!r}"
    for name in keys:
        if name not in ALWAYS and name not in taken:
            yield name, f"{name!r} does not belong to {kept_from}."
    for name in () if needs else REQUIRES[kind]:
        if name not in keys:
            yield None, f"{name!r} is missing: a claim of kind {kind!r} needs {KEYS[name].holds}."
    if keys.get("numerator") is not None and keys.get("numerator") == keys.get("denominator"):
        yield "denominator", "numerator and denominator are the same count."


def _wrong_numbers(keys: Keys) -> Iterator[Fault]:
    if "needs" in keys or keys["kind"] == "rank":
        return
    if keys.get("compare") == "about":
        yield from _wrong_ends(keys)
        return
    for name in ("low", "high"):
        if name in keys:
            yield name, f"{name!r} is for compare = 'about' only."
    if "value" not in keys:
        yield None, "'value' is missing: the figure that is claimed, with the decimals that were printed."
    yield from _below_zero(keys, ("value",))


def _wrong_ends(keys: Keys) -> Iterator[Fault]:
    if "value" in keys:
        yield "value", "compare = 'about' takes 'low' and 'high', and no 'value'."
    for name in ("low", "high"):
        if name not in keys:
            yield None, f"{name!r} is missing: compare = 'about' needs {KEYS[name].holds}."
    low, high = keys.get("low"), keys.get("high")
    if isinstance(low, int | Decimal) and isinstance(high, int | Decimal) and low > high:
        yield "low", "'low' is above 'high'."
    yield from _below_zero(keys, ("low", "high"))


def _below_zero(keys: Keys, names: Sequence[str]) -> Iterator[Fault]:
    for name in names:
        given = keys.get(name)
        if keys["kind"] != "difference" and isinstance(given, int | Decimal) and given < 0:
            yield name, f"{name!r} is below 0: only a difference can be."


def _wrong_times(keys: Keys) -> Iterator[Fault]:
    period = Period.parse(str(keys["period"]))
    if "from" in keys:
        since = Period.parse(str(keys["from"]))
        if since.kind != period.kind or not since < period:
            yield "from", f"'from' must be a {period.kind} before {period.label}."
    within = keys.get("within")
    if isinstance(within, int) and within < 2:
        yield "within", "'within' must be 2 or more: a year is compared with the years before it."
    basis = keys.get("basis")
    if basis is not None and basis not in BASES_OF[period.kind]:
        allowed = " or ".join(repr(one) for one in BASES_OF[period.kind])
        yield "basis", f"a {period.kind} is not published on the basis {basis!r}: it can be {allowed}."
    if "breakdown" in keys and (period.kind != "year" or basis not in (None, ANNUAL)):
        yield "breakdown", "breakdowns are published for financial years, in the annual report only."


def _sentence(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _shown(given: object) -> str:
    return repr(str(given)) if isinstance(given, Decimal) else repr(given)
