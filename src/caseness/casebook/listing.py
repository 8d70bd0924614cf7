"""The courses of a record that can be shown, by their pseudonyms: no date, no identifier, in the order of the pseudonyms."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import pyarrow as pa

from caseness.casebook.finding import CONTACT, REFERRAL, Named, counted_rows
from caseness.casebook.keys import pseudonym
from caseness.derive.contact import ATTENDED, TREATMENT
from caseness.engine import fetch
from caseness.read import Record

FINISHED, OPEN = "finished", "open"
STATES = (FINISHED, OPEN)


@dataclass(frozen=True)
class Listed:
    """A course that can be shown: its pseudonym, its provider, whether it has ended, and its contacts."""

    pseudonym: str
    provider: str
    has_ended: bool
    attended: int
    treatments: int


@dataclass(frozen=True)
class Listing:
    """The first courses in the order of their pseudonyms, and how many there are."""

    courses: tuple[Listed, ...]
    total: int


def list_courses(record: Record, key: bytes, state: str | None = None, limit: int = 20) -> Listing:
    """The courses with an attended contact: all of them, those that are finished, or those that are open.

    A course is finished when it has ended after two treatment contacts or more, and open when it has not ended.

    Parameters
    ----------
    key : what the pseudonyms are made with
    state : `finished`, `open`, or None for all
    limit : how many are given at most
    """
    found = fetch(_wanted(_courses(record), state))
    named = _with_pseudonyms(found, key)
    return Listing(tuple(sorted(named, key=lambda one: one.pseudonym)[:limit]), len(named))


def _with_pseudonyms(found: pa.Table, key: bytes) -> list[Listed]:
    columns = ("provider", "ServiceRequestId", "has_ended", "attended", "treatments")
    rows = zip(*(found[name].to_pylist() for name in columns), strict=True)
    named = ((Named(provider, referral), rest) for provider, referral, *rest in rows)
    return [Listed(pseudonym(key, one.provider, one.referral), one.provider, *rest) for one, rest in named]


def _wanted(courses: ibis.Table, state: str | None) -> ibis.Table:
    if state == FINISHED:
        return courses.filter(courses.has_ended & (courses.treatments >= 2))
    return courses.filter(~courses.has_ended) if state == OPEN else courses


# A referral is sent again each month, and the last row says whether it has ended.
def _courses(record: Record) -> ibis.Table:
    rows = counted_rows(record, REFERRAL)
    whose = ("provider", "ServiceRequestId")
    last = rows.group_by(whose).agg(has_ended=rows.ServDischDate.notnull().argmax(rows.period))
    return last.inner_join(_contacts(record), whose)


def _contacts(record: Record) -> ibis.Table:
    rows = counted_rows(record, CONTACT)
    was_there = rows.AttendOrDNACode.isin(ATTENDED).fill_null(False) | (rows.PlannedCareContIndicator == "N").fill_null(
        False
    )
    attended = rows.filter(was_there)
    is_treatment = attended.AppType.isin(TREATMENT).fill_null(False)
    counted = attended.group_by("provider", "ServiceRequestId")
    return counted.agg(attended=attended.count(), treatments=is_treatment.cast("int32").sum())
