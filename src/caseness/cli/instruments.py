"""`caseness instruments`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.instruments import Instrument, Item, Sourced, Threshold, instrument, instruments
from caseness.instruments.parts import CASENESS, RELIABLE_CHANGE

Rows = tuple[tuple[str, ...], ...]
SOURCED = ("What", "Value", "Verified", "Source or reason", "Note")


@click.command(name="instruments")
@click.argument("name", required=False, metavar="[ID]")
@output_options()
def command(name: str | None, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """Questionnaires: range, cut-off, reliable change, norms, codes and licence, with their sources.

    With the ID of one, such as phq9, everything that is known of it. Without: a list of all.
    """
    if name is None:
        answer([_list()], instruments(), as_json, out, formats)
        return
    found = instrument(name)
    answer(_tables(found), found, as_json, out, formats)


def _list() -> Table:
    rows = tuple(
        (
            one.id,
            one.name,
            spell_range(one),
            _first(one, CASENESS),
            _first(one, RELIABLE_CHANGE),
            "shown" if one.wording else "not shown",
            _how_verified(one),
        )
        for one in instruments()
    )
    columns = ("Id", "Name", "Range", "Case", "Reliable change", "Wording", "Not verified")
    return Table("instruments", "Questionnaires", columns, rows, ("* not verified: not used unless it is asked for.",))


def _tables(one: Instrument) -> list[Table]:
    facts = (
        ("Range", spell_range(one)),
        ("Higher is", one.higher_is),
        ("Total", {"none": "taken as it is"}.get(one.total, f"{one.total} of {len(one.items)} items")),
        ("SNOMED CT", one.snomed),
        ("LOINC", one.loinc),
        ("Note", one.note),
    )
    shown = tuple(fact for fact in facts if fact[1])
    tables = [Table("instrument", f"{one.name} ({one.short_name})", ("What", "Value"), shown, (one.about,))]
    tables.append(Table("sources", "What is known, and from where", SOURCED, _sourced(one)))
    if one.items:
        tables.append(_items(one))
    return tables


def _sourced(one: Instrument) -> Rows:
    rows = [_row("items and range", spell_range(one), one)]
    rows += [_row(line.kind, str(line), line, line.note) for line in one.thresholds]
    rows += [_row(norm.statistic, f"{norm.value:g}", norm, norm.group) for norm in one.norms]
    rows += [_row("band", f"{band.low:g} to {band.high:g}: {band.label}", band) for band in one.bands]
    if one.missing:
        rows.append(_row("missing answers", f"at most {one.missing.may_be_missing}", one.missing, one.missing.rule))
    if one.risk:
        rows.append(_row("risk", f"item {one.risk.item} above {one.risk.above}", one.risk))
    if one.former:
        former = f"{one.former.low:g} to {one.former.high:g} until {one.former.until:%-d %B %Y}"
        rows.append(_row("former range", former, one.former))
    rows.append(_row("licence", one.licence.name, one.licence, one.licence.holder))
    return tuple(rows)


def _row(what: str, value: str, part: Sourced, note: str = "") -> tuple[str, ...]:
    return what, value, "yes" if part.verified else "no", "; ".join(filter(None, (part.source, part.reason))), note


def _items(one: Instrument) -> Table:
    rows = tuple(
        (str(item.number), item.wording or item.about or item.id, spell_answers(item), item.snomed, item.loinc)
        for item in one.items
    )
    notes: list[str] = []
    if one.wording:
        options = ", ".join(f"{option.value} {option.label}" for option in one.options)
        typed = f"Typed from: {one.wording.typed_from}. Compared with: {one.wording.compared_with}."
        notes = [f"Answers: {options}.", typed, one.wording.note, f"{one.licence.attribution}"]
    title = one.wording.stem if one.wording else "Items"
    columns = ("Item", "Wording" if one.wording else "About", "Answers", "SNOMED CT", "LOINC")
    return Table("items", title, columns, rows, tuple(filter(None, notes)))


def spell_range(one: Instrument) -> str:
    """The range of the total as text, or that there is none."""
    if one.low is None or one.high is None:
        return "no total"
    places = "decimal" if one.decimals == 1 else "decimals"
    decimals = f", {one.decimals} {places}" if one.decimals else ""
    return f"{one.low:g} to {one.high:g}{decimals}"


def spell_answers(item: Item) -> str:
    """The answers that an item takes, as text."""
    numbers = f"{item.low:g} to {item.high:g}" if item.low is not None else ""
    turned = "scored in reverse" if item.is_reversed else ""
    return ", ".join(filter(None, (numbers, *item.words, *item.not_applicable, turned)))


def _first(one: Instrument, kind: str) -> str:
    lines: Iterable[Threshold] = (line for line in one.thresholds if line.kind == kind and line.covers(None))
    return next((f"{line}{'' if line.verified else ' *'}" for line in lines), "none known")


def _how_verified(one: Instrument) -> str:
    without = sum(not part.verified for part in one.everything)
    return f"{without} of {len(one.everything)}" if without else "nothing"
