"""Whom an audit is about, and when."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.record import Record
from caseness.errors import NothingToAudit
from caseness.organisations import Organisation, describe, find
from caseness.periods import Period
from caseness.results import ENGLAND


@dataclass(frozen=True)
class Subject:
    """An organisation, and a period that the record covers."""

    organisation: str
    name: str
    level: str
    period: Period


def choose(record: Record, period: Period | str | None = None, organisation: str | None = None) -> Subject:
    """Settle whom and when an audit is about.

    Raises
    ------
    UnknownName
        If the record covers neither such an organisation nor such a period.
    NothingToAudit
        If none is asked for and the record has no figure for England.
    """
    code = _england(record) if organisation is None else find(organisation, list_organisations(record)).code
    asked = Period.parse(period) if isinstance(period, str) else period
    settled = record.latest_year(code) if asked is None else record.require_period(asked)
    return Subject(code, record.names.get(code, code), record.levels[code], settled)


def _england(record: Record) -> str:
    if ENGLAND in record.organisations:
        return ENGLAND
    codes = record.organisations
    raise NothingToAudit(
        f"These releases hold no usable figure for England, only for {len(codes):,} organisations ({', '.join(codes[:3])} ...). "
        "Name one with --organisation, or give the release that holds England too."
    )


def list_organisations(record: Record) -> tuple[Organisation, ...]:
    """The organisations of a record, England first, with what the reference tables add to the releases."""
    names = {code: record.names.get(code, code) for code in record.organisations}
    return describe(names, record.levels)
