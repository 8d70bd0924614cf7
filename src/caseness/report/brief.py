"""The brief of one organisation: one sheet of A4, with bounds, England beside it, and room for its reply."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

from caseness.audit.ledger import Ledger, draw
from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.audit.spelling import spell
from caseness.audit.waits import Waits, WaitShare, measure
from caseness.report.charts.bars import Bar, bar_of, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.drawing import draw as draw_pictures
from caseness.report.charts.theme import BLUE, Width
from caseness.report.page import fill
from caseness.report.pointers import point_into
from caseness.report.sections.sources import command
from caseness.report.sections.story import main_ledger
from caseness.results import ANNUAL, ENGLAND

# What the sheet has room for: the step, and whether it is a share of all who ended or of its own stage.
_LINES = (
    ("ended_before_treatment", "of_ended", "Ended before treatment", "of referrals ended"),
    ("ended_treated_once", "of_ended", "Treated once", "of referrals ended"),
    ("finished_course", "of_ended", "Finished a course", "of referrals ended"),
    ("reliable_improvement", "of_stage", "Reliably improved", "of those who finished"),
    ("no_reliable_change", "of_stage", "No reliable change", "of those who finished"),
    ("reliable_deterioration", "of_stage", "Reliably deteriorated", "of those who finished"),
    ("unpaired", "of_stage", "No paired scores", "of those who finished"),
    ("recovery", "of_stage", "Recovered", "of those judged for recovery"),
    ("reliable_recovery", "of_stage", "Reliably recovered", "of those judged for recovery"),
    ("recovery", "of_ended", "Recovered, of all", "of referrals ended"),
)


# The sheet has no room to name the basis in every line. The others rest on the sum of monthly files.
_MARKS = MappingProxyType({ANNUAL: " \N{DAGGER}"})


@dataclass(frozen=True, eq=False)
class BriefLine:
    """One line of the sheet: how many, what share they are of whom, and England's share beside it."""

    label: str
    of: str
    count: Quantity
    share: Quantity
    england: Quantity | None

    @property
    def beside(self) -> str:
        """England's share as text. It is no part of this audit: it stands in ledger.csv."""
        return "" if self.england is None else spell(self.england)


# What stands beside an organisation.
_CONTEXT = MappingProxyType({False: "England", True: "All of the record"})


@dataclass(frozen=True, eq=False)
class Brief:
    """What stands on the sheet."""

    lines: tuple[BriefLine, ...]
    basis: str
    months: int | None
    rerun: str
    has_england: bool
    context: str = "England"


def render_brief(audit: Audit) -> str:
    """The brief as one HTML file that prints on one side of A4."""
    brief = write_lines(audit)
    pictures = draw_pictures("fig-brief", lambda width: _draw(brief, width)) if brief.lines else ()
    wide = next((one for one in pictures if one.width == "wide"), None)
    return fill("brief.html.j2", point_into(audit), audit=audit, subject=audit.subject, brief=brief, picture=wide)


def write_lines(audit: Audit) -> Brief:
    """The lines of the sheet, each on the basis that says most. England stands beside it on the same basis."""
    ledger = main_ledger(audit)
    if ledger is None:
        return Brief((), "", None, command(audit), False)
    england = _england(audit)
    found = (_line(audit.ledgers, england, *line) for line in _LINES)
    lines = (*found, *_waits(audit, ledger.basis))
    known = tuple(line for line in lines if line.share.is_known)
    return Brief(known, ledger.basis, ledger.months, command(audit), bool(england), _CONTEXT[audit.record.is_computed])


def _england(audit: Audit) -> dict[str, Ledger]:
    if audit.subject.organisation == ENGLAND:
        return {}
    return {one.basis: one for one in draw(audit.record, audit.subject.period, ENGLAND)}


def _line(
    ledgers: tuple[Ledger, ...], england: dict[str, Ledger], step: str, share: str, label: str, of: str
) -> BriefLine:
    ledger = min(ledgers, key=lambda one: _room(getattr(one.line(step), share)))
    beside = getattr(england[ledger.basis].line(step), share) if ledger.basis in england else None
    line = ledger.line(step)
    return BriefLine(label + _MARKS.get(ledger.basis, ""), of, line.count, getattr(line, share), beside)


# Twelve starred months leave a small provider more room than one year does.
def _room(share: Quantity) -> float:
    return inf if share.low is None or share.high is None else share.high - share.low


def _waits(audit: Audit, basis: str) -> tuple[BriefLine, ...]:
    is_england = audit.subject.organisation == ENGLAND
    england = None if is_england else measure(audit.record, audit.subject.period, ENGLAND, audit.programme)
    hidden = [one for one in audit.waits.hidden if one.basis == basis]
    return tuple(_wait_line(share, england) for one in hidden for share in (one.first, one.second))


def _wait_line(share: WaitShare, england: Waits | None) -> BriefLine:
    beside = england.share(share.id, share.basis) if england else None
    return BriefLine(share.label, f"of {share.of}", share.part, share.share, beside.share if beside else None)


def _draw(brief: Brief, width: Width) -> Drawing:
    return draw_bars([_bar(line) for line in brief.lines], width, longest=100.0)


def _bar(line: BriefLine) -> Bar:
    mark = None if line.england is None else line.england.value
    return bar_of(line.share, textwrap.shorten(line.label, 32, placeholder=" ..."), spell(line.share), BLUE, mark=mark)
