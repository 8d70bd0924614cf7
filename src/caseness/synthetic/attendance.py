"""Whether appointments are kept, and when the next one is."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.months import to_working_day
from caseness.synthetic.world import World, pick

# The codes of AttendOrDNACode, in the order in which appointments hold their places.
ATTEND_CODES = ("5", "6", "7", "3", "2", "4")
ON_TIME, LATE, TOO_LATE, MISSED, CANCELLED, CANCELLED_BY_PROVIDER = range(6)
# A person who is likely to drop out misses more: assumed, so many log odds for each log odds of dropping out.
_MISSED_WITH_DROP_OUT = 0.35
# First appointments are missed more often than others: assumed. The factors of both leave the published mean of all.
_FIRST_MISSED, _OTHERS_MISSED = 1.0, 0.78
# The quarter hours from 8:00 to 18:45 at which appointments begin.
_FIRST_QUARTER, _QUARTERS, _QUARTER = 32, 44, 900


def draw_attendance(world: World, drop_out: np.ndarray, is_first: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The place of an attendance code for each appointment."""
    factor = np.exp(_MISSED_WITH_DROP_OUT * np.clip(drop_out, -2, 2)) * np.where(
        is_first, _FIRST_MISSED, _OTHERS_MISSED
    )
    attended = world.attendance.chances[: LATE + 1].sum()
    misses = np.minimum((1 - attended) * factor, 0.8)
    uniform = rng.random((2, len(drop_out)))
    kept = pick(world.attendance.chances[: LATE + 1], uniform[1])
    missed = TOO_LATE + pick(world.attendance.chances[TOO_LATE:], uniform[1])
    return np.where(uniform[0] >= misses, kept, missed).astype(np.int8)


def draw_missed(world: World, size: int, rng: np.random.Generator) -> np.ndarray:
    """Codes of appointments that were not kept."""
    return (TOO_LATE + pick(world.attendance.chances[TOO_LATE:], rng.random(size))).astype(np.int8)


def is_attended(attendance: np.ndarray) -> np.ndarray:
    """Whether the person was seen."""
    return attendance <= LATE


def draw_times(size: int, rng: np.random.Generator) -> np.ndarray:
    """Times of appointments in seconds since midnight."""
    return ((_FIRST_QUARTER + rng.integers(0, _QUARTERS, size)) * _QUARTER).astype(np.int32)


def next_day(day: np.ndarray, gap: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The day of the next appointment: the gap, give or take two days, on a working day."""
    shift = rng.integers(-2, 3, len(day))
    return to_working_day(day + np.maximum(4, gap + shift)).astype(np.int32)
