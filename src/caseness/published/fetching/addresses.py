"""Where each release is published. The addresses are data of this package: addresses.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import urlsplit, urlunsplit

from caseness.errors import UnknownName
from caseness.periods import ACCEPTED, Period

# What can be asked for, and the dataset of the list that it is.
KINDS = MappingProxyType({"monthly": "measures_monthly", "annual": "annual_main", "outcomes": "annual_tbo"})
# The list bears no date. The newest file that it names is dated 9 July 2026 in its own name.
ADDRESSES_FROM = (
    "Addresses on NHS England's site, as listed by the nhstt project in or after July 2026. "
    "They were copied, not tried: an address may have moved since."
)


@dataclass(frozen=True)
class Address:
    """Where one release is published."""

    dataset: str
    period: str
    url: str

    @property
    def kind(self) -> str:
        """What it is asked for by: monthly, annual or outcomes."""
        return next(kind for kind, dataset in KINDS.items() if dataset == self.dataset)


@dataclass(frozen=True)
class Choice:
    """The addresses that were asked for, and the periods asked for that are not in the list."""

    addresses: tuple[Address, ...]
    unlisted: tuple[str, ...] = ()


@cache
def all_addresses() -> tuple[Address, ...]:
    """Every address of the list, in its order."""
    with files("caseness.published.fetching").joinpath("addresses.csv").open(encoding="utf-8") as stream:
        return tuple(Address(**row) for row in csv.DictReader(stream))


def addresses_of(kind: str) -> tuple[Address, ...]:
    """The addresses of one kind, the oldest period first."""
    return tuple(sorted((one for one in all_addresses() if one.dataset == KINDS[kind]), key=lambda one: one.period))


def choose(kind: str, periods: Sequence[str]) -> Choice:
    """The addresses of a kind for some periods, or all of them if none is named.

    Raises
    ------
    UnknownName
        If nothing is listed for one of the periods.
    """
    listed = addresses_of(kind)
    if not periods:
        return Choice(listed)
    wanted = {label for text in periods for label in _labels(kind, text)}
    known = {one.period for one in listed}
    return Choice(tuple(one for one in listed if one.period in wanted), tuple(sorted(wanted - known)))


def rebase(url: str, base: str | None) -> str:
    """The same path on another host.

    >>> rebase("https://files.digital.nhs.uk/4E/a.zip", "http://127.0.0.1:8000/mirror/")
    'http://127.0.0.1:8000/mirror/4E/a.zip'
    """
    if base is None:
        return url
    listed, mirror = urlsplit(url), urlsplit(base)
    return urlunsplit((mirror.scheme, mirror.netloc, mirror.path.rstrip("/") + listed.path, listed.query, ""))


def read_base(text: str) -> str:
    """Check what is to stand in place of scheme and host.

    Raises
    ------
    ValueError
        If it is not the beginning of a web address, or holds a password, a query or a fragment.
    """
    try:
        parts = urlsplit(text.strip())
        is_host = bool(parts.hostname) and parts.port != 0 and not re.search(r"[\s%\\]", parts.netloc)
    except ValueError:
        is_host, parts = False, urlsplit("")
    if parts.scheme not in ("http", "https") or not is_host:
        raise ValueError(f"{text!r} is not the beginning of a web address. Write it as https://mirror.example.org.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("it may hold a scheme, a host, a port and a path, and nothing else: no password, no query.")
    return text.strip()


def _labels(kind: str, text: str) -> list[str]:
    known = [one.period for one in addresses_of(kind)]
    span = f"The list has {kind} files from {known[0]} to {known[-1]}."
    try:
        period = Period.parse(text)
    except UnknownName as unclear:
        if unclear.kind != "period":
            raise
        raise UnknownName("period", text, known, f"{ACCEPTED} {span}") from unclear
    labels = [one.label for one in period.months()] if kind == "monthly" else [period.label]
    if set(labels).isdisjoint(known):
        raise UnknownName(f"{kind} release for", text, known, f"{_hint(kind, period, known)}{span}")
    return labels


def _hint(kind: str, period: Period, known: Sequence[str]) -> str:
    year = period.financial_year().label
    if kind == "monthly" or period.kind == "year":
        return ""
    return f"These files are of financial years: {period.name} lies in {year}. " if year in known else ""
