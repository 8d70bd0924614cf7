"""Follow-up in a month after that of the end. The referral and its person are sent once more, in that month alone."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from caseness.record import table
from caseness.record.model import MONTHLY
from caseness.synthetic.appointments import AGREED, FOLLOW_UP, RECOVERED_EARLY, Appointments
from caseness.synthetic.beside_treatment import beside
from caseness.synthetic.chunk import STRIDE, Chunk
from caseness.synthetic.columns import Numbered, take
from caseness.synthetic.extras import contacts_like
from caseness.synthetic.frames import NEVER, Frame
from caseness.synthetic.months import to_working_day

# A care cluster that ended before the month is not lawful in it.
_OVER = ("IDS803CareCluster",)
_DAYS_IN_WEEK, _WEEKS_EITHER_WAY = 7, 5


def later_follow_ups(chunk: Chunk, rng: np.random.Generator) -> Appointments:
    """A contact some months after an agreed end, for people whose only referral in the record this is.

    Who comes back has a second referral, and would be told twice in a month.
    """
    numbers, size = beside(), chunk.cohort.size
    only = np.bincount(chunk.cohort.person, minlength=chunk.people.size)[chunk.cohort.person] == 1
    agreed = np.isin(chunk.reason, (AGREED, RECOVERED_EARLY)) & (chunk.closes != NEVER)
    chosen = agreed & only & (rng.random(size) < numbers["later_follow_up_share"])
    weeks = numbers["later_follow_up_weeks"] + _WEEKS_EITHER_WAY * rng.uniform(-1, 1, size)
    rows = chunk.appointments
    last = np.flatnonzero(np.append(rows.who[1:] != rows.who[:-1], True)[: rows.size] & chosen[rows.who])
    who = rows.who[last]
    day = to_working_day(chunk.endings.day[who] + np.round(_DAYS_IN_WEEK * weeks[who]).astype(int))
    month = chunk.plan.months.of(day)
    later = (month > chunk.closes[who]) & (day < chunk.plan.months.end)
    return contacts_like(chunk, rows.take(last[later]), day[later], FOLLOW_UP, rng)


def send_again(chunk: Chunk, rows: Appointments, frames: Mapping[str, Frame]) -> None:
    """Add to every table that is sent monthly what is sent again with a later follow-up. Errors in it are told again too."""
    month = np.full(chunk.cohort.size, NEVER, np.int16)
    after = np.flatnonzero(rows.purpose == FOLLOW_UP)
    of_contacts = chunk.plan.months.of(rows.day[after])
    later = of_contacts > chunk.closes[rows.who[after]]
    month[rows.who[after[later]]] = of_contacts[later]
    for frame in frames.values():
        if table(frame.table_id).flows == MONTHLY and frame.table_id not in _OVER:
            _repeat(chunk, frame, month)


def _repeat(chunk: Chunk, frame: Frame, month: np.ndarray) -> None:
    who = _referral_of(chunk, frame, month)
    again = np.flatnonzero((who >= 0) & (frame.last == chunk.last[who]) & (month[who] != NEVER))
    if not len(again):
        return
    sent = month[who[again]]
    every = np.concatenate([np.arange(frame.size), again])
    frame.columns = {name: take(column, every) for name, column in frame.columns.items()}
    frame.first, frame.last = (np.concatenate([held, sent]).astype(held.dtype) for held in (frame.first, frame.last))
    frame.closes = None if frame.closes is None else frame.closes[every]
    frame.late = None if frame.late is None else frame.late[every]
    frame.provider, frame.marks = frame.provider[every], frame.marks[every]
    frame.repeats = len(again)


# The referral of each row, or -1 where a person has several, as then none of them is followed up later.
def _referral_of(chunk: Chunk, frame: Frame, month: np.ndarray) -> np.ndarray:
    own = frame.columns.get("ServiceRequestId")
    column = own or frame.columns["LocalPatientId"]
    assert isinstance(column, Numbered), f"Unhandled {column!r}"
    place = column.numbers - chunk.number * STRIDE - 1
    if own:
        return place
    only = np.full(chunk.people.size, -1)
    followed = np.flatnonzero(month != NEVER)
    only[chunk.cohort.person[followed]] = followed
    return only[place]
