"""The findings of a check as one page: what is wrong, how many, what it does to the figures, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseness import __version__
from caseness.check import FILE, GROUP, NOT_CHECKED, RECORD, WARNING, Checked, FieldQuality, Finding
from caseness.record import table
from caseness.report.page import fill_plain

# What a severity does, as a heading.
HEADINGS = (
    (FILE, "Rejects the whole submission"),
    (GROUP, "Rejects the row and what hangs on it"),
    (RECORD, "Rejects the row"),
    (WARNING, "Warns, and rejects nothing"),
)


@dataclass(frozen=True)
class Chapter:
    """The findings of one severity: those with a cause of their own, and those that were only taken along."""

    severity: str
    heading: str
    findings: tuple[Finding, ...]
    taken_along: tuple[Finding, ...]


def render_findings(checked: Checked, name: str) -> str:
    """The page as one HTML file that asks the network for nothing.

    Parameters
    ----------
    checked : what was found
    name : what the record is called, such as the name of its folder
    """
    return fill_plain(
        "findings.html.j2",
        checked=checked,
        name=name,
        chapters=chapters_of(checked),
        totals=total_rows(checked),
        verdict=verdict_on(checked),
        fields=judged_fields(checked),
        ignored=[one for one in checked.record.files if one.ignored],
        not_checked=NOT_CHECKED,
        version=__version__,
        title_of=lambda table_id: table(table_id).title,
        share=share,
        percent=percent,
        spell_rows=spell_rows,
    )


def chapters_of(checked: Checked) -> tuple[Chapter, ...]:
    """The findings by severity, worst first. A severity without findings is left out."""
    chapters = (
        Chapter(severity, heading, *_split(one for one in checked.findings if one.rule.severity == severity))
        for severity, heading in HEADINGS
    )
    return tuple(one for one in chapters if one.findings or one.taken_along)


def total_rows(checked: Checked) -> dict[str, int]:
    """Rows of all tables together: read, unreadable, rejected by rules, and kept."""
    kinds = ("read", "unreadable", "rejected", "kept")
    return {kind: sum(getattr(one, kind) for one in checked.tables.values()) for kind in kinds}


def verdict_on(checked: Checked) -> str:
    """What the worst finding means, in one sentence."""
    refused, every = len(checked.refused), len(checked.record.submissions)
    if refused:
        which = "The submission is" if every == 1 else f"{refused} of {every} submissions are"
        return f"{which} rejected as a whole: no row counts in any figure."
    rejected = total_rows(checked)["rejected"] + total_rows(checked)["unreadable"]
    if rejected:
        rows = "1 row is" if rejected == 1 else f"{rejected:,} rows are"
        return f"{rows} rejected and left out of every figure. The rest is kept."
    return "Every row is kept." if not checked.findings else "Every row is kept. The warnings below may change figures."


def judged_fields(checked: Checked) -> tuple[FieldQuality, ...]:
    """The fields that are not as they should be, worst first."""
    poor = (each for each in checked.fields if each.score is not None and each.score < 100)
    return tuple(sorted(poor, key=lambda each: (each.score, each.table, each.column)))


def share(finding: Finding) -> str:
    """The share of the rows that were judged.

    >>> percent(0.03), percent(12.34), percent(100.0), percent(None)
    ('less than 0.1 %', '12.3 %', '100 %', 'not judged')
    """
    return percent(100 * finding.share)


def percent(value: float | None) -> str:
    """A percentage that is never rounded to none or to all."""
    if value is None:
        return "not judged"
    if 0 < value < 0.1:
        return "less than 0.1 %"
    if 99.9 < value < 100:
        return "more than 99.9 %"
    return f"{value:.1f} %" if value % 100 else f"{value:.0f} %"


def spell_rows(finding: Finding) -> str:
    """The first row ids, and how many more there are."""
    more = finding.count - len(finding.rows)
    shown = ", ".join(map(str, finding.rows))
    if not finding.rows:
        return "no row of its own"
    return f"{shown} and {more:,} more" if more > 0 else shown


def _split(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    held = tuple(findings)
    own = tuple(one for one in held if not one.rule.is_consequence)
    return own, tuple(one for one in held if one.rule.is_consequence)
