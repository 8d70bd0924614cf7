"""What is assumed: every assumption with its range and its source, and what a reader's own change does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseness.audit.assumptions import Assumption, Entry
from caseness.audit.assumptions.model import YOURS
from caseness.audit.effects import Effect
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Grid, Heading, Paragraph, Section, absent
from caseness.report.pointers import Held
from caseness.report.sentence import say
from caseness.report.table import Cell, Table, files_only, numbers, words


def tell_assumptions(audit: Audit) -> Section:
    """The section of what is assumed."""
    blocks: list[Block] = [Paragraph(say(_INTRODUCTION)), *_changes(audit), Grid(_table(audit)), Grid(_lists(audit))]
    return Section("assumptions", "What is assumed", tuple(blocks))


_INTRODUCTION = (
    "Counts and rates are counted and need no assumption. Natural recovery, costs and the promise do. Each "
    "number below can be changed in one file (caseness audit --assumptions mine.toml). Published: read in the document "
    "named. Derived: worked out from such. Assumed and not verified: neither, and never shown as official."
)


def _changes(audit: Audit) -> list[Block]:
    if audit.assumptions.file is None:
        return []
    own = [one for one in audit.assumptions.entries if one.is_from_reader]
    said = f"This audit rests on {audit.assumptions.file}. It changes {_count(audit.assumptions.changed, 'number or choice', 'numbers and choices')}"
    said += f" and gives {_count(own, 'entry', 'entries')} of the lists. All are marked yours below."
    heading = Heading("What the change does", "effects")
    return [Paragraph(say(said), "note"), heading, *_effects(audit.effects), Heading("All assumptions", "assumed")]


def _count(things: Sequence[object], one: str, more: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else more}"


def _effects(effects: tuple[Effect, ...]) -> list[Block]:
    differing = [one for one in effects if one.differs]
    if not differing:
        return [absent(f"None of the {len(effects)} main results of this organisation and period changes.")]
    columns = (
        words("result", "Result"), words("basis", "Basis"), numbers("shipped", "As shipped"), numbers("yours", "With your file"),
    )  # fmt: skip
    rows = tuple((one.label, one.basis, one.shipped, one.yours) for one in differing)
    note = f"{len(effects) - len(differing)} other main results are the same. All of them are in audit.json."
    return [Grid(Table("assumption-effects", "What your file changes", columns, rows, (note,)))]


def _table(audit: Audit) -> Table:
    columns = (
        words("label", "Assumption"), numbers("value", "Value"), numbers("low", "From"), numbers("high", "To"),
        words("status", "Standing"), words("source", "Source"), files_only("id", "Name in a file"), files_only("meaning", "Meaning"),
    )  # fmt: skip
    rows = tuple(_row(one) for one in audit.assumptions.numbers)
    return Table("assumptions", "Every number and choice that is assumed", columns, rows)


def _row(one: Assumption) -> tuple[Cell, ...]:
    ends = tuple(_number(one, name) for name in ("value", "low", "high"))
    return (one.label, *ends, one.status, one.source, one.id, one.meaning)


def _number(one: Assumption, name: str) -> Cell:
    held = getattr(one, name)
    if held is None:
        return ""
    return held if isinstance(held, str) else Held(one, name, one.unit)


def _lists(audit: Audit) -> Table:
    columns = (
        words("label", "Entry"), words("kind", "List"), words("status", "Standing"), words("source", "Source"),
        files_only("id", "Name in a file"), files_only("file", "File"),
    )  # fmt: skip
    rows = tuple(
        (
            _text(one.keys, "label", one.id),
            one.kind,
            _standing(one),
            _text(one.keys, "source"),
            one.id,
            one.file,
        )
        for one in audit.assumptions.entries
    )
    return Table("assumption-lists", "Curves, unit costs and scenarios", columns, rows)


def _standing(one: Entry) -> str:
    return YOURS if one.is_from_reader else _text(one.keys, "status")


def _text(keys: Mapping[str, object], name: str, otherwise: str = "") -> str:
    return str(keys.get(name, otherwise))
