"""Checks of the releases themselves: identities that must hold, and what was found in the files."""

from __future__ import annotations

from types import MappingProxyType

from caseness.audit.identities import IdentityCheck
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.pointers import Held
from caseness.report.sections.revisions import tell_revisions
from caseness.report.sections.story import name_place
from caseness.report.sentence import say
from caseness.report.table import Cell, Table, files_only, numbers, words

_COUNTED = (("checked", "Checked"), ("hold", "Hold"), ("cannot_be_told", "Cannot be told"), ("depart", "Depart"))
_SCANNED = (
    ("reproduced", "Reproduced"),
    ("starred", "Starred"),
    ("without_counts", "Without counts"),
    ("impossible", "Impossible"),
)


_UNITS = MappingProxyType({"rounding": "points", "plausible": "percentage"})


def tell_checks(audit: Audit) -> Section:
    """The section of the checks."""
    blocks: list[Block] = [Heading("Do the figures agree with each other?", "identities"), *_identities(audit)]
    blocks += [Heading("Departures", "departures"), *_departures(audit)]
    blocks += [] if audit.record.is_computed else [*_scan(audit), *tell_revisions(audit)]
    blocks += [Heading(f"Findings about the {_source(audit, 'record', 'releases')}", "findings"), *_findings(audit)]
    return Section("checks", f"Checks of the {_source(audit, 'figures', 'published record')}", tuple(blocks))


def _source(audit: Audit, computed: str, published: str) -> str:
    return computed if audit.record.is_computed else published


def _identities(audit: Audit) -> list[Block]:
    if not audit.identities:
        return [absent("No two figures of this record can be held against each other.")]
    columns = (
        words("identity", "Identity"), words("kind", "Kind"), files_only("formula", "Formula"), words("basis", "Basis"),
        numbers("low", "Allowed, from"), numbers("high", "Allowed, to"), *(numbers(name, heading) for name, heading in _COUNTED),
        words("remark", "Remark"), files_only("source", "Source"),
    )  # fmt: skip
    rows = tuple(_identity_row(one) for one in audit.identities)
    notes = (
        "Every period and organisation of the record is checked. A departure is a finding about the figures, not a judgement of anyone's care.",
    )
    lead = say(
        "Sums that must hold, and parts that must fit in their wholes. Rounded and suppressed counts are held to what "
        "their intervals allow; where these leave it open, it cannot be told."
    )
    return [
        Paragraph(lead),
        Grid(Table("identities", f"Identities of the {_source(audit, '', 'published ')}figures", columns, rows, notes)),
    ]


def _identity_row(one: IdentityCheck) -> tuple[Cell, ...]:
    counted = (Held(one, name) for name, _ in _COUNTED)
    return (one.statement, one.kind, one.formula, one.basis, *_allowed(one), *counted, one.remark, one.source)


# What is allowed is in the unit of the identity: points, a percentage, or a count.
def _allowed(one: IdentityCheck) -> tuple[Cell, ...]:
    unit = _UNITS.get(one.kind, "count")
    return tuple("" if getattr(one, name) is None else Held(one, name, unit) for name in ("low", "high"))


def _departures(audit: Audit) -> list[Block]:
    listed = [(check, one) for check in audit.identities for one in check.departures]
    if not listed:
        return [Paragraph(say("None: wherever it can be told, the figures agree."))]
    columns = (
        words("identity", "Identity"), words("basis", "Basis"), words("period", "Period"), words("organisation", "Organisation"),
        numbers("left", "One side"), numbers("right", "Other side"), numbers("gap", "Apart by at least"),
    )  # fmt: skip
    rows = tuple(
        (
            check.statement,
            one.basis,
            one.period.label,
            one.organisation,
            one.left,
            one.right,
            Held(one, "gap", one.left.unit),
        )
        for check, one in listed
    )
    note = "At most twenty of each identity, worst first."
    return [Grid(Table("departures", "Where an identity does not hold", columns, rows, (note,)))]


def _scan(audit: Audit) -> list[Block]:
    heading = Heading("Every percentage in the releases", "scan")
    if audit.scan is None:
        return [
            heading,
            absent("The embedded figures hold no breakdowns to scan. Give the releases themselves with --releases."),
        ]
    columns = (
        words("figure_id", "Figure"), words("source", "Release"), *(numbers(name, label) for name, label in _SCANNED),
    )  # fmt: skip
    rows = tuple(
        (one.figure_id, one.source, *(Held(one, name) for name, _ in _SCANNED)) for one in audit.scan.percentages
    )
    note = "Impossible: no counts within the published ones give the printed percentage."
    blocks: list[Block] = [
        heading,
        Grid(Table("scan", "Printed percentages of every organisation, period and breakdown", columns, rows, (note,))),
    ]
    return [*blocks, *_impossible(audit)]


def _impossible(audit: Audit) -> list[Block]:
    assert audit.scan is not None, "asked only when the releases were scanned"
    columns = (
        words("figure_id", "Figure"), words("from", "Period from"), words("organisation", "Organisation"),
        words("groups", "Breakdown"), numbers("printed", "Printed"), numbers("low", "Counts allow, from"),
        numbers("high", "Counts allow, to"), words("source", "Release"),
    )  # fmt: skip
    rows = tuple(
        (one.figure_id, one.period_start.isoformat(), name_place(one.organisation, one.commissioner), ", ".join(one.groups),
         *(Held(one, name, "percentage") for name in ("printed", "low", "high")), one.source)
        for one in audit.scan.listed
    )  # fmt: skip
    return (
        [Grid(Table("impossible", "Percentages that their own counts rule out (the first ones)", columns, rows))]
        if rows
        else []
    )


def _findings(audit: Audit) -> list[Block]:
    if not audit.findings:
        return [Paragraph(say("None."))]
    return [Items(tuple(say(finding) for finding in audit.findings))]
