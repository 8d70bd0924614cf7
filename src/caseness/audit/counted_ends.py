"""End codes by number of treatment contacts. The rows of a record say what published end codes cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from caseness import engine
from caseness.audit.course_ends import AGREED, DIED, ENDED_BY_SERVICE, LEFT_EARLY
from caseness.audit.quantity import Quantity, nothing
from caseness.audit.subject import Subject
from caseness.periods import Period
from caseness.programme import EndCode, Programme
from caseness.results import ENGLAND

UNTREATED, ONCE, MORE = "untreated", "treated_once", "treated_more"
BY_TREATMENT = (UNTREATED, ONCE, MORE)
# Whoever ended so did not leave of their own accord.
_OTHERWISE = (AGREED, ENDED_BY_SERVICE, DIED)
NONE_RECORDED = "M072"


@dataclass(frozen=True)
class CountedEnd:
    """One end code, and how many of those with it had no treatment contact, one, or more. `of_treated` is of one or more."""

    label: str
    code: str | None
    untreated: Quantity
    treated_once: Quantity
    treated_more: Quantity
    of_treated: Quantity


@dataclass(frozen=True)
class Leaving:
    """How many of some people left earlier than planned: `known` are closed so, `at_most` have no other known end."""

    whose: str
    people: Quantity
    known: Quantity
    at_most: Quantity
    known_share: Quantity
    at_most_share: Quantity


@dataclass(frozen=True)
class CountedEnds:
    """The end codes of one organisation and period by number of treatment contacts, and who left earlier than planned."""

    organisation: str
    period: Period
    codes: tuple[CountedEnd, ...]
    leaving: tuple[Leaving, ...]


def count_ends(referrals: ibis.Table) -> pa.Table:
    """Count the referrals that ended in each month by provider, end code and number of treatment contacts.

    Parameters
    ----------
    referrals : the grain of referrals, a row for each pathway and month (`caseness.derive`)

    Returns
    -------
    pyarrow.Table
        `month` (its first day), `provider`, `end_code` as it was submitted, and a count for each of `BY_TREATMENT`.
    """
    ended = referrals.filter(_.discharge_date.truncate("M").cast("date") == _.month)
    contacts = ended.treatment_contacts
    groups = {UNTREATED: contacts == 0, ONCE: contacts == 1, MORE: contacts > 1}
    placed = ended.select("month", "provider", "end_code", **groups)
    sums = {name: placed[name].cast("int64").sum() for name in BY_TREATMENT}
    key = ("month", "provider", "end_code")
    return engine.fetch(placed.group_by(*key).agg(**sums).order_by(*key))


def lay_out_ends(counted: pa.Table, subject: Subject, programme: Programme) -> CountedEnds:
    """Lay out the ends of one organisation and period.

    Parameters
    ----------
    counted : what `count_ends` gives
    subject : whom and when the audit is about
    programme : gives the end codes, and their labels

    Examples
    --------
    >>> from datetime import date
    >>> from caseness.periods import month
    >>> from caseness.programme import load
    >>> rows = [
    ...     {"month": date(2024, 4, 1), "provider": "X01", "end_code": "46", "untreated": 0, "treated_once": 1, "treated_more": 4},
    ...     {"month": date(2024, 4, 1), "provider": "X01", "end_code": "47", "untreated": 1, "treated_once": 2, "treated_more": 1},
    ...     {"month": date(2024, 4, 1), "provider": "X01", "end_code": None, "untreated": 3, "treated_once": 2, "treated_more": 0}]
    >>> subject = Subject("X01", "A service", "provider", month(2024, 4))
    >>> treated, finished = lay_out_ends(pa.Table.from_pylist(rows), subject, load("england")).leaving
    >>> treated.known_share.value, treated.at_most_share.value, finished.known_share.value
    (30.0, 50.0, 20.0)
    """
    own = _of_subject(counted, subject)
    rows = [(entry, _numbers(_coded(own, entry, programme))) for entry in programme.end_codes]
    treated = sum(numbers[ONCE] + numbers[MORE] for _, numbers in rows)
    return CountedEnds(
        subject.organisation,
        subject.period,
        tuple(_end(entry, numbers, treated) for entry, numbers in rows),
        (_leaving("All treated, once or more", rows, (ONCE, MORE)), _leaving("Finished a course", rows, (MORE,))),
    )


def _of_subject(counted: pa.Table, subject: Subject) -> pa.Table:
    starts = pa.array([one.start for one in subject.period.months()], pa.date32())
    within = counted.filter(pc.is_in(counted["month"], starts))
    if subject.organisation == ENGLAND:
        return within
    return within.filter(pc.equal(within["provider"], subject.organisation))


# A code that the data set does not define counts as invalid, a blank as none: as in M071 and M072.
def _coded(rows: pa.Table, entry: EndCode, programme: Programme) -> pa.Table:
    if entry.code is not None:
        return rows.filter(pc.equal(rows["end_code"], entry.code))
    if entry.figure_id == NONE_RECORDED:
        return rows.filter(pc.is_null(rows["end_code"]))
    known = pa.array([one.code for one in programme.end_codes if one.code is not None])
    return rows.filter(pc.and_(pc.is_valid(rows["end_code"]), pc.invert(pc.is_in(rows["end_code"], known))))


def _numbers(rows: pa.Table) -> dict[str, int]:
    return {name: pc.sum(rows[name]).as_py() or 0 for name in BY_TREATMENT}  # type: ignore[attr-defined]


def _end(entry: EndCode, numbers: Mapping[str, int], treated: int) -> CountedEnd:
    untreated, once, more = (_count(numbers[name]) for name in BY_TREATMENT)
    return CountedEnd(entry.label, entry.code, untreated, once, more, _share(numbers[ONCE] + numbers[MORE], treated))


def _leaving(whose: str, rows: Sequence[tuple[EndCode, Mapping[str, int]]], groups: Sequence[str]) -> Leaving:
    people = {entry.figure_id: sum(numbers[name] for name in groups) for entry, numbers in rows}
    everybody, known = sum(people.values()), people.get(LEFT_EARLY, 0)
    most = everybody - sum(people.get(name, 0) for name in _OTHERWISE)
    counts = (_count(everybody), _count(known), _count(most))
    return Leaving(whose, *counts, _share(known, everybody), _share(most, everybody))


def _count(number: int) -> Quantity:
    return Quantity(number, number, number, "count")


def _share(part: int, whole: int) -> Quantity:
    if not whole:
        return nothing("percentage", "not_applicable")
    share = 100 * part / whole
    return Quantity(share, share, share, "percentage")
