"""The reference page of every questionnaire, as it is declared: thresholds, norms, bands, rules, codes and licence."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, table

from caseness.cli.instruments import spell_answers, spell_range
from caseness.instruments import Instrument, Sourced, instruments

_INTRODUCTION = """# Questionnaires

*Verified* means that the source was read. What is not verified says why, and is not used unless it is asked for.
[Questionnaires](../explanation/instruments.md) says what follows from that. `caseness instruments phq9` prints one of them,
with its wording where the licence lets it be shown.

"""


def instruments_page() -> str:
    """Every questionnaire in one table, then each with its sources."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _INTRODUCTION
    yield table(
        ("id", "name", "range", "total", "SNOMED CT", "LOINC", "wording", "other names"), map(_row, instruments())
    )
    for one in instruments():
        yield from _section(one)


def _row(one: Instrument) -> tuple[object, ...]:
    total = "taken as it is" if one.total == "none" else f"{one.total} of {len(one.items)}"
    wording = "shown" if one.wording else "not shown"
    names = ", ".join((one.short_name, *one.aliases))
    return code(one.id), one.name, spell_range(one), total, code(one.snomed), code(one.loinc), wording, names


def _section(one: Instrument) -> Iterator[str]:
    yield f"\n## {one.short_name}\n\n{one.about} Higher is {one.higher_is}.\n"
    if one.note:
        yield f"\n{one.note}\n"
    yield "\n" + table(("what", "value", "verified", "source", "note"), _known(one))
    if any(item.snomed or item.loinc for item in one.items):
        rows = (
            (item.number, code(item.id), item.about, spell_answers(item), code(item.snomed), code(item.loinc))
            for item in one.items
        )
        yield "\n" + table(("item", "id", "about", "answers", "SNOMED CT", "LOINC"), rows)


def _known(one: Instrument) -> Iterator[tuple[object, ...]]:
    yield _line("items and range", spell_range(one), one)
    for threshold in one.thresholds:
        begins = f", since {threshold.since:%-d %B %Y}" if threshold.since else ""
        standing = "official" if threshold.official else "not official"
        yield _line(threshold.kind, f"{threshold}{begins}", threshold, f"{standing}. {threshold.note}")
    for norm in one.norms:
        people = f", {norm.people:,} people" if norm.people else ""
        yield _line(norm.statistic, f"{norm.value:g}", norm, norm.group + people)
    for band in one.bands:
        yield _line(band.label, f"{band.low:g} to {band.high:g}", band, "band")
    if one.missing:
        yield _line("missing answers", f"at most {one.missing.may_be_missing}", one.missing, one.missing.rule)
    if one.risk:
        yield _line("risk", f"item {one.risk.item} above {one.risk.above}", one.risk)
    if one.former:
        yield _line(
            "former range", f"{one.former.low:g} to {one.former.high:g}, until {one.former.until:%-d %B %Y}", one.former
        )
    yield _line("licence", one.licence.name, one.licence, f"{one.licence.holder}. {one.licence.attribution}")


def _line(what: str, value: str, part: Sourced, note: str = "") -> tuple[object, ...]:
    source = part.source if part.verified else " ".join(filter(None, (part.source, part.reason)))
    return what, value, "yes" if part.verified else "no", source, note
