"""Which table a file or a table of a database holds, by its name. Forgiving in what stands around the name."""

from __future__ import annotations

import re
from functools import cache

from caseness.record import TABLES

# IDS101, or EXT01, with the rest of the table's name or without, alone or set off from what else is in the name.
_NUMBER = re.compile(r"(?:^|[^a-z0-9])((?:ids\d{3}|ext\d{2}))([a-z]*)(?=$|[^a-z])")


def table_named(name: str) -> str | None:
    """The id of the table that a name without its ending means, or None.

    Examples
    --------
    >>> table_named("ids101"), table_named("IDS101Referral_2025-04 (2)"), table_named("RYK-IDS000Header")
    ('IDS101Referral', 'IDS101Referral', 'IDS000Header')
    >>> table_named("IDS101Backup"), table_named("notes"), table_named("IDS101-IDS201")
    (None, None, None)
    """
    meant = {_known().get(number + rest, "") for number, rest in _NUMBER.findall(name.strip().casefold())}
    return next(iter(meant)) or None if len(meant) == 1 else None


@cache
def _known() -> dict[str, str]:
    whole = {table.id.casefold(): table.id for table in TABLES}
    numbers = {_number(table.id): table.id for table in TABLES}
    return whole | numbers


def _number(table_id: str) -> str:
    found = re.match(r"[A-Za-z]+\d+", table_id)
    assert found, f"Unhandled {table_id!r}"
    return found.group().casefold()


def natural_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """A key by which part 10 comes after part 9.

    >>> sorted(["part 10", "part 9"], key=natural_order)
    ['part 9', 'part 10']
    """
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", name.casefold()))
