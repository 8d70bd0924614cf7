"""Run the whole audit. The result is frozen, and says nothing that was not published or counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from caseness.audit.claims import Judgement, judge, read_shipped_claims
from caseness.audit.endings import Endings, classify
from caseness.audit.identities import IdentityCheck, check
from caseness.audit.ledger import Ledger, draw, tabulate
from caseness.audit.rates import Rates, recompute
from caseness.audit.record import Record, gather
from caseness.audit.trend import Trend, follow
from caseness.audit.waits import Waits, measure
from caseness.periods import Period
from caseness.programme import Programme, load
from caseness.provenance import Provenance
from caseness.results import ENGLAND, FigureSource


@dataclass(frozen=True, eq=False)
class Audit:
    """Everything an audit found, for one organisation and period, on every basis there is."""

    programme: Programme
    organisation: str
    organisation_name: str
    level: str
    period: Period
    ledgers: tuple[Ledger, ...]
    history: tuple[Ledger, ...]
    endings: Endings
    rates: Rates
    waits: Waits
    identities: tuple[IdentityCheck, ...]
    trends: tuple[Trend, ...]
    claims: tuple[Judgement, ...]
    findings: tuple[str, ...]
    provenance: Provenance
    record: Record = field(repr=False)

    def ledger_table(self) -> pa.Table:
        """The ledger of every organisation and period, one step a row."""
        return tabulate(self.record)
