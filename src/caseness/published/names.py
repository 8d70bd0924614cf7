"""What a figure is called: official ids, our names, and the names each layout has used.

All three tables are data. A renamed measure is one more line there, never a new branch.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.errors import UnknownName


@dataclass(frozen=True)
class Figure:
    """A published figure: its official id, our name, its statistic and the date that places it."""

    figure_id: str
    name: str
    statistic: str
    clock: str


def read_rows(table: str) -> list[dict[str, str]]:
    """Read one of the declared tables of this package."""
    with files(__package__).joinpath(table).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def all_figures() -> Mapping[str, Figure]:
    """Every figure that is known, by official id (or by our name where there is none)."""
    return MappingProxyType({row["figure_id"]: Figure(**row) for row in read_rows("figures.csv")})


@cache
def ids_by_name() -> Mapping[str, str]:
    """Figure ids by our names.

    >>> ids_by_name()["finished_course"]
    'M076'
    """
    return MappingProxyType({figure.name: figure.figure_id for figure in all_figures().values()})


def id_of(name: str) -> str:
    """The id of a figure that is given by our name or by its id.

    >>> id_of("recovery"), id_of("M191")
    ('M191', 'M191')

    Raises
    ------
    UnknownName
        If it is neither.
    """
    known = ids_by_name()
    if name in known:
        return known[name]
    if name in all_figures():
        return name
    raise UnknownName("figure", name, [*known, *all_figures()])


@cache
def crosswalk(layout: str) -> Mapping[tuple[str, str], str]:
    """Figure ids by (name in the source, statistic), for one layout."""
    rows = [row for row in read_rows("crosswalk.csv") if row["layout"] == layout]
    return MappingProxyType({(row["source_name"], row["statistic"]): row["figure_id"] for row in rows})


@cache
def levels() -> Mapping[str, str]:
    """Our levels by the label that a release gives them."""
    return MappingProxyType({row["label"]: row["level"] for row in read_rows("levels.csv")})
