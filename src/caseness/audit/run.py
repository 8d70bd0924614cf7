"""Run the whole audit. The result is frozen, and says nothing that was not published or counted."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from html import escape
from typing import Any

import pyarrow as pa

from caseness.audit.assumptions import Assumptions, read_shipped_assumptions
from caseness.audit.claims import Claim, Judgement, judge, read_shipped_claims
from caseness.audit.cohorts import Cohorts, follow_cohorts
from caseness.audit.computed import Computed
from caseness.audit.cost import Costs
from caseness.audit.counted_ends import CountedEnds, lay_out_ends
from caseness.audit.effects import Effect, compare_results
from caseness.audit.endings import Endings, classify
from caseness.audit.identities import IdentityCheck, check
from caseness.audit.ledger import Ledger, draw
from caseness.audit.ledger_table import tabulate
from caseness.audit.missing import MissingOutcomes
from caseness.audit.natural import Natural
from caseness.audit.otherwise import Otherwise
from caseness.audit.promise import Promise
from caseness.audit.rates import Rates, recompute
from caseness.audit.record import Record, gather
from caseness.audit.subject import Subject, choose
from caseness.audit.trend import Trend, follow
from caseness.audit.variation import Variation
from caseness.audit.waits import Waits, measure
from caseness.audit.weighing import weigh
from caseness.audit.withheld import LetOut, let_out_under, list_withheld
from caseness.disclosure import PUBLISHED, Released, release
from caseness.periods import Period
from caseness.programme import Programme, load
from caseness.provenance import Provenance
from caseness.published import Embedded, Releases, Revisions, Scan, list_revisions_within, scan_releases
from caseness.results import FigureSource, Results

# The therapy outcomes are read and can be scanned, but no part of the audit rests on them yet.
AUDITED = ("annual", "monthly")


@dataclass(frozen=True, eq=False)
class Audit:
    """Everything an audit found about one organisation and period, on every basis there is.

    `history` holds the ledger of every year; `scan` what became of every percentage in
    the releases, in every breakdown, and `revisions` what two releases of the same months
    print differently (both None where only embedded facts or results were given). `cohorts` follows the people
    referred and `counted_ends` has end codes by number of contacts, where the rows of a record are at hand.
    `disclosure` is the policy under which its figures were let out, with what was not.
    `findings` are sentences about the releases themselves, worst first.
    """

    programme: Programme
    subject: Subject
    ledgers: tuple[Ledger, ...]
    history: tuple[Ledger, ...]
    endings: Endings
    rates: Rates
    waits: Waits
    identities: tuple[IdentityCheck, ...]
    scan: Scan | None
    revisions: Revisions | None
    trends: tuple[Trend, ...]
    assumptions: Assumptions
    effects: tuple[Effect, ...]
    variation: Variation | None
    missing: MissingOutcomes | None
    natural: Natural | None
    costs: Costs | None
    otherwise: Otherwise | None
    promise: Promise | None
    claims: tuple[Judgement, ...]
    cohorts: Cohorts | None
    counted_ends: CountedEnds | None
    disclosure: LetOut
    findings: tuple[str, ...]
    provenance: Provenance
    record: Record = field(repr=False)

    def ledger_table(self) -> pa.Table:
        """The ledger of every organisation and period, one step a row."""
        return tabulate(self.record)

    def _repr_html_(self) -> str:
        lines = [line for ledger in self.ledgers for line in ledger.lines if line.count.value is not None]
        rows = "".join(f"<tr><td>{escape(one.step.label)}</td><td>{one.count.value:,.0f}</td></tr>" for one in lines)
        title = f"{escape(self.subject.name)}, {self.subject.period.label}"
        return f"<table><caption>{title}</caption>{rows}</table>"


def run(
    source: FigureSource | Any,
    period: Period | str | None = None,
    organisation: str | None = None,
    claims: tuple[Claim, ...] | None = None,
    assumptions: Assumptions | None = None,
) -> Audit:
    """Audit a programme from its published record.

    Parameters
    ----------
    source : open releases, embedded facts, results (also a pyarrow, polars or pandas table of them), or what
        `caseness.audit.records.compute_record` computed from rows
    period : a financial year or month; None means the latest whole year
    organisation : a code, or a name that only one organisation has; None means England
    claims : the claims to judge; None means those that ship with the package
    assumptions : what to assume; None means the assumptions that ship with the package

    Raises
    ------
    UnknownName
        If the record has no such organisation or period.
    NothingToAudit
        If it has no figure for them.
    NotReleased
        If the figures have passed no disclosure policy.

    Examples
    --------
    >>> from caseness.published import Embedded
    >>> audit = run(Embedded(), period="2021-22")
    >>> audit.ledgers[0].line("recovery").of_stage.value.__round__(1)
    50.2
    """
    known = Releases | Embedded | Released | Results | Computed
    opened = source if isinstance(source, known) else Results.from_arrow(source)
    released = _let_out(opened)
    record = gather(released)
    subject = choose(record, period, organisation)
    return Audit(
        claims=judge(record, read_shipped_claims() if claims is None else claims, released),
        scan=scan_releases(opened, AUDITED) if isinstance(opened, Releases) else None,
        revisions=list_revisions_within(opened) if isinstance(opened, Releases) else None,
        **_of_rows(opened, subject),
        disclosure=_disclosure(opened, released),
        findings=(*record.provenance.damaged, *record.conflicts, *record.provenance.notes),
        provenance=record.provenance,
        record=record,
        **_observed(record, subject),
        **_weighed(record, released, subject, assumptions or read_shipped_assumptions()),
    )


# Published figures pass as they are. Those of a record pass under the policy that they were computed for.
def _let_out(opened: Any) -> Released:
    if isinstance(opened, Computed):
        return release(opened, opened.policy, opened.linkage)
    return release(opened, PUBLISHED)


def _disclosure(opened: Any, released: Released) -> LetOut:
    withheld = list_withheld(opened.policy, opened.linkage) if isinstance(opened, Computed) else ()
    return let_out_under(released.policy, withheld)


# What only the rows of a record can say. Where a policy has no rule for it, it was not counted.
def _of_rows(opened: Any, subject: Subject) -> dict[str, Any]:
    if not isinstance(opened, Computed) or opened.referred is None or opened.ends is None:
        return {"cohorts": None, "counted_ends": None}
    return {
        "cohorts": follow_cohorts(opened.referred, subject, opened.months),
        "counted_ends": lay_out_ends(opened.ends, subject, load("england")),
    }


# What was published, laid out and recomputed. Nothing here is assumed.
def _observed(record: Record, subject: Subject) -> dict[str, Any]:
    programme = load("england")
    about = (record, subject.period, subject.organisation)
    return {
        "programme": programme,
        "subject": subject,
        "ledgers": draw(*about),
        "history": _history(record, subject.organisation),
        "endings": classify(*about, programme),
        "rates": recompute(*about),
        "waits": measure(*about, programme),
        "identities": check(record),
        "trends": follow(record, subject.organisation, programme),
    }


# What was weighed under these assumptions and, where a reader changes some, beside the package's own.
def _weighed(record: Record, released: Released, subject: Subject, assumptions: Assumptions) -> dict[str, Any]:
    weighed = weigh(record, released, subject, assumptions)
    shipped = weigh(record, released, subject, read_shipped_assumptions()) if assumptions.file else weighed
    return {
        "assumptions": assumptions,
        "effects": compare_results(shipped, weighed) if assumptions.file else (),
        **{one.name: getattr(weighed, one.name) for one in fields(weighed)},
    }


def _history(record: Record, organisation: str) -> tuple[Ledger, ...]:
    return tuple(ledger for year in record.periods("year") for ledger in draw(record, year, organisation))
