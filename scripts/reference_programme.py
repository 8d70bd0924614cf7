"""The reference pages of programmes, as they are declared: journey, outcome rule, endings, targets and breaks."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.programme import Programme, load, programme_names
from caseness.programme.model import Break, Target

PROGRAMME = "england"


def programme_page() -> str:
    """England's programme as it is declared: journey, outcome rule, endings, targets and breaks."""
    return "".join((*_heading(load(PROGRAMME)), *_programme_parts(load(PROGRAMME))))


def other_programme_pages() -> dict[str, str]:
    """A page for each programme but England's, by the name of the page."""
    others = (load(name) for name in programme_names() if name != PROGRAMME)
    return {page_name(one): "".join((*_heading(one), *_unknown_part(one), *_other_parts(one))) for one in others}


def page_name(programme: Programme) -> str:
    """The name of a programme's page: `programme` for England's."""
    return "programme" if programme.id == PROGRAMME else f"programme-{programme.id.replace('_', '-')}"


def _heading(programme: Programme) -> Iterator[str]:
    former = f" Until 2023: {programme.former_name}." if programme.former_name else ""
    title = programme.country if programme.id == PROGRAMME else programme.name
    yield f"# The programme: {title}\n\n{programme.name}.{former} Source: {programme.source}.\n\n"
    others = (load(name) for name in programme_names() if name != programme.id)
    links = ", ".join(f"[{one.name}]({page_name(one)}.md)" for one in others)
    yield f"Other programmes: {links}. [Describe another](../how-to/describe-another-programme.md).\n\n"


def _unknown_part(programme: Programme) -> Iterator[str]:
    yield "## What is unknown\n\nNothing is computed with what stands here.\n\n"
    rows = ((one.section, code(one.id), one.label, one.unknown) for one in programme.what_is_unknown())
    yield table(("section", "id", "label", "what was not found"), rows)
    yield "\n"


def _other_parts(programme: Programme) -> Iterator[str]:
    yield "## Stages\n\n"
    stages = ((code(one.id), one.label, one.meaning, one.clock, one.source) for one in programme.stages)
    yield table(("id", "label", "meaning", "clock", "source"), stages)
    yield "\n## Questionnaires\n\nA blank threshold was not found in any source that was read.\n\n"
    yield table(("id", "name", "used for", "case", "reliable change", "note", "source"), _questionnaires(programme))
    yield "\n## Outcome rule\n\n"
    outcomes = ((code(one.id), one.label, one.meaning, one.note, one.source) for one in programme.outcomes)
    yield table(("id", "label", "meaning", "note", "source"), outcomes)
    if programme.end_codes:
        groups = {group.id: group.label for group in programme.end_groups}
        yield "\n## End codes\n\n"
        codes = ((code(one.code), one.label, groups[one.group], one.meaning) for one in programme.end_codes)
        yield table(("code", "label", "group", "meaning"), codes)


def _programme_parts(programme: Programme) -> Iterator[str]:
    yield "## Stages\n\n"
    stages = ((code(one.id), one.label, one.meaning, code(one.figure_id), one.clock) for one in programme.stages)
    yield table(("id", "label", "meaning", "figure", "clock"), stages)
    yield "\n## Questionnaires\n\nA blank threshold was not found in any source that was read.\n\n"
    yield table(("id", "name", "used for", "case", "reliable change", "note", "source"), _questionnaires(programme))
    yield "\n## Outcome rule\n\n"
    yield table(("id", "label", "meaning", "count", "rate", "of", "note", "source"), _outcomes(programme))
    yield "\n## End codes\n\nThe code is what a service enters. The figure counts it.\n\n"
    yield table(("figure", "code", "label", "group"), _end_codes(programme))
    yield "\n## Targets\n\n*Verified* means that the statement was read in a document of the body that set the target, or that\npublishes the official figures against it. A target that is not verified is shown only with the reason.\n\n"
    yield table(
        ("id", "target", "rate", "of", "in force", "verified", "source", "note"), map(_target_row, programme.targets)
    )
    yield "\n## Breaks\n\nA break is a month from which a published series is different: in *meaning*, in *name*, or because it *begins*\nor *ends*.\n\n"
    yield table(("id", "month", "kind", "figures", "label", "what", "source"), map(_break_row, programme.breaks))


def _questionnaires(programme: Programme) -> Iterator[tuple[object, ...]]:
    for one in programme.measures:
        case = "" if one.caseness is None else f"{one.case_is} {one.caseness:g}"
        change = "" if one.reliable_change is None else f"{one.reliable_change:g}"
        yield code(one.id), one.name, one.used_for, case, change, one.note, one.source


def _outcomes(programme: Programme) -> Iterator[tuple[object, ...]]:
    for one in programme.outcomes:
        whole = " + ".join(one.of) + "".join(f" - {figure}" for figure in one.less)
        yield (
            code(one.id),
            one.label,
            one.meaning,
            code(one.figure_id),
            code(one.rate_id),
            code(whole),
            one.note,
            one.source,
        )


def _end_codes(programme: Programme) -> Iterator[tuple[object, ...]]:
    groups = {group.id: group.label for group in programme.end_groups}
    return (
        (code(one.figure_id), code(one.code) or "none", one.label, groups[one.group]) for one in programme.end_codes
    )


def _target_row(one: Target) -> tuple[object, ...]:
    until = f"to {one.until:%-d %B %Y}" if one.until else "on; no end was read"
    force = f"{one.since:%-d %B %Y} {until}"
    return (
        code(one.id),
        one.label,
        code(one.rate_id),
        one.of,
        force,
        "yes" if one.verified else "no",
        one.source or "none",
        one.note or one.reason,
    )


def _break_row(one: Break) -> tuple[object, ...]:
    until = f" to {one.until.label}" if one.until else ""
    return (
        code(one.id),
        one.month.label + until,
        one.kind,
        names(one.affects) or "all",
        one.label,
        one.what,
        one.source,
    )
