"""All rows that are of one client, found by following what leads to it, whichever app a model belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import SET_NULL, ForeignKey, Model

from caseness.web.caseload.models import Client

Rows = dict[type[Model], set[Any]]


def rows_of(client: Client) -> Rows:
    """The client, and every row that leads to it, by however many steps: the keys of the rows of each model.

    A row of which no more than a link that may be emptied leads there is not the client's. The link is emptied.
    """
    found: Rows = defaultdict(set)
    new: list[tuple[type[Model], set[Any]]] = [(Client, {client.pk})]
    while new:
        model, keys = new.pop()
        fresh = keys - found[model]
        found[model] |= fresh
        if fresh:
            new += [(link.model, _rows_by(link, fresh)) for link in links_to(model)]
    return {model: keys for model, keys in found.items() if keys}


def links_to(model: type[Model]) -> Iterator[ForeignKey[Any]]:
    """The fields by which rows of any model belong to one of this. Those of the tables between many and many are among them."""
    for relation in model._meta.get_fields(include_hidden=True):
        link = getattr(relation, "field", None)
        if relation.auto_created and isinstance(link, ForeignKey) and link.remote_field.on_delete is not SET_NULL:
            yield link


def remove_rows(found: Rows) -> None:
    """Remove them, those first to which nothing leads any more: a row that protects another goes before it."""
    left = {model: set(keys) for model, keys in found.items()}
    while left:
        before = sum(map(len, left.values()))
        for model, keys in list(left.items()):
            free = keys - _still_named(model, left)
            model._base_manager.filter(pk__in=free).delete()
            left[model] = keys - free
        left = {model: keys for model, keys in left.items() if keys}
        assert sum(map(len, left.values())) < before, f"These rows protect each other: {sorted(map(str, left))}"


def _still_named(model: type[Model], left: Rows) -> set[Any]:
    found: set[Any] = set()
    for link in links_to(model):
        if link.model in left:
            rows = link.model._base_manager.filter(pk__in=left[link.model])
            found |= set(rows.values_list(link.attname, flat=True))
    return found


def _rows_by(link: ForeignKey[Any], keys: set[Any]) -> set[Any]:
    return set(link.model._base_manager.filter(**{f"{link.name}__in": keys}).values_list("pk", flat=True))
