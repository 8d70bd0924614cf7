"""What checking found, and what is left of the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import pyarrow as pa

from caseness.check.cascade import Rejects
from caseness.check.faults import RULE, Faults
from caseness.check.model import Finding, Readable, Rule, TableCount
from caseness.check.quality import FieldQuality, mean_score
from caseness.check.rules import rules_for
from caseness.read import mark_of
from caseness.record import ROW_ID, SUBMISSION, table

_REFUSAL = pa.schema([(SUBMISSION, pa.int32()), (RULE, pa.string())])


@dataclass(frozen=True, eq=False)
class Checked:
    """What checking found, and what is left: for every table, rows in are rows kept and rows rejected.

    `refused` holds the submissions that are rejected whole, each with the rules that say so.
    """

    record: Readable
    profile: str
    findings: tuple[Finding, ...]
    fields: tuple[FieldQuality, ...]
    tables: Mapping[str, TableCount]
    refused: Mapping[int, tuple[str, ...]]
    not_applicable: tuple[Rule, ...]
    faults: Mapping[str, Faults] = field(repr=False)
    unreadable: Mapping[str, Faults] = field(repr=False)
    rejects: Mapping[str, Rejects] = field(repr=False)

    @property
    def made_up(self) -> str:
        """What the record says of being made up, or nothing."""
        return mark_of(self.record.notes)

    @property
    def worst(self) -> str | None:
        """The worst severity that was found, or None."""
        return self.findings[0].rule.severity if self.findings else None

    @property
    def score(self) -> float | None:
        """The quality score of the record, in percent: ours, see `caseness.check.quality`."""
        return mean_score(self.fields)

    def score_of(self, table_id: str) -> float | None:
        """The quality score of one table, in percent."""
        return mean_score(each for each in self.fields if each.table == table_id)

    def kept(self, table_id: str) -> ibis.Table:
        """The rows of a table that later steps may use."""
        table_id = table(table_id).id
        rows = self.record.table(table_id)
        if self.refused:
            rows = rows.filter(rows[SUBMISSION].notin(list(self.refused)))
        return rows.anti_join(self.rejects[table_id].ids, ROW_ID) if table_id in self.rejects else rows

    def rejected(self, table_id: str) -> ibis.Table:
        """The well-formed rows of a table that rules reject, with `reasons`: the ids of the rules, `; ` between them."""
        table_id = table(table_id).id
        rows = self.record.table(table_id)
        rejecting = [rule.id for rule in rules_for(self.profile) if rule.rejects]
        own = self.faults[table_id].of(rejecting) if table_id in self.faults else _no_faults(rows)
        told = _told(own.select(ROW_ID, SUBMISSION, RULE).union(self._refusals(rows)))
        return rows.inner_join(told, ROW_ID).relocate(SUBMISSION, ROW_ID, "reasons")

    def _refusals(self, rows: ibis.Table) -> ibis.Table:
        taken = [(submission, rule) for submission, rules in self.refused.items() for rule in rules]
        cells = list(zip(*taken, strict=True)) or [[], []]
        whole = ibis.memtable(pa.table(list(map(pa.array, cells, _REFUSAL.types)), schema=_REFUSAL))
        return rows.select(ROW_ID, SUBMISSION).inner_join(whole, SUBMISSION).select(ROW_ID, SUBMISSION, RULE)


def _told(faults: ibis.Table) -> ibis.Table:
    return (
        faults.distinct().group_by(ROW_ID).agg(reasons=lambda each: each[RULE].group_concat("; ", order_by=each[RULE]))
    )


def _no_faults(rows: ibis.Table) -> ibis.Table:
    return rows.limit(0).select(SUBMISSION, ROW_ID, **{RULE: ibis.literal("")})
