"""True cohorts: the people referred in one period, followed to the end of the record.

The figures of a period count whoever ended in it, and those were referred in many months. A cohort counts the same people
from referral to what became of them. Some are still open when the record ends: each step then lies between those who are
known to have come to it, and these with all who still can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from caseness import engine
from caseness.audit.quantity import Estimate, Quantity, nothing
from caseness.audit.subject import Subject
from caseness.periods import Period
from caseness.results import ENGLAND


@dataclass(frozen=True)
class Step:
    """A step that a referral can come to. An open referral still can, if it has had at most `most_contacts` treatment contacts."""

    id: str
    label: str
    most_contacts: int | None = None


STILL_OPEN = "from those known to have come to it, to these and all open referrals that still can"
OPEN, UNHEARD = "still_open", "unheard"
_NEVER, _ONCE = 0, 1
STEPS = (
    Step("ended_before_treatment", "Ended before treatment", _NEVER),
    Step("ended_treated_once", "Ended, treated once", _ONCE),
    Step("finished_course", "Finished a course (two or more treatment contacts)"),
    Step("not_at_caseness", "Finished a course, below both thresholds at the start"),
    Step("recovery", "Recovered"),
    Step("reliable_recovery", "Recovered reliably"),
    Step("reliable_improvement", "Improved reliably"),
    Step("reliable_deterioration", "Deteriorated reliably"),
)
# Of open referrals: how many of them have had no treatment contact, one, or more. They decide what can still become of them.
_OPEN_BY_CONTACTS = MappingProxyType({"open_untreated": _NEVER, "open_treated_once": _ONCE})

_NO_SHARE = nothing("percentage", "not_applicable")
_OUTCOMES = ("not_at_caseness", "recovery", "reliable_recovery", "reliable_improvement", "reliable_deterioration")


@dataclass(frozen=True)
class CohortStep:
    """How many of a cohort came to a step. With open referrals it lies between two ends."""

    step: Step
    count: Quantity
    of_received: Quantity


@dataclass(frozen=True)
class Cohort:
    """The people referred in one period.

    `still_open` are open in the last month of the record; `unheard` are referrals that were open when they were last
    submitted, and are missing from the submissions after it.
    """

    period: Period
    received: Quantity
    still_open: Quantity
    unheard: Quantity
    steps: tuple[CohortStep, ...]

    def step(self, step_id: str) -> CohortStep:
        """One step of the cohort."""
        return next(one for one in self.steps if one.step.id == step_id)


@dataclass(frozen=True)
class Cohorts:
    """The cohorts of one organisation: that of the audit's period, and one for each quarter of the record.

    `until` is the last day of the record. Referrals received before its first month are in no cohort, since those of them
    that ended before it are not in the record.
    """

    organisation: str
    until: date
    of_period: Cohort | None
    by_quarter: tuple[Cohort, ...]


def count_referrals(referrals: ibis.Table) -> pa.Table:
    """Count what became of every pathway, by the month in which it was received and by provider.

    Parameters
    ----------
    referrals : the grain of referrals, a row for each pathway and month (`caseness.derive`)

    Returns
    -------
    pyarrow.Table
        `received_in` (first day of a month), `provider`, and a count for each step and kind of open referral.
    """
    last = referrals.filter(_.month == _.month.max().over(ibis.window(group_by="pathway")))
    record_end = last.month.max().as_scalar()
    is_open = last.discharge_date.isnull()
    is_heard = last.month == record_end
    contacts = last.treatment_contacts
    counted = {
        "received": ibis.literal(True),
        OPEN: is_open & is_heard,
        UNHEARD: is_open & ~is_heard,
        **{name: is_open & (contacts == number) for name, number in _OPEN_BY_CONTACTS.items()},
        "ended_before_treatment": ~is_open & (contacts == _NEVER),
        "ended_treated_once": ~is_open & (contacts == _ONCE),
        "finished_course": last.completed_treatment,
        **{name: last.completed_treatment & last[name] for name in _OUTCOMES},
    }
    placed = last.select("provider", received_in=last.referral_date.truncate("M").cast("date"), **counted)
    sums = {name: placed[name].cast("int64").sum() for name in counted}
    return engine.fetch(placed.group_by("received_in", "provider").agg(**sums).order_by("received_in", "provider"))


def follow_cohorts(counted: pa.Table, subject: Subject, covered: tuple[Period, ...]) -> Cohorts:
    """Lay out the cohorts of one organisation.

    Parameters
    ----------
    counted : what `count_referrals` gives
    subject : whom and when the audit is about
    covered : the months of the record, in order

    Examples
    --------
    >>> row = {"received_in": date(2024, 4, 1), "provider": "X01", "received": 10, "still_open": 2, "unheard": 0,
    ...     "open_untreated": 1, "open_treated_once": 1, "ended_before_treatment": 3, "ended_treated_once": 1,
    ...     "finished_course": 4, "not_at_caseness": 0, "recovery": 2, "reliable_recovery": 2,
    ...     "reliable_improvement": 3, "reliable_deterioration": 0}
    >>> from caseness.periods import month
    >>> april = month(2024, 4)
    >>> found = follow_cohorts(pa.Table.from_pylist([row]), Subject("X01", "A service", "provider", april), (april,))
    >>> found.of_period.step("recovery").of_received.low, found.of_period.step("recovery").of_received.high
    (20.0, 40.0)
    """
    own = (
        counted
        if subject.organisation == ENGLAND
        else counted.filter(pc.equal(counted["provider"], subject.organisation))
    )
    by_month = {one: _add_up(own, one) for one in covered}
    quarters = [one for one in _quarters(covered) if set(one.months()) <= set(covered)]
    is_covered = set(subject.period.months()) <= set(covered)
    return Cohorts(
        subject.organisation,
        covered[-1].end,
        _cohort(subject.period, by_month) if is_covered else None,
        tuple(_cohort(one, by_month) for one in quarters),
    )


def _quarters(covered: tuple[Period, ...]) -> Iterator[Period]:
    for year in dict.fromkeys(one.financial_year() for one in covered):
        yield from year.quarters()


def _add_up(counted: pa.Table, received_in: Period) -> Mapping[str, int]:
    rows = counted.filter(pc.equal(counted["received_in"], pa.scalar(received_in.start)))
    return {name: pc.sum(rows[name]).as_py() or 0 for name in rows.column_names[2:]}  # type: ignore[attr-defined]


def _cohort(period: Period, by_month: Mapping[Period, Mapping[str, int]]) -> Cohort:
    months = [by_month[one] for one in period.months()]
    total = {name: sum(one[name] for one in months) for name in months[0]}
    received, still_open, unheard = (
        _between(total[name], total[name], "count") for name in ("received", OPEN, UNHEARD)
    )
    return Cohort(period, received, still_open, unheard, tuple(_come_to(one, total) for one in STEPS))


def _come_to(step: Step, total: Mapping[str, int]) -> CohortStep:
    known, received = total[step.id], total["received"]
    most = known + _who_still_can(step, total)
    share = _between(100 * known / received, 100 * most / received, "percentage") if received else _NO_SHARE
    return CohortStep(step, _between(known, most, "count"), share)


def _between(low: float, high: float, unit: str) -> Quantity:
    return Quantity(low, low, high, unit) if low == high else Estimate(None, low, high, unit, interval=STILL_OPEN)


# Whoever has had two contacts can no longer end before treatment, nor after one.
def _who_still_can(step: Step, total: Mapping[str, int]) -> int:
    if step.most_contacts is None:
        return total[OPEN] + total[UNHEARD]
    return sum(total[name] for name, contacts in _OPEN_BY_CONTACTS.items() if contacts <= step.most_contacts)
