"""Contacts beside the course of treatment: employment support while it goes on, and follow-up after it."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.appointments import (
    AGREED,
    EMPLOYMENT_SUPPORT,
    FOLLOW_UP,
    RECOVERED_EARLY,
    Appointments,
    join_appointments,
)
from caseness.synthetic.attendance import is_attended
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.frames import NEVER
from caseness.synthetic.months import to_working_day
from caseness.synthetic.providers import EMPLOYMENT

# Support goes beside so many sessions at most: assumed.
_LAST_SUPPORTED = 12


def add_extras(chunk: Chunk, rng: np.random.Generator) -> Appointments:
    """All appointments of a chunk, with those beside treatment."""
    return join_appointments([chunk.appointments, _employment_support(chunk, rng), _follow_up(chunk, rng)])


# A few days after a session, as long as the referral is open.
def _employment_support(chunk: Chunk, rng: np.random.Generator) -> Appointments:
    rows = chunk.appointments
    chosen = rng.random(chunk.cohort.size) < chunk.plan.world.behaviour.employment_support_share
    beside = np.flatnonzero(
        chosen[rows.who] & is_attended(rows.attendance) & (rows.sessions >= 1) & (rows.sessions <= _LAST_SUPPORTED)
    )
    day = to_working_day(rows.day[beside] + 2)
    inside = (day <= chunk.endings.day[rows.who[beside]]) & (day < chunk.plan.months.end)
    return contacts_like(chunk, rows.take(beside[inside]), day[inside], EMPLOYMENT_SUPPORT, rng)


# In the month of the end, so that the referral is sent with it, and after the end.
def _follow_up(chunk: Chunk, rng: np.random.Generator) -> Appointments:
    share = chunk.plan.world.behaviour.follow_up_share
    chosen = np.isin(chunk.reason, (AGREED, RECOVERED_EARLY)) & (chunk.closes != NEVER)
    chosen &= rng.random(chunk.cohort.size) < share
    rows = chunk.appointments
    is_last = np.append(rows.who[1:] != rows.who[:-1], True) if rows.size else np.zeros(0, bool)
    last = np.flatnonzero(is_last & chosen[rows.who])
    day = to_working_day(chunk.endings.day[rows.who[last]] + 7).astype(np.int32)
    same = chunk.plan.months.of(day) == chunk.closes[rows.who[last]]
    return contacts_like(chunk, rows.take(last[same]), day[same], FOLLOW_UP, rng)


def contacts_like(
    chunk: Chunk, like: Appointments, day: np.ndarray, purpose: int, rng: np.random.Generator
) -> Appointments:
    """Attended contacts of one purpose on these days, of the people and with the therapists of others."""
    provider = chunk.provider[like.who]
    adviser = chunk.plan.providers.draw_therapists(provider, np.full(like.size, EMPLOYMENT), rng)
    return Appointments(
        who=like.who,
        day=day.astype(np.int32),
        attendance=np.zeros(like.size, np.int8),
        purpose=np.full(like.size, purpose, np.int8),
        step=like.step,
        therapist=adviser if purpose == EMPLOYMENT_SUPPORT else like.therapist,
        sessions=like.sessions,
        depression=like.depression,
        anxiety=like.anxiety,
    )
