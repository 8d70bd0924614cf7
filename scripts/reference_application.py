"""The reference page that tells where each column of the record stands in the practice application."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, table

from caseness.record import TABLES, Table
from caseness.web.exchange.shapes import LEDGERED, ON_REQUEST, SHAPES, describe

_PAGE = """# The record in the application

This page tells where the practice application keeps each column of [the record](tables.md) that is imported, and from where an
export gives it back. [Decision 24](../adr/0024-a-record-in-the-application.md) says why.

- A column that a page shows or changes is a field of a model, such as `Referral.ended`.
- Another column of the same table is kept under its own name in `other_columns`.
- A table that no page changes is kept whole, as rows of `KeptRow` with the months in which each was sent.
- A column that names a parent is told by the parent, such as `referral.service_request_id`.

No column is left out. What a column holds is in the record as it came: a cell that is too long for its field, or a score that is no
number, is kept beside it and given back.
"""
_TOLD_ANEW = (
    "Its rows are told anew each month. Each different row is also kept in `KeptRow`, with its months: a month that was "
    "imported is given back as it was sent.\n\n"
)
_ASKED_FOR = "It is exported only where that is asked for, since it holds what clients said in words.\n\n"


def application_page() -> str:
    """Every column of every table, with its place."""
    return "".join([_PAGE, *(part for each in TABLES for part in _parts(each))])


def _parts(one: Table) -> Iterator[str]:
    model = SHAPES[one.id].model if one.id in SHAPES else "KeptRow"
    yield f"\n## {one.id}\n\n{one.title}: {code(model)}.\n\n"
    if one.id in LEDGERED:
        yield _TOLD_ANEW
    if one.id in ON_REQUEST:
        yield _ASKED_FOR
    yield table(("column", "stands in"), ((code(each.name), code(describe(one.id, each.name))) for each in one.columns))
