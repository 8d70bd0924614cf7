"""How long people who finished a course were in the service, which nobody publishes and which follows from what is.

M351 is a ratio of sums: days from first to last treatment contact over contacts after the first.
So M351 x (M141 - 1), month by month and weighted by finished courses (M076), is the mean time from
the first contact to the last, and M050 is the mean wait before it.
"""

from __future__ import annotations

import numpy as np

from caseness.audit.assumptions import Assumption, Assumptions
from caseness.audit.cube import Cube
from caseness.audit.natural.model import TimeAtRisk
from caseness.audit.natural.room import range_of
from caseness.audit.quantity import Estimate
from caseness.audit.record import Record
from caseness.periods import Period
from caseness.results import MONTHLY
from caseness.stats.bounds import Bounded, exact
from caseness.stats.weighting import weighted_mean

DAYS_IN_A_MONTH = 365.25 / 12

_FORMULA = "M050 + M351 x (M141 - 1), month by month, weighted by finished courses (M076)"


def measure_time(record: Record, period: Period, organisation: str, assumptions: Assumptions) -> TimeAtRisk:
    """The mean time at risk of those who finished a course in a period.

    Days between treatments that are not published are assumed, in every month that lacks
    them. Where the wait or the number of contacts is missing too, the whole time is assumed.
    Where a suppressed figure leaves two ends and nothing between them, the value is their middle, and `how` says so.
    """
    monthly = record.cube(MONTHLY)
    rows = [monthly.periods.index(month) for month in period.months() if month in monthly.periods]
    if organisation not in monthly.organisations or len(rows) < len(period.months()):
        return _assumed(assumptions, "Not every month has a monthly file, so the whole time is assumed.")
    found = _find_months(monthly, rows, organisation)
    if found is None:
        return _assumed(
            assumptions, "A wait or a number of treatment contacts is not published: the whole time is assumed."
        )
    wait, steps, contacts, finished, listed = found
    lacks = ~steps.is_known
    steps = _fill(steps, lacks, assumptions.find("natural.days_between_treatments"))
    after_first = _times(steps, (contacts - exact(1.0)).at_least(0.0))
    # No time is below 0, though a mean that was rounded to 0 has an end there.
    days = weighted_mean((wait + after_first).at_least(0.0), finished)
    if not days.is_known:
        return _assumed(assumptions, "A wait or a number of treatment contacts cannot be: the whole time is assumed.")
    return _time(days, listed, lacks)


# The months in which the organisation is listed and prints a wait and a number of contacts: half of them at least.
def _find_months(
    monthly: Cube, rows: list[int], organisation: str
) -> tuple[Bounded, Bounded, Bounded, Bounded, int] | None:
    at = (rows, monthly.organisations.index(organisation))
    wait, steps, contacts, finished = (monthly.plane(one)[at] for one in ("M050", "M351", "M141", "M076"))
    listed = finished.is_known & (finished.high > 0)
    printed = listed & wait.is_known & contacts.is_known & (finished.low > 0)
    if not printed.any() or 2 * printed.sum() < listed.sum():
        return None
    return wait[printed], steps[printed], contacts[printed], finished[printed], int(listed.sum())


def _fill(steps: Bounded, lacks: np.ndarray, between: Assumption) -> Bounded:
    low, *_, high = range_of(between)
    ends = ((steps.low, low), (steps.high, high), (steps.value, between.number))
    return Bounded(*(np.where(lacks, assumed, printed) for printed, assumed in ends))


# Neither is below 0, so the ends of the product are the products of the ends.
def _times(one: Bounded, other: Bounded) -> Bounded:
    return Bounded(one.low * other.low, one.high * other.high, one.value * other.value)


def _time(days: Bounded, listed: int, lacks: np.ndarray) -> TimeAtRisk:
    used, filled = len(lacks), int(lacks.sum())
    interval = "room that rounded means leave"
    months = f"{used} month{'s' if used != 1 else ''}" + (
        f" (of {listed} with finished courses)" if used < listed else ""
    )
    how = f"Mean of {months}: {_FORMULA}."
    if filled:
        interval = "range of the assumed days between treatments, and room that rounded means leave"
        how += f" In {filled} of them the days between treatments (M351) are not published, and are assumed."
    low, high, value = (end.item() for end in (days.low, days.high, days.value))
    # A figure that is suppressed has ends, and no number to weigh by.
    if np.isnan(value):
        value = (low + high) / 2
        interval += ", and that suppressed figures leave"
        how += " A figure is suppressed in some of them, so only two ends of the time are known: their middle is used."
    return _as_time(Estimate(value, low, high, "days", interval=interval), used, filled, how)


def _assumed(assumptions: Assumptions, why: str) -> TimeAtRisk:
    days = assumptions.find("natural.days_at_risk")
    low, *_, high = range_of(days)
    return _as_time(Estimate(days.number, low, high, "days", interval="assumed range"), 0, 0, why)


def _as_time(days: Estimate, listed: int, filled: int, how: str) -> TimeAtRisk:
    value, low, high = (one / DAYS_IN_A_MONTH for one in (days.value, days.low, days.high) if one is not None)
    return TimeAtRisk(days, Estimate(value, low, high, "months", interval=days.interval), listed, filled, how)
