"""Definitions: every count, step, outcome, questionnaire and target, each with its source."""

from __future__ import annotations

from caseness.audit.counts import COUNTS, Count
from caseness.audit.run import Audit
from caseness.programme import Target
from caseness.report.blocks import Grid, Paragraph, Section
from caseness.report.pointers import Held
from caseness.report.sentence import say
from caseness.report.table import Cell, Table, numbers, words

_BASES = (
    ("annual report", "Printed in the annual report of the programme."),
    ("monthly file", "Printed in the file of one month."),
    ("sum of monthly files", "Twelve monthly files added, count by count. Not the annual figure: late submissions and corrections differ."),
    ("computed by month", "Counted from the rows of a record, on the row of each referral in the month."),
    ("computed over the year", "Counted from the rows of a record, each referral once, on its last row in the year."),
    ("sum of computed months", "Twelve computed months added. A referral is in it once for each event."),
    ("press report", "Quoted in the press, rounded. Never used in a ratio."),
)  # fmt: skip


def tell_definitions(audit: Audit) -> Section:
    """The section of the definitions."""
    programme = audit.programme
    lead = say(
        f"{programme.name} ({programme.country}), formerly {programme.former_name}. Ids such as M076 are those of "
        f"NHS England's catalogue of measures. Source: {programme.source}."
    )
    tables = (_counts(), _outcomes(audit), _measures(audit), _targets(audit), _end_codes(audit), _bases())
    return Section("definitions", "Definitions", (Paragraph(lead), *map(Grid, tables)))


def _counts() -> Table:
    columns = (words("count", "Count"), words("meaning", "Meaning"), words("made_of", "Made of"))
    rows = tuple((one.label, one.meaning, _made_of(one)) for one in COUNTS.values())
    return Table("counts", "The counts, and how each is made", columns, rows)


def _made_of(one: Count) -> str:
    text = " + ".join(one.plus) + "".join(f" - {figure_id}" for figure_id in one.minus)
    annual = f"; annual: {' + '.join(one.annual_plus)}" if one.annual_plus else ""
    unknown = (
        f" (unknown in {', '.join(year.label for year in one.unknown_in)}: {one.unknown_because})"
        if one.unknown_in
        else ""
    )
    return text + annual + unknown


def _outcomes(audit: Audit) -> Table:
    columns = (
        words("outcome", "Outcome"),
        words("meaning", "Meaning"),
        words("figure_id", "Figure"),
        words("source", "Source"),
    )
    rows = tuple(
        (one.label, _noted(one.meaning, one.note), one.figure_id, one.source) for one in audit.programme.outcomes
    )
    return Table("outcome-rule", "The outcome rule", columns, rows)


def _measures(audit: Audit) -> Table:
    columns = (
        words("measure", "Questionnaire"), words("used_for", "Used for"), numbers("caseness", "Caseness"), words("case_is", "A case is"),
        numbers("reliable_change", "Reliable change, at least"), words("note", "Note"), words("source", "Source"),
    )  # fmt: skip
    rows = tuple(
        (
            one.name,
            one.used_for,
            _score(one, "caseness"),
            one.case_is,
            _score(one, "reliable_change"),
            one.note,
            one.source,
        )
        for one in audit.programme.measures
    )
    return Table("questionnaires", "The questionnaires and their thresholds", columns, rows)


def _score(owner: object, name: str) -> Cell:
    score = getattr(owner, name)
    if score is None:
        return "not stated"
    return Held(owner, name, "count" if float(score).is_integer() else "ratio")


def _targets(audit: Audit) -> Table:
    columns = (
        words("target", "Target"), words("of", "Of whom"), numbers("at_least", "At least"), words("since", "From"),
        words("until", "To"), words("verified", "Verified"), words("source", "Source"),
    )  # fmt: skip
    rows = tuple(_target_row(one) for one in audit.programme.targets)
    return Table("targets", "Targets, and when they were in force", columns, rows)


def _target_row(one: Target) -> tuple[Cell, ...]:
    until = one.until.isoformat() if one.until else "no end read"
    verified = "yes" if one.verified else f"not verified: {one.reason}"
    return (
        one.label,
        one.of,
        Held(one, "at_least", "percentage"),
        one.since.isoformat(),
        until,
        verified,
        _noted(one.source, one.note),
    )


def _noted(text: str, note: str) -> str:
    return f"{text} {note}".strip()


def _end_codes(audit: Audit) -> Table:
    groups = {group.id: group.label for group in audit.programme.end_groups}
    columns = (
        words("code", "Code"),
        words("label", "Reason for ending"),
        words("group", "Group"),
        words("figure_id", "Figure"),
    )
    rows = tuple((one.code or "none", one.label, groups[one.group], one.figure_id) for one in audit.programme.end_codes)
    return Table("end-codes", "The end codes", columns, rows)


def _bases() -> Table:
    return Table("bases", "What a figure can rest on", (words("basis", "Basis"), words("meaning", "Meaning")), _BASES)
