"""The sessions that were held of each referral, in their order: what goals, alliance and circumstances hang on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.synthetic.appointments import EMPLOYMENT_SUPPORT, FOLLOW_UP
from caseness.synthetic.tables_contact import Contacts


@dataclass(frozen=True, eq=False)
class Sessions:
    """Attended contacts but employment support and follow-up: their places among contacts, how many of the same referral came
    before each (`number`), and how many come after it (`left`).
    """

    rows: np.ndarray
    number: np.ndarray
    left: np.ndarray


def sessions_of(contacts: Contacts) -> Sessions:
    """The sessions of all referrals, in the order of contacts."""
    attended = contacts.attended
    rows = attended[~np.isin(contacts.rows.purpose[attended], (FOLLOW_UP, EMPLOYMENT_SUPPORT))]
    who = contacts.rows.who[rows]
    _, first, counts = np.unique(who, return_index=True, return_counts=True)
    number = np.arange(len(rows)) - np.repeat(first, counts)
    return Sessions(rows, number, np.repeat(counts, counts) - 1 - number)
