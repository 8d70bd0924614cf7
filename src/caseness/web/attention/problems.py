"""The problem that stands for a referral, and what its code says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from caseness.codes import code_list

_PRIMARY = "1"


class Recorded(NamedTuple):
    """One recorded problem, of the fields by which one of several is chosen."""

    code: str
    significance: str
    recorded: date | None
    pk: int


def foremost(problems: Iterable[Recorded]) -> str:
    """The code that stands for a referral: the primary problem, then the latest, then the last row, as `derive.problem`.

    >>> foremost([Recorded("F32", "1", None, 1), Recorded("F41.1", "2", date(2026, 3, 2), 2)])
    'F32'
    >>> foremost([])
    ''
    """
    ordered = sorted(problems, key=lambda one: (one.significance == _PRIMARY, one.recorded or date.min, one.pk))
    return ordered[-1].code if ordered else ""


def say_problem(code: str) -> str:
    """A code in words; itself where the list of codes does not have it.

    >>> say_problem("F40.1"), say_problem("F43.2")
    ('Social phobia', 'Another disorder of F40 to F43')
    """
    found = code_list("PresComp").find(code) if code else None
    return found.meaning if found else code
