"""Emptying the database between tests that need transactions of their own, events with it."""

from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

RULES = import_module("caseness.web.events.migrations.0002_only_added")
_NAMES = ("events_are_not_changed", "events_are_not_removed")


def without_rule(statements):
    """The statements with the rule that events are only added taken away before, and put back after."""
    if connection.vendor == "sqlite":
        return [*(f"DROP TRIGGER {name}" for name in _NAMES), *statements, *RULES._SQLITE]
    able = "ALTER TABLE events_event {} TRIGGER USER"
    return [able.format("DISABLE"), *statements, able.format("ENABLE")]


@contextmanager
def events_can_be_emptied():
    """Between tests, and for them alone."""
    plain = BaseDatabaseOperations.execute_sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lambda self, sql: plain(self, without_rule(sql)))
        yield
