"""The clock, which the command line alone asks: what is computed is told the day."""

from __future__ import annotations

from datetime import date, datetime


def find_today() -> date:
    """The day where the command is run, not that of Greenwich."""
    return datetime.now().astimezone().date()
