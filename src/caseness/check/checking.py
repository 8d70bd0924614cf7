"""Check a record: every rule once, every row accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis

from caseness.check.cascade import Cascaded, Rejects, cascade
from caseness.check.faults import RULE, Faults, find_faults, first_rows
from caseness.check.model import (
    FILE,
    SEVERITIES,
    SUBMISSION_PROFILE,
    Empty,
    Finding,
    NothingKept,
    Readable,
    Rule,
    TableCount,
    Unreadable,
)
from caseness.check.passing import NOTHING, Passed, pass_over, row_rules
from caseness.check.quality import FieldQuality, judge_fields, mean_score
from caseness.check.rules import RULES, rules_for
from caseness.check.scope import RecordScope
from caseness.check.unreadable import find_unreadable
from caseness.record import ROW_ID, SUBMISSION, TABLES, Table
from caseness.record import table as table_named


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
        table = table_named(table_id)
        rows = self.record.table(table.id)
        if self.refused:
            rows = rows.filter(rows[SUBMISSION].notin(list(self.refused)))
        return rows.anti_join(self.rejects[table.id].ids, ROW_ID) if table.id in self.rejects else rows

    def rejected(self, table_id: str) -> ibis.Table:
        """The well-formed rows of a table that rules reject, with `reasons`: the ids of the rules, `; ` between them."""
        table = table_named(table_id)
        rows = self.record.table(table.id)
        rejecting = [rule.id for rule in rules_for(self.profile) if rule.rejects]
        own = self.faults[table.id].of(rejecting) if table.id in self.faults else _no_faults(rows)
        told = _told(own.select(ROW_ID, SUBMISSION, RULE).union(self._refusals(rows)))
        return rows.inner_join(told, ROW_ID).relocate(SUBMISSION, ROW_ID, "reasons")

    def _refusals(self, rows: ibis.Table) -> ibis.Table:
        taken = [
            rows.filter(rows[SUBMISSION] == submission).select(ROW_ID, SUBMISSION, **{RULE: ibis.literal(rule)})
            for submission, rules in self.refused.items()
            for rule in rules
        ]
        return ibis.union(*taken) if len(taken) > 1 else (taken or [_no_faults(rows).select(ROW_ID, SUBMISSION, RULE)])[0]


def check(record: Readable, profile: str = SUBMISSION_PROFILE) -> Checked:
    """Apply every rule of a profile to a record.

    Parameters
    ----------
    record : a record as it was read
    profile : `submission` for a service that submits to NHS England, `practice` for one that does not

    Returns
    -------
    Checked
        Findings worst first, counts of every field, and the rows that are kept.

    Raises
    ------
    UnknownName
        If there is no such profile.
    CasenessError
        If the engine cannot run a query.
    """
    rules = rules_for(profile)
    scope = RecordScope(record)
    tables = [table for table in TABLES if _well_formed(record, table)]
    passed = {table.id: pass_over(table, row_rules(rules, table), scope) for table in tables}
    unreadable = {table.id: found for table in TABLES if _has(record, table) and (found := find_unreadable(table, rules, record))}
    cascaded = cascade(tables, rules, _find(tables, rules, passed, scope), scope)
    return _Account(record, rules, passed, unreadable, cascaded).settle(profile)


def _find(
    tables: Sequence[Table], rules: Sequence[Rule], passed: Mapping[str, Passed], scope: RecordScope
) -> dict[str, Faults]:
    found = {}
    for table in tables:
        own = [rule for rule in rules if rule.table == table.id]
        broken = [rule for rule in own if rule.id in passed[table.id].broken]
        faults = find_faults(table, broken, own, scope)
        if faults:
            found[table.id] = faults
    return found


@dataclass(frozen=True, eq=False)
class _Account:
    """All that was counted, to be added up."""

    record: Readable
    rules: Sequence[Rule]
    passed: Mapping[str, Passed]
    unreadable: Mapping[str, Faults]
    cascaded: Cascaded

    def settle(self, profile: str) -> Checked:
        counted = self._count_faults()
        refused = self._refuse(counted)
        findings = tuple(sorted(self._findings(counted), key=_worst_first))
        return Checked(
            self.record,
            profile,
            findings,
            self._fields(counted),
            {table.id: self._account_for(table, refused) for table in TABLES if _has(self.record, table)},
            refused,
            tuple(rule for rule in RULES if rule not in self.rules),
            self.cascaded.faults,
            self.unreadable,
            self.cascaded.rejects,
        )

    def _count_faults(self) -> dict[str, Mapping[int, int]]:
        counted: dict[str, Mapping[int, int]] = {}
        for faults in (*self.cascaded.faults.values(), *self.unreadable.values()):
            counted.update(faults.counts)
        counted.update({rule.id: found for rule in self.rules if isinstance(rule.test, Empty) and (found := self._empty(rule))})
        return counted

    def _empty(self, rule: Rule) -> dict[int, int]:
        rows = self.passed.get(rule.table, NOTHING).rows
        unread = self.unreadable[rule.table].counts if rule.table in self.unreadable else {}
        held = {*rows, *(submission for counts in unread.values() for submission in counts)}
        return {one.id: 1 for one in self.record.submissions if one.id not in held}

    def _refuse(self, counted: dict[str, Mapping[int, int]]) -> dict[int, tuple[str, ...]]:
        fatal = [rule for rule in self.rules if rule.severity == FILE and rule.id in counted]
        refused: dict[int, tuple[str, ...]] = {}
        for rule in fatal:
            for submission in counted[rule.id]:
                refused[submission] = (*refused.get(submission, ()), rule.id)
        for rule in self.rules:
            if isinstance(rule.test, NothingKept) and (left := self._nothing_left(rule, refused)):
                counted[rule.id] = dict.fromkeys(left, 1)
                refused |= dict.fromkeys(left, (rule.id,))
        return dict(sorted(refused.items()))

    # A submission that is refused for another reason, or has no row at all, is told once.
    def _nothing_left(self, rule: Rule, refused: Mapping[int, tuple[str, ...]]) -> list[int]:
        rows = self.passed.get(rule.table, NOTHING).rows
        rejects = self.cascaded.rejects.get(rule.table)
        gone = rejects.by_submission if rejects else {}
        return [one.id for one in self.record.submissions if one.id not in refused and rows.get(one.id, 0) == gone.get(one.id, 0)]

    def _findings(self, counted: Mapping[str, Mapping[int, int]]) -> list[Finding]:
        shown = first_rows((*self.cascaded.faults.values(), *self.unreadable.values()))
        return [
            Finding(rule, sum(counted[rule.id].values()), self._of(rule), counted[rule.id], shown.get(rule.id, ()))
            for rule in self.rules
            if rule.id in counted
        ]

    def _of(self, rule: Rule) -> int:
        if isinstance(rule.test, Empty | NothingKept):
            return len(self.record.submissions)
        if isinstance(rule.test, Unreadable):
            return self.record.rows[rule.table].read
        return sum(self.passed[rule.table].rows.values())

    def _fields(self, counted: Mapping[str, Mapping[int, int]]) -> tuple[FieldQuality, ...]:
        unreadable: dict[str, dict[str, int]] = {}
        for rule in self.rules:
            if isinstance(rule.test, Unreadable) and rule.test.column and rule.id in counted:
                unreadable.setdefault(rule.table, {})[rule.test.column] = sum(counted[rule.id].values())
        return tuple(
            each
            for table in TABLES
            if _has(self.record, table)
            for each in judge_fields(table, self.passed.get(table.id, NOTHING), unreadable.get(table.id, {}), self.rules)
        )

    def _account_for(self, table: Table, refused: Mapping[int, tuple[str, ...]]) -> TableCount:
        read = self.record.rows[table.id]
        rejects = self.cascaded.rejects.get(table.id)
        by_rule = rejects.by_submission if rejects else {}
        rows = self.passed.get(table.id, NOTHING).rows
        rejected = sum(rows[one] if one in refused else by_rule.get(one, 0) for one in rows)
        return TableCount(read.read, read.rejected, rejected, sum(rows.values()) - rejected)


def _worst_first(finding: Finding) -> tuple[int, int, str]:
    return SEVERITIES.index(finding.rule.severity), -finding.count, finding.rule.id


def _has(record: Readable, table: Table) -> bool:
    return table.id in record.rows and record.rows[table.id].read > 0


def _well_formed(record: Readable, table: Table) -> bool:
    return table.id in record.rows and record.rows[table.id].read > record.rows[table.id].rejected


def _told(faults: ibis.Table) -> ibis.Table:
    return faults.distinct().group_by(ROW_ID).agg(reasons=lambda each: each[RULE].group_concat("; ", order_by=each[RULE]))


def _no_faults(rows: ibis.Table) -> ibis.Table:
    return rows.limit(0).select(SUBMISSION, ROW_ID, **{RULE: ibis.literal("")})
