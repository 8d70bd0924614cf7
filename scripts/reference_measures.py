"""The reference pages of the official measures: one a chapter, with worked cases, and one with the status of each."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from reference_pages import code, names, table

from caseness.cli.catalogue import entry_of
from caseness.measures import CATALOGUES, CHAPTERS, all_official, measures_in
from caseness.measures.algebra import Measure
from caseness.measures.assumed import EVERYWHERE, assumptions_of, status_of
from caseness.measures.catalogue import SOURCE
from caseness.measures.chapter import Chapter
from caseness.measures.errata import ERRATA, errata_of

# The worked cases are the spec tests: the manual shows what is tested.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from measure_cases import Section, sections

_STATUS = f"""# Official measures

The {len(all_official())} measures of NHS England's catalogue, each computed from the record: {len(measures_in("core"))} core ones,
{len(measures_in("employment"))} of employment and {len(measures_in("long-term-conditions"))} of long-term conditions.
Ids, names and how often each is published are facts of that catalogue ({SOURCE}); titles and descriptions are ours.
`caseness catalogue M192` prints an entry, `caseness measures compute` computes them:
[how to](../how-to/compute-the-official-measures.md).

A measure is *exact* where the public documents settle what it counts, and else rests on rules that are assumed. Three of those
touch every measure, since they say which row stands for a pathway and who is a person: {names(EVERYWHERE)}.
Measures of employment that read employment rows need grains of their own: `caseness derive --employment`.
The definitions hold {len(ERRATA)} kinds of errors, which are [listed below](#errata) with how each is resolved.

"""
_CASES = "\n### Worked cases\n\nThese rows are the tests of the chapter. What a row leaves out is as in a plain row.\n"


def measure_pages() -> dict[str, str]:
    """The pages, by name."""
    return {"measures": "".join(_status_page()), **{f"measures-{one.id}": "".join(_page(one)) for one in CHAPTERS}}


def _status_page() -> Iterator[str]:
    yield _STATUS
    yield "## Status\n\n" + table(("catalogue", *_STATES, "together"), map(_counted, CATALOGUES))
    yield "\nNone cannot be computed.\n"
    for chapter in CHAPTERS:
        yield f"\n### [{chapter.title}](measures-{chapter.id}.md)\n\n"
        rows = [
            (code(one.id), one.title, ", ".join(all_official()[one.id].kinds), _status(one)) for one in chapter.measures
        ]
        yield table(("id", "title", "periods", "status"), rows)
    yield "\n## Errata\n\nErrors and ambiguities of the official definitions that touch a measure or a breakdown.\n\n"
    rows = [(one.number, one.says, one.resolved, ", ".join(one.measures)) for one in ERRATA]
    yield table(("no.", "what is wrong", "what is done", "measures and breakdowns"), rows)


_STATES = ("exact", "rests on assumptions")


def _counted(catalogue: str) -> tuple[str, ...]:
    states = [_STATES[status_of(one) != "exact"] for one in measures_in(catalogue).values()]
    return catalogue, *(f"{states.count(state)}" for state in _STATES), f"{len(states)}"


def _status(measure: Measure) -> str:
    return names(assumptions_of(measure)) or "exact"


def _page(chapter: Chapter) -> Iterator[str]:
    yield f"# Measures: {chapter.title}\n\n{chapter.why}\n\n[All measures](measures.md)\n"
    for measure in chapter.measures:
        yield from _entry(measure, chapter)
    yield "\n## Cases\n"
    yield _CASES
    for section in sections(chapter.id):
        yield from _section(section)


def _entry(measure: Measure, chapter: Chapter) -> Iterator[str]:
    entry = entry_of(measure)
    yield f"\n## {measure.id}\n\n**{measure.title}.** {entry.formula}.\n\n"
    yield f"- Official name: {code(entry.official_name)} ({entry.catalogue}). Computed by {', '.join(entry.periods)}. Clock: {code(entry.clock)}.\n"
    yield f"- Reads: {names(entry.reads)}; official items {', '.join(entry.official_items)}.\n"
    yield f"- Status: {_status(measure)}.\n"
    if chapter.why_of(measure) != chapter.why:
        yield f"- Why it matters: {measure.why}\n"
    for one in errata_of(measure.id):
        yield f"- Erratum {one.number}: {one.says} *{one.resolved}*\n"


def _section(section: Section) -> Iterator[str]:
    yield f"\n#### {section.title}\n\n{section.says}\n"
    for grain, text in section.tables.items():
        yield f"\n{grain}, {section.period}:\n\n```text\n{text}\n```\n"
    rows = [(code(one.measure), ", ".join(one.above), _value(one)) for one in section.expected]
    yield "\n" + table(("measure", "rows counted", "value"), rows)


def _value(one: object) -> str:
    value = getattr(one, "value", None)
    return f"{len(getattr(one, 'above', ()))}" if value is None else f"{value:.6g}"
