"""How far from today a day can be that is entered. Each number is assumed: a later one is taken for a slip of the pen."""

from __future__ import annotations

from datetime import date, timedelta

# An appointment, a review, a cover, a first day.
DAYS_AHEAD = timedelta(days=2 * 365)
# The last day of somebody's time in a service.
DAYS_OF_MEMBERSHIP = timedelta(days=10 * 365)


def is_too_far(day: date, today: date) -> bool:
    """It lies further ahead than anything is planned.

    >>> is_too_far(date(9999, 1, 1), date(2026, 3, 20)), is_too_far(date(2027, 3, 20), date(2026, 3, 20))
    (True, False)
    """
    return day > today + DAYS_AHEAD
