"""Every column of the record stands somewhere in the application, and the page that says where says so of each."""

from pathlib import Path

import pytest
import reference_application
from django.db.models import Model

from caseness.record import TABLES
from caseness.web.caseload import models
from caseness.web.exchange.shapes import SHAPES, describe

COLUMNS = [(one.id, column.name) for one in TABLES for column in one.columns]


@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.id)
def test_each_column_of_a_table_stands_in_a_model_or_is_kept_whole(one):
    for column in one.columns:
        model, *path = describe(one.id, column.name).split(".")
        assert field_of(getattr(models, model), path), f"{one.id}.{column.name}"


def field_of(model: type[Model], path):
    """The field at the end of a path of names, such as goal.referral.service_request_id."""
    field = model._meta.get_field(path[0])
    return field if len(path) == 1 else field_of(field.related_model, path[1:])


def test_no_column_is_told_twice_and_none_that_there_is_not():
    for table_id, shape in SHAPES.items():
        told = [*shape.fields, *shape.links]
        assert len(told) == len(set(told))
        assert set(told) <= {column for of, column in COLUMNS if of == table_id}
        declared = next(one for one in TABLES if one.id == table_id)
        assert shape.keeps_others or not shape.others(declared)


def test_the_page_lists_every_column():
    text = reference_application.application_page()
    written = Path(reference_application.__file__).parents[1] / "docs/reference/record-in-the-application.md"
    assert all(f"`{column}` | `{describe(of, column)}`" in text for of, column in COLUMNS)
    assert text.rstrip() in written.read_text()
