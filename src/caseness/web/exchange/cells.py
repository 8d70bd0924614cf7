"""A cell of the record as JSON and as a field of a model, and back again, such that nothing is altered."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import models

from caseness.record import Column

_PARSERS = {"date": date.fromisoformat, "time": time.fromisoformat, "timestamp": datetime.fromisoformat}


def to_plain(value: Any) -> Any:
    """A cell as JSON holds it.

    >>> to_plain(date(2025, 4, 1)), to_plain(7), to_plain(None)
    ('2025-04-01', 7, None)
    """
    return value.isoformat() if isinstance(value, date | time) else value


def from_plain(value: Any, column: Column) -> Any:
    """A cell out of JSON, in the type of its column."""
    parse = _PARSERS.get(column.type)
    return parse(value) if parse and value is not None else value


def fits(value: Any, field: models.Field) -> bool:
    """Whether a field can hold a cell unaltered. What is too long for it is kept beside it, under its own name."""
    if isinstance(field, models.PositiveSmallIntegerField):
        return 0 <= value <= 32_767
    limit = getattr(field, "max_length", None)
    return limit is None or len(value) <= limit


def to_field(value: Any, field: models.Field) -> Any:
    """A cell as the field has it: a blank text is empty, and any other blank is null."""
    return "" if value is None and isinstance(field, models.CharField) else value


def from_field(value: Any) -> Any:
    """What a field holds as a cell: an empty text is a blank.

    >>> from_field(""), from_field("05")
    (None, '05')
    """
    return None if value == "" else value
