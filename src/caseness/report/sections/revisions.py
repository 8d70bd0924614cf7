"""Revisions: what two releases of the same months print differently."""

from __future__ import annotations

from datetime import date

from caseness.audit.run import Audit
from caseness.published import Revision, Revisions
from caseness.report.blocks import Block, Grid, Heading, Items, Paragraph, absent
from caseness.report.pointers import Held
from caseness.report.sections.story import name_place
from caseness.report.sentence import say
from caseness.report.table import Table, files_only, words

# A release can revise every cell of a year. audit.json holds them all.
_MOST_LISTED = 500


def tell_revisions(audit: Audit) -> list[Block]:
    """The blocks about revisions."""
    heading = Heading("Revisions from one release to the next", "revisions")
    revisions = audit.revisions
    if revisions is None:
        return [
            heading,
            absent("The embedded figures come from one release of each month. Give releases with --releases."),
        ]
    if not revisions.compared:
        return [heading, absent("No two of these releases print the same figures, so nothing can have been revised.")]
    told = say(
        "Of the ",
        Held(revisions, "compared"),
        " cells that two releases print, ",
        Held(revisions, "changed"),
        " differ.",
    )
    return [heading, Paragraph(told), *_named(revisions), *([Grid(_table(revisions.cells))] if revisions.cells else [])]


def _named(revisions: Revisions) -> list[Block]:
    sides = (
        ("Only in the later one", revisions.figures_appeared),
        ("Only in the earlier one", revisions.figures_disappeared),
    )
    named = tuple(say(f"{words_}: {_list(figures)}.") for words_, figures in sides if figures)
    return [Items(named)] if named else []


def _list(figures: tuple[tuple[str, date], ...]) -> str:
    return ", ".join(f"{figure_id} (from {start.isoformat()})" for figure_id, start in figures)


def _table(cells: tuple[Revision, ...]) -> Table:
    columns = (
        words("figure_id", "Figure"),
        words("from", "Period from"),
        words("organisation", "Organisation"),
        words("groups", "Breakdown"),
        words("before", "Before"),
        words("after", "After"),
        words("kind", "What happened"),
        files_only("basis", "Basis"),
        files_only("level", "Level"),
    )
    notes = (f"The first {_MOST_LISTED}. All stand in audit.json.",) if len(cells) > _MOST_LISTED else ()
    rows = tuple(map(_row, cells[:_MOST_LISTED]))
    return Table("revisions", "Cells that two releases print differently", columns, rows, notes)


def _row(one: Revision) -> tuple[str, ...]:
    told = (one.before or "nothing", one.after or "nothing", one.kind, one.basis, one.level)
    return (
        one.figure_id,
        one.period_start.isoformat(),
        name_place(one.organisation, one.commissioner),
        ", ".join(one.groups),
        *told,
    )
