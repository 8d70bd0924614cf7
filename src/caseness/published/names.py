"""What a figure is called: official ids, our names, and the names each layout has used.

The tables are data. A renamed measure is one more line there, never a new branch.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.errors import UnknownName

_LETTERS_THAT_DO_NOT_COUNT = re.compile(r"[\s_\ufeff]")


@dataclass(frozen=True)
class Figure:
    """A published figure: its official id, our name, its statistic and the date that places it."""

    figure_id: str
    name: str
    statistic: str
    clock: str


def read_rows(table: str) -> list[dict[str, str]]:
    """Read one of the declared tables of this package."""
    with files("caseness.published").joinpath(table).open(encoding="utf-8") as stream:
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


@dataclass(frozen=True)
class SourceName:
    """What a layout calls a figure, and in which years.

    `first` and `last` are financial years, "" where the name is older or still in use.
    `note` says where the figure differs from others of its id.
    """

    layout: str
    source_name: str
    statistic: str
    figure_id: str
    first: str
    last: str
    note: str


@cache
def source_names(layout: str) -> tuple[SourceName, ...]:
    """Every name of a figure in one layout."""
    return tuple(SourceName(**row) for row in read_rows("crosswalk.csv") if row["layout"] == layout)


@cache
def crosswalk(layout: str) -> Mapping[tuple[str, str], str]:
    """Figure ids by (name in the source, statistic), for one layout."""
    return MappingProxyType({(one.source_name, one.statistic): one.figure_id for one in source_names(layout)})


def column_key(name: str) -> str:
    """What is left of a column's name when case, spaces and underscores do not count.

    NHS England has written one column in several ways over the years.

    >>> column_key("Count_ReferralsReceived") == column_key("CountReferralsReceived ")
    True
    """
    return _LETTERS_THAT_DO_NOT_COUNT.sub("", name).casefold()
