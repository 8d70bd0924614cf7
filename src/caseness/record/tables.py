"""Every table of the record, and how one is found by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from caseness.errors import UnknownName
from caseness.record import activity, extension, header, person, referral, score, staff
from caseness.record.model import EXTENSION, SUBMITTED, Table

_SUBMITTED = (*header.TABLES, *person.TABLES, *referral.TABLES, *activity.TABLES, *score.TABLES, *staff.TABLES)
# The 21 that are submitted in the order of their numbers, then the extensions.
TABLES: tuple[Table, ...] = (*sorted(_SUBMITTED, key=lambda each: each.id), *extension.TABLES)


def table(name: str) -> Table:
    """One table by its id, the short form of it, or its name, in capitals or not.

    Raises
    ------
    UnknownName
        If there is none of that name. The message says which are near.

    Examples
    --------
    >>> table("ids101").id, table("referral").id, table("IDS101Referral").title
    ('IDS101Referral', 'IDS101Referral', 'Referral')
    """
    found = _by_name().get(name.casefold())
    if found is None:
        known = [spelled for each in TABLES for spelled in (each.id, each.name)]
        raise UnknownName("table", name, known, "`caseness tables` lists all.")
    return found


def submission_tables() -> tuple[Table, ...]:
    """The tables of an official submission."""
    return tuple(each for each in TABLES if each.origin == SUBMITTED)


def extension_tables() -> tuple[Table, ...]:
    """The tables that travel with the record and never enter an official submission."""
    return tuple(each for each in TABLES if each.origin == EXTENSION)


@cache
def _by_name() -> Mapping[str, Table]:
    return {name.casefold(): each for each in TABLES for name in (each.id, each.short_id, each.name)}
