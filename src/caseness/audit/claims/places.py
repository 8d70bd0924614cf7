"""Find the organisations and groups that claims name in the record at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from caseness.audit.claims.ground import groups_of
from caseness.audit.claims.model import Claim
from caseness.audit.claims.problems import Problem, refuse
from caseness.audit.record import Record
from caseness.errors import suggest
from caseness.results import ENGLAND, FigureSource


def settle(record: Record, claims: Sequence[Claim], source: FigureSource | None) -> tuple[Claim, ...]:
    """The claims with each organisation by its code, and each group known to be printed.

    Raises
    ------
    BadClaims
        If the record has no such organisation, several of that name, or no such group.
        All problems are listed.
    """
    found = [(claim, _codes(record, claim.organisation)) for claim in claims]
    problems = [_wrong_place(record, claim, codes) for claim, codes in found if len(codes) != 1]
    settled = tuple(replace(claim, organisation=codes[0]) for claim, codes in found if len(codes) == 1)
    refuse([*problems, *_wrong_groups(settled, source)], "claims")
    return settled


def _codes(record: Record, asked: str) -> list[str]:
    if asked in record.levels:
        return [asked]
    wanted = asked.casefold()
    # Releases of one provider may be judged too: what is claimed of England cannot be checked on them.
    if wanted == ENGLAND.casefold():
        return [ENGLAND]
    by_code = [code for code in record.organisations if code.casefold() == wanted]
    return by_code or [code for code in record.organisations if record.names.get(code, "").casefold() == wanted]


def _wrong_place(record: Record, claim: Claim, codes: Sequence[str]) -> Problem:
    asked = claim.organisation
    if codes:
        what = f"{len(codes)} organisations are called {asked!r}: {', '.join(codes)}. Give the code of one."
    elif len(record.levels) == 1:
        what = f"there is no organisation {asked!r} in the figures at hand, which are England's alone. Give releases that have it."
    else:
        known = [*record.levels, *(record.names.get(code, "") for code in record.levels)]
        what = f"there is no organisation {asked!r} in these releases. {suggest(asked, filter(None, known))}".strip()
    return Problem(claim.line, f"claim {claim.id!r}", what)


def _wrong_groups(claims: Sequence[Claim], source: FigureSource | None) -> Iterator[Problem]:
    groups: dict[str, Mapping[str, frozenset[str]]] = {}
    for claim in claims:
        if claim.breakdown is None or source is None:
            continue
        if claim.organisation not in groups:
            groups[claim.organisation] = groups_of(source, claim.organisation)
        if printed := groups[claim.organisation]:
            yield from _wrong_group(claim, printed)


def _wrong_group(claim: Claim, printed: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    asked = claim.breakdown
    assert asked is not None
    known = printed.get(asked.type)
    kind, given, names = ("group", asked.group, known) if known else ("breakdown", asked.type, printed)
    assert names is not None
    if given not in names:
        near = suggest(given, names) or f"There are: {', '.join(sorted(names))}."
        yield Problem(claim.line, f"claim {claim.id!r}", f"there is no {kind} {given!r} in the annual release. {near}")
