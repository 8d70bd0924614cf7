"""Add up what was counted: findings, refused submissions, fields, and every row of every table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseness.check.cascade import Cascaded
from caseness.check.checked import Checked
from caseness.check.faults import Faults, first_rows
from caseness.check.model import (
    FILE,
    SEVERITIES,
    Counts,
    Empty,
    Finding,
    NothingKept,
    Readable,
    Rule,
    TableCount,
    Unreadable,
)
from caseness.check.passing import NOTHING, Passed
from caseness.check.quality import FieldQuality, expected_fields, judge_fields
from caseness.check.rules import RULES
from caseness.record import TABLES, Table


@dataclass(frozen=True, eq=False)
class Account:
    """All that was counted, to be added up."""

    record: Readable
    rules: Sequence[Rule]
    passed: Mapping[str, Passed]
    unreadable: Mapping[str, Faults]
    cascaded: Cascaded

    def settle(self, profile: str) -> Checked:
        """What was found, in all."""
        counted = self._count_faults()
        refused = self._refuse(counted)
        findings = tuple(sorted(self._findings(counted), key=_worst_first))
        return Checked(
            self.record,
            profile,
            findings,
            self._fields(counted, profile),
            {table.id: self._account_for(table, refused) for table in TABLES if holds_rows(self.record, table)},
            refused,
            tuple(rule for rule in RULES if rule not in self.rules),
            self.cascaded.faults,
            self.unreadable,
            self.cascaded.rejects,
        )

    def _count_faults(self) -> dict[str, Counts]:
        counted: dict[str, Counts] = {}
        for faults in (*self.cascaded.faults.values(), *self.unreadable.values()):
            counted.update(faults.counts)
        for rule in self.rules:
            if isinstance(rule.test, Empty) and (found := self._empty(rule)):
                counted[rule.id] = found
        return counted

    def _empty(self, rule: Rule) -> Counts:
        rows = self.passed.get(rule.table, NOTHING).rows
        unread = self.unreadable[rule.table].counts if rule.table in self.unreadable else {}
        held = {*rows, *(submission for counts in unread.values() for submission in counts)}
        return {one.id: 1 for one in self.record.submissions if one.id not in held}

    def _refuse(self, counted: dict[str, Counts]) -> dict[int, tuple[str, ...]]:
        fatal = [rule for rule in self.rules if rule.severity == FILE and rule.id in counted]
        refused: dict[int, tuple[str, ...]] = {}
        for rule in fatal:
            # Reading may not know which submission a row belongs to.
            for submission in filter(None, counted[rule.id]):
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
        return [
            one.id
            for one in self.record.submissions
            if one.id not in refused and rows.get(one.id, 0) == gone.get(one.id, 0)
        ]

    def _findings(self, counted: Mapping[str, Counts]) -> list[Finding]:
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

    def _fields(self, counted: Mapping[str, Counts], profile: str) -> tuple[FieldQuality, ...]:
        unreadable: dict[str, dict[str, int]] = {}
        for rule in self.rules:
            if isinstance(rule.test, Unreadable) and rule.test.column and rule.id in counted:
                unreadable.setdefault(rule.table, {})[rule.test.column] = sum(counted[rule.id].values())
        expected = expected_fields(self.rules, profile)
        return tuple(
            each
            for table in TABLES
            if holds_rows(self.record, table)
            for each in judge_fields(table, self.passed.get(table.id, NOTHING), unreadable.get(table.id, {}), expected)
        )

    def _account_for(self, table: Table, refused: Mapping[int, tuple[str, ...]]) -> TableCount:
        read = self.record.rows[table.id]
        rejects = self.cascaded.rejects.get(table.id)
        by_rule = rejects.by_submission if rejects else {}
        rows = self.passed.get(table.id, NOTHING).rows
        rejected = sum(rows[one] if one in refused else by_rule.get(one, 0) for one in rows)
        return TableCount(read.read, read.rejected, rejected, sum(rows.values()) - rejected)


def holds_rows(record: Readable, table: Table) -> bool:
    """Whether any row of a table was read, well formed or not."""
    return table.id in record.rows and record.rows[table.id].read > 0


# What was only taken along stands after what took it.
def _worst_first(finding: Finding) -> tuple[int, bool, int, str]:
    rule = finding.rule
    return SEVERITIES.index(rule.severity), rule.is_consequence, -finding.count, rule.id
