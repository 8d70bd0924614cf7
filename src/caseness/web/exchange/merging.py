"""A row of the record into a model: only what the row says anew, so that what was changed here stands."""

from __future__ import annotations

from typing import Any

from django.db import models

from caseness.record import table
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.cells import fits, to_field, to_plain
from caseness.web.exchange.shapes import SHAPES, Shape


def merge(
    instance: models.Model, table_id: str, row: Row, before: Row | None = None, blanks_say: bool = True
) -> list[str]:
    """Set what differs between a row and the one that was sent before it. Gives the names of the fields that changed.

    Without a row before, all of it is set. A blank is set too, unless blanks say nothing. What a field cannot hold whole stands in `other_columns`, and the field is empty.
    """
    shape = SHAPES[table_id]
    changed = []
    for column, name in shape.fields.items():
        if before is not None and before.get(column) == row.get(column):
            continue
        if row.get(column) is None and not blanks_say:
            continue
        value = as_field(instance, name, row.get(column))
        if getattr(instance, name) != value:
            setattr(instance, name, value)
            changed.append(name)
    if shape.keeps_others and _set_others(instance, shape, table_id, row, blanks_say):
        changed.append("other_columns")
    return changed


def as_field(model: models.Model | type[models.Model], name: str, value: Any) -> Any:
    """A cell as an import puts it into a field."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"Unhandled {name}"
    return to_field(value if value is None or fits(value, field) else None, field)


def too_long(model: models.Model | type[models.Model], shape: Shape, row: Row) -> Row:
    """The cells of a row that no field of the model holds whole."""
    found = {}
    for column, name in shape.fields.items():
        field, value = model._meta.get_field(name), row.get(column)
        if value is not None and isinstance(field, models.Field) and not fits(value, field):
            found[column] = to_plain(value)
    return found


def _set_others(instance: Any, shape: Shape, table_id: str, row: Row, blanks_say: bool) -> bool:
    others = {} if blanks_say else dict(instance.other_columns)
    others |= {name: to_plain(row[name]) for name in shape.others(table(table_id)) if row.get(name) is not None}
    others |= too_long(instance, shape, row)
    if instance.other_columns == others:
        return False
    instance.other_columns = others
    return True
