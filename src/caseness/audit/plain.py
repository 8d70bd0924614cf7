"""Any part of an audit as plain dictionaries, lists, text and numbers, ready for JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import numpy as np

from caseness.audit.record import Record
from caseness.periods import Period
from caseness.stats.bounds import Bounded


def to_plain(part: Any) -> Any:
    """The same content without any class of ours.

    A period becomes its label, a dataclass a dictionary of its fields in their order,
    and a number that is not finite becomes null. The laid-out record is left out: it is
    the input of the audit, not a finding.

    >>> from caseness.audit.quantity import nothing
    >>> to_plain({"recovery": nothing()})
    {'recovery': {'value': None, 'low': None, 'high': None, 'unit': 'count', 'reason': 'no_data'}}
    """
    if isinstance(part, Period):
        return part.label
    if isinstance(part, Bounded):
        return {name: to_plain(getattr(part, name)) for name in ("low", "high", "value")}
    if is_dataclass(part) and not isinstance(part, type):
        held = ((one.name, getattr(part, one.name)) for one in fields(part))
        return {name: to_plain(value) for name, value in held if not isinstance(value, Record)}
    if isinstance(part, Mapping):
        return {str(to_plain(name)): to_plain(value) for name, value in part.items()}
    if isinstance(part, list | tuple | set | frozenset):
        return [to_plain(value) for value in part]
    return _plain_value(part)


def _plain_value(part: Any) -> Any:
    if isinstance(part, np.ndarray):
        return to_plain(part.tolist())
    if isinstance(part, np.generic):
        return _plain_value(part.item())
    if isinstance(part, float):
        return part if math.isfinite(part) else None
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, Decimal):
        return str(part)
    assert part is None or isinstance(part, str | int), f"Unhandled {part!r}"
    return part
