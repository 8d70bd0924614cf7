"""Check a record: every rule once, every row accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caseness.check.account import Account, holds_rows
from caseness.check.cascade import cascade
from caseness.check.checked import Checked
from caseness.check.faults import Faults, find_faults, join_faults
from caseness.check.model import SUBMISSION_PROFILE, Readable, Rule
from caseness.check.passing import Passed, add_up, pass_over, row_rules
from caseness.check.rules import rules_for
from caseness.check.scope import RecordScope, share_out
from caseness.check.unreadable import find_unreadable
from caseness.record import TABLES, Table


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
    scopes = share_out(record)
    tables = [table for table in TABLES if _well_formed(record, table)]
    passed = {
        table.id: add_up([pass_over(table, row_rules(rules, table), scope) for scope in scopes]) for table in tables
    }
    unreadable = {
        table.id: found
        for table in TABLES
        if holds_rows(record, table) and (found := find_unreadable(table, rules, record))
    }
    cascaded = cascade(tables, rules, _find(tables, rules, passed, scopes), scopes)
    return Account(record, rules, passed, unreadable, cascaded).settle(profile)


def _find(
    tables: Sequence[Table], rules: Sequence[Rule], passed: Mapping[str, Passed], scopes: Sequence[RecordScope]
) -> dict[str, Faults]:
    found = {}
    for table in tables:
        own = [rule for rule in rules if rule.table == table.id]
        broken = [rule for rule in own if rule.id in passed[table.id].broken]
        parts = [faults for scope in scopes if (faults := find_faults(table, broken, own, scope))]
        if faults := join_faults(parts):
            found[table.id] = faults
    return found


def _well_formed(record: Readable, table: Table) -> bool:
    return table.id in record.rows and record.rows[table.id].read > record.rows[table.id].rejected
