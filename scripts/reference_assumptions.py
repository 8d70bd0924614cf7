"""The reference page of every assumption, as it is declared: number or choice, range, standing and source."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, table

from caseness.audit.assumptions import Assumption, Assumptions, Entry, read_shipped_assumptions

_INTRODUCTION = """# Assumptions

What the audit needs and no release prints. Every line can be changed in [one file](../how-to/change-an-assumption.md).
*Published* was read in the document named, *derived* follows from such, *assumed* and *not verified* are neither, and are never
shown as official.
"""


def assumptions_page() -> str:
    """Every assumption of the package by part, then the lists."""
    held = read_shipped_assumptions()
    return "".join(_parts(held))


def _parts(held: Assumptions) -> Iterator[str]:
    yield _INTRODUCTION
    for part in dict.fromkeys(one.id.partition(".")[0] for one in held.numbers):
        yield f"\n## {part.capitalize()}\n\n"
        own = (one for one in held.numbers if one.id.partition(".")[0] == part)
        yield table(
            ("name", "what", "value", "range or options", "unit", "standing", "meaning", "source"), map(_row, own)
        )
    yield "\n## Lists\n\nAn entry of your own replaces the one with its id, or joins the list.\n\n"
    yield table(("list", "id", "what", "standing", "source"), map(_entry_row, held.entries))


def _row(one: Assumption) -> tuple[object, ...]:
    known = [f"{end:g}" for end in (one.low, one.high) if end is not None]
    options = " to ".join(known) if known else ", ".join(one.options)
    value = one.value if isinstance(one.value, str) else f"{one.value:g}"
    return code(one.id), one.label, value, options, one.unit, one.status, one.meaning, one.source


def _entry_row(one: Entry) -> tuple[object, ...]:
    keys = one.keys
    return code(one.kind), code(one.id), keys.get("label", ""), keys.get("status", ""), keys.get("source", "")
