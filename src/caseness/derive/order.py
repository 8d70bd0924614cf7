"""The order of events, packed into one whole number, so that a minimum takes its value along."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.read.limits import ROWS_PER_SUBMISSION

# Days since the referral, seconds, and what tells rows of one time apart.
DAYS, SECONDS, TIES = 1 << 13, 1 << 17, 1 << 24


def packed_order(day: Any, since: Any, seconds: Any, tie: Any) -> Any:
    """Day, time and row as one whole number below 2 to the power of 54.

    A day more than 8,191 after the referral counts as the last of them.
    """
    days = ibis.greatest(ibis.least(day.delta(since, unit="day"), DAYS - 1), 0)
    return (days.cast("int64") * SECONDS + seconds) * TIES + tie


# Not the remainder of a power of 2: that begins anew amid the rows of some submission, and they change places.
def row_in_submission(row: Any) -> Any:
    """The number of a row within its submission, by which rows that are alike in all else are ordered."""
    return row % ROWS_PER_SUBMISSION
