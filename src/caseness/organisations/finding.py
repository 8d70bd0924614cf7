"""Find an organisation by what a person calls it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from caseness.errors import UnknownName
from caseness.organisations.reference import Organisation, all_organisations, is_england
from caseness.results import ENGLAND

SHOWN = 8


def find(asked: str, known: Iterable[Organisation] | None = None) -> Organisation:
    """Find the one organisation that is meant.

    In this order, and the first that fits decides: a label of England's row, a code, a
    whole name, a former name, part of a name, part of a former name. Case, punctuation
    and "and" for "&" do not matter.

    Parameters
    ----------
    asked : a code or a name, or part of a name
    known : the organisations to choose from
        None means those of the reference tables. Give those of the releases at hand
        where they are: old commissioning groups stand only there.

    Raises
    ------
    UnknownName
        If none fits, with the nearest; or if several fit, with the first of them.

    Examples
    --------
    >>> find("hampshire and isle of wight healthcare").code
    'RW1'
    >>> find("all CCGs").code
    'ENGLAND'
    """
    entries = tuple(all_organisations().values() if known is None else known)
    by_code = {entry.code.casefold(): entry for entry in entries}
    if is_england(asked) and ENGLAND.casefold() in by_code:
        return by_code[ENGLAND.casefold()]
    if asked.strip().casefold() in by_code:
        return by_code[asked.strip().casefold()]
    matches = _match(_plain(asked), entries)
    if len(matches) == 1:
        return matches[0]
    raise _several(asked, matches) if matches else _none(asked, entries)


def _match(wanted: str, entries: tuple[Organisation, ...]) -> list[Organisation]:
    tests: tuple[Callable[[Organisation], bool], ...] = (
        lambda entry: wanted == _plain(entry.name),
        lambda entry: wanted in map(_plain, entry.former_names),
        lambda entry: f" {wanted}" in f" {_plain(entry.name)}",
        lambda entry: any(f" {wanted}" in f" {_plain(name)}" for name in entry.former_names),
    )
    found = ([entry for entry in entries if fits(entry)] for fits in tests)
    return next((matches for matches in found if wanted and matches), [])


def _plain(name: str) -> str:
    """A name as words in lower case: `Talking Therapies (Barnet)` and `talking therapies barnet` are one."""
    return " ".join(re.findall(r"[a-z0-9]+", name.casefold().replace("&", " and ").replace("'", "")))


def _several(asked: str, matches: list[Organisation]) -> UnknownName:
    shown = ", ".join(str(entry) for entry in matches[:SHOWN])
    rest = f" and {len(matches) - SHOWN} more" if len(matches) > SHOWN else ""
    advice = f"{len(matches)} organisations fit: {shown}{rest}. Give the code of the one you mean."
    return UnknownName("single organisation", asked, (), advice)


def _none(asked: str, entries: tuple[Organisation, ...]) -> UnknownName:
    near = [str(entry) for entry in entries if _sounds_like(_plain(asked), _plain(entry.name))]
    if near:
        advice = f"Did you mean {' or '.join(near[:3])}?"
        return UnknownName("organisation", asked, (), advice)
    spelled = [spelling for entry in entries for spelling in (entry.code, entry.name)]
    return UnknownName("organisation", asked, spelled, "`caseness organisations` lists those that are known.")


def _sounds_like(asked: str, name: str) -> bool:
    """Whether every word that was asked for is nearly a word of the name."""
    words = name.split()
    return bool(asked) and all(get_close_matches(word, words, n=1, cutoff=0.8) for word in asked.split())
