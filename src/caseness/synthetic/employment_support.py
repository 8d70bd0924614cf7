"""When people are referred to employment support, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.synthetic.appointments import EMPLOYMENT_SUPPORT, Appointments
from caseness.synthetic.beside_treatment import beside
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import BLANK
from caseness.synthetic.frames import NEVER


@dataclass(frozen=True, eq=False)
class Support:
    """For each referral the day of the referral to employment support and of the discharge from it, or BLANK.

    `closes` is the month of the discharge, or NEVER.
    """

    referred: np.ndarray
    discharged: np.ndarray
    closes: np.ndarray

    @property
    def given(self) -> np.ndarray:
        """The referrals that have it."""
        return np.flatnonzero(self.referred != BLANK)


def find_support(chunk: Chunk, rows: Appointments, rng: np.random.Generator) -> Support:
    """Read both dates from the contacts: the day before the first, and some weeks after the last, or the end if that is sooner."""
    contacts = rows.take(np.flatnonzero(rows.purpose == EMPLOYMENT_SUPPORT))
    who, first = np.unique(contacts.who, return_index=True)
    last = np.append(first[1:], contacts.size)[: len(first)] - 1
    after = np.round(rng.exponential(beside()["support_ends_after"], len(who))).astype(np.int64)
    # An open referral has no end yet, and its day of discharge lies far ahead.
    day = np.minimum(contacts.day[last] + after, chunk.endings.day[who])
    month = chunk.plan.months.of(day)
    told = month < chunk.plan.months.count
    size = chunk.cohort.size
    referred, discharged = np.full(size, BLANK, np.int32), np.full(size, BLANK, np.int32)
    closes = np.full(size, NEVER, np.int16)
    referred[who] = contacts.day[first] - 1
    discharged[who] = np.where(told, day, BLANK)
    closes[who] = np.where(told, month, NEVER)
    return Support(referred, discharged, closes)
