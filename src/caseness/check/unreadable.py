"""What reading refused, told by the rules of the columns: each cell that is not of its type is a fault."""

from __future__ import annotations

from collections.abc import Iterable

import ibis

from caseness.check.faults import RULE, Faults, keep
from caseness.check.model import Readable, Rule, Unreadable
from caseness.record import ROW_ID, SUBMISSION, Table

# Between the column and what is wrong with its cell, in a reason that reading gave.
_SEPARATOR = ": "


def find_unreadable(table: Table, rules: Iterable[Rule], record: Readable) -> Faults | None:
    """The faults of the rows that reading refused, or None where it refused none."""
    if not record.rows[table.id].rejected:
        return None
    refused = record.rejected(table.id)
    told = refused.select(SUBMISSION, ROW_ID, reason=refused.reasons.unnest())
    column = told.reason.split(_SEPARATOR)[0]
    by_column = {
        rule.test.column: rule.id for rule in rules if rule.table == table.id and isinstance(rule.test, Unreadable)
    }
    otherwise = by_column.pop("")
    named = column.cases(*by_column.items(), else_=otherwise) if by_column else ibis.literal(otherwise)
    return keep(table.id, told.select(SUBMISSION, ROW_ID, **{RULE: named}).distinct())
