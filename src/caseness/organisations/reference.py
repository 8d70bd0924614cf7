"""Organisations that are known by code: England, its regions, boards and providers."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.results import ENGLAND

# What releases print in England's row: annual files, tidy files, and the monthly files before and after July 2022.
ENGLAND_LABELS = frozenset({"all", "england", "all ccgs", "all subicbs", "all sub icbs", "all providers"})


@dataclass(frozen=True)
class Organisation:
    """One organisation. `icb` and `region` are codes, None where not known; `status` is active, inactive or ''.

    `former_names` are other names under which releases print the same code.
    """

    code: str
    name: str
    level: str
    icb: str | None = None
    region: str | None = None
    status: str = ""
    former_names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


@cache
def all_organisations() -> Mapping[str, Organisation]:
    """Every organisation of the reference tables, by code: England, regions, boards, providers.

    Examples
    --------
    >>> provider = all_organisations()["RW1"]
    >>> provider.icb, all_organisations()[provider.icb].name
    ('QRL', 'NHS Hampshire and Isle of Wight')
    """
    rows = _read("providers.csv")
    entries = [Organisation(ENGLAND, "England", "england"), *_regions(rows), *_boards(rows), *_providers(rows)]
    return MappingProxyType({entry.code: entry for entry in entries})


def describe(names: Mapping[str, str], levels: Mapping[str, str]) -> tuple[Organisation, ...]:
    """Say what is known of the organisations of a release: their board and region where the tables hold them.

    Parameters
    ----------
    names : names as the release prints them, by code
    levels : levels of the results, by code

    Examples
    --------
    >>> old, new = describe({"11N": "NHS KERNOW CCG", "RTV": "NWBH"}, {"11N": "ccg", "RTV": "provider"})
    >>> old.region is None, new.status, new.former_names
    (True, 'inactive', ('NWBH',))
    """
    reference = all_organisations()
    return tuple(
        _printed_as(reference[code], name) if code in reference else Organisation(code, name, levels[code])
        for code, name in names.items()
    )


def is_england(label: str) -> bool:
    """Whether a release means the whole of England by this code or name.

    >>> is_england("all SubICBs"), is_england("All"), is_england("all about minds")
    (True, True, False)
    """
    return label.strip().casefold() in ENGLAND_LABELS


def _printed_as(entry: Organisation, name: str) -> Organisation:
    is_new = name.casefold() not in {known.casefold() for known in (entry.name, *entry.former_names)}
    return replace(entry, former_names=(*entry.former_names, name)) if is_new else entry


def _regions(rows: list[dict[str, str]]) -> list[Organisation]:
    names = {row["region"]: row["region_name"] for row in rows if row["region"]}
    return [Organisation(code, name, "region", region=code) for code, name in sorted(names.items())]


def _boards(rows: list[dict[str, str]]) -> list[Organisation]:
    found = {row["icb"]: (row["icb_name"], row["region"]) for row in rows if row["icb"]}
    return [Organisation(code, name, "icb", code, region) for code, (name, region) in sorted(found.items())]


def _providers(rows: list[dict[str, str]]) -> list[Organisation]:
    former = defaultdict(list)
    for row in _read("former_names.csv"):
        former[row["code"]].append(row["name"])
    return [
        Organisation(
            row["code"],
            row["name"],
            "provider",
            row["icb"] or None,
            row["region"] or None,
            row["status"],
            tuple(former[row["code"]]),
        )
        for row in rows
    ]


def _read(table: str) -> list[dict[str, str]]:
    text = files(__package__ or "").joinpath(table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
