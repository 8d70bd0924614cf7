"""Code lists and permitted scores as expressions: the same answers as `CodeList.is_legal` and `Code.permits`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanValue, StringValue

from caseness.codes import Code, CodeList

# A code that says that nothing is known, or nothing more than "other". "Not applicable" says something.
_UNINFORMATIVE = ("not stated", "not known", "other", "any other", "reason not known", "religion not stated")


def is_illegal(value: StringValue, codes: CodeList, version: StringValue) -> BooleanValue:
    """Whether a cell holds what its list does not allow in its version. A blank is null, which is no fault."""
    listed = _stands_for_any(value, codes.codes, version)
    if not codes.pattern:
        return ~listed
    return ~matches(value, codes.pattern) | (_stands_for_any(value, codes.codes) & ~listed)


def is_uninformative(value: StringValue, codes: CodeList) -> BooleanValue | None:
    """Whether a cell says "other", "not stated" or "not known". None where the list has no such code."""
    chosen = [each for each in codes.codes if each.meaning.casefold().startswith(_UNINFORMATIVE)]
    return _stands_for_any(value, chosen) if chosen else None


def matches(value: StringValue, pattern: str) -> BooleanValue:
    """Whether the whole of a text matches a pattern."""
    return value.re_search(f"^(?:{pattern})$")


def one_of(value: StringValue, texts: Iterable[str]) -> BooleanValue:
    """Whether a text is one of these. A blank is null."""
    return value.isin([ibis.literal(each) for each in texts] or [ibis.literal("")])


def has_wrong_form(tool: StringValue, score: StringValue, tools: CodeList) -> BooleanValue:
    """Whether a score is written as its tool never writes one: no number, or with more decimals."""
    return _any(_is(tool, each) & ~_is_well_formed(score, each) for each in _ranged(tools))


def is_out_of_range(tool: StringValue, score: StringValue, tools: CodeList) -> BooleanValue:
    """Whether a well-formed score lies outside the range of its tool."""
    number = score.try_cast("float64")
    return _any(
        _is(tool, each)
        & ~one_of(score, each.words)
        & ((number < ibis.literal(each.lowest)) | (number > ibis.literal(each.highest)))
        for each in _ranged(tools)
        if each.lowest is not None
    )


def _ranged(tools: CodeList) -> list[Code]:
    return [each for each in tools.codes if each.lowest is not None or each.words]


def _is(tool: StringValue, code: Code) -> BooleanValue:
    return one_of(tool, (code.code,))


def _is_well_formed(score: StringValue, code: Code) -> BooleanValue:
    if code.lowest is None:
        return one_of(score, code.words)
    decimals = rf"(\.\d{{0,{code.decimals}}}0*)?" if code.decimals else r"(\.0*)?"
    is_number = matches(score, rf"\d+{decimals}")
    return is_number | one_of(score, code.words) if code.words else is_number


def _stands_for_any(value: StringValue, codes: Iterable[Code], version: StringValue | None = None) -> BooleanValue:
    """Codes that are recognised in one way, in the same versions, are looked up together."""
    together: dict[tuple[str, tuple[str, ...]], list[Code]] = {}
    for each in codes:
        together.setdefault((each.match, each.versions if version is not None else ()), []).append(each)
    return _any(
        _stands_for(value, match, chosen) & (one_of(version, versions) if version is not None else ibis.literal(True))
        for (match, versions), chosen in together.items()
    )


def _stands_for(value: StringValue, match: str, codes: list[Code]) -> BooleanValue:
    written = [each.code for each in codes]
    if match == "prefix":
        plain = value.re_replace(r"[^0-9A-Za-z]", "").upper()
        return _any(plain.startswith(each) for each in written)
    if match == "leading":
        return one_of(value.re_extract(r"^([0-9]*)", 1), written)
    if match == "contains":
        return _any(value.lower().contains(each.casefold()) for each in written)
    return one_of(value, written)


def _any(claims: Iterable[BooleanValue]) -> BooleanValue:
    return reduce(or_, claims, ibis.literal(False))
