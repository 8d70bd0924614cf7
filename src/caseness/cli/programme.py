"""`caseness programme`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.programme import Measure, Outcome, Programme, Target, load, programme_names, read_programme

NONE = "-"
NOT_FOUND = "not found"
UNKNOWN = "unknown"


@click.command(name="programme")
@click.argument("name", required=False)
@output_options()
def command(name: str | None, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """A programme as it is declared: stages, questionnaires, endings, targets, and what is unknown.

    NAME is a programme of the package, or a TOML file of your own. Without it: the programmes of the package.
    """
    if name is None:
        shipped = tuple(load(each) for each in programme_names())
        answer([_listed(shipped)], shipped, as_json, out, formats)
        return
    programme = read_programme(Path(name)) if _is_a_file(name) else load(name)
    shown = [one for one in _tables(programme) if one.rows or one.id == UNKNOWN]
    answer(shown, programme, as_json, out, formats)


def _is_a_file(name: str) -> bool:
    return name.endswith(".toml") or Path(name).is_file()


def _listed(programmes: tuple[Programme, ...]) -> Table:
    rows = tuple((one.id, one.name, one.country, str(len(one.what_is_unknown()))) for one in programmes)
    return Table("programmes", "Programmes", ("Id", "Name", "Country", "Unknown"), rows)


def _tables(one: Programme) -> Iterator[Table]:
    stages = tuple((each.id, each.label, each.clock, each.figure_id or NONE) for each in one.stages)
    yield Table("stages", f"{one.name} ({one.country}): stages", ("Stage", "Label", "Clock", "Figure"), stages)
    yield Table(
        "questionnaires",
        "Questionnaires",
        ("Instrument", "Used for", "A case is", "Reliable change", "Source"),
        tuple(_questionnaire(each) for each in one.measures),
        tuple(f"{each.id}: {each.note}" for each in one.measures if each.note),
    )
    yield Table(
        "outcomes", "Outcome rule", ("Outcome", "Meaning", "Figure", "Source"), tuple(map(_outcome, one.outcomes))
    )
    yield _end_codes(one)
    targets = tuple(map(_target, one.targets))
    yield Table("targets", "Targets", ("Target", "At least", "In force", "Verified", "Source"), targets)
    yield _unknown(one)


def _questionnaire(one: Measure) -> tuple[str, ...]:
    case = NOT_FOUND if one.caseness is None else f"{one.case_is} {one.caseness:g}"
    change = NOT_FOUND if one.reliable_change is None else f"{one.reliable_change:g}"
    return one.id, one.used_for, case, change, one.source


def _outcome(one: Outcome) -> tuple[str, ...]:
    return one.id, f"{one.meaning} {one.note}".strip(), one.figure_id or NONE, one.source


def _end_codes(one: Programme) -> Table:
    groups = {group.id: group.label for group in one.end_groups}
    rows = tuple((each.code or NONE, each.label, groups[each.group], each.figure_id or NONE) for each in one.end_codes)
    notes = (f"Code lists: {', '.join(one.codes)}. See `caseness codes`.",) if one.codes else ()
    return Table("end-codes", "End codes", ("Code", "Label", "Group", "Figure"), rows, notes)


def _target(one: Target) -> tuple[str, ...]:
    force = f"{one.since} to {one.until or 'now; no end was read'}"
    return one.id, f"{one.at_least:g} %", force, "yes" if one.verified else "no", one.source or one.reason


def _unknown(one: Programme) -> Table:
    rows = tuple((each.section, each.id, each.label, each.unknown) for each in one.what_is_unknown())
    notes = () if rows else ("Nothing is marked unknown.",)
    return Table(UNKNOWN, "What is unknown", ("Section", "Entry", "Label", "What was not found"), rows, notes)
