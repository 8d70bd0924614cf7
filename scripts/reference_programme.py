"""The reference page of England's programme, as it is declared: journey, outcome rule, endings, targets and breaks."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.programme import Programme, load
from caseness.programme.model import Break, Target

PROGRAMME = "england"


def programme_page() -> str:
    """England's programme as it is declared: journey, outcome rule, endings, targets and breaks."""
    programme = load(PROGRAMME)
    return "".join(_programme_parts(programme))


def _programme_parts(programme: Programme) -> Iterator[str]:
    yield f"# The programme: {programme.country}\n\n{programme.name}. Until 2023: {programme.former_name}. Source: {programme.source}.\n\n"
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
