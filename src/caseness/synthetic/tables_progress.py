"""The rows of goals and of the alliance: both follow the course, and the alliance falls before a person leaves unhelped."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.appointments import LOST, NOT_HELPED
from caseness.synthetic.beside_treatment import beside
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import Coded, Days, Whole
from caseness.synthetic.frames import Frame
from caseness.synthetic.identifiers import contact_ids, referral_ids
from caseness.synthetic.scales import scale
from caseness.synthetic.sessions import Sessions
from caseness.synthetic.tables_contact import Contacts

_MOST_GOALS, _GOAL_TOP = 3, 10
_RATED_EVERY = 3
WORDINGS = (
    "SYNTHETIC goal: sleep through the night", "SYNTHETIC goal: go out twice a week", "SYNTHETIC goal: worry for less of the day",
    "SYNTHETIC goal: see friends again", "SYNTHETIC goal: go back to work", "SYNTHETIC goal: be kinder to myself",
)  # fmt: skip
ALLIANCE_TOOL = "srs"
_TENTHS = 10


def goals(chunk: Chunk, contacts: Contacts, sessions: Sessions, rng: np.random.Generator) -> Frame:
    """Ratings of one to three goals, at the first session, at every third after it and at the last."""
    numbers, size = beside(), chunk.cohort.size
    count = np.where(rng.random(size) < numbers["sets_goals"], rng.integers(1, _MOST_GOALS + 1, size), 0)
    own_start = np.clip(rng.normal(numbers["goal_at_start"], 1, (_MOST_GOALS, size)), 0, 4)
    wording = rng.permuted(np.tile(np.arange(len(WORDINGS), dtype=np.int8), (size, 1)), axis=1).T
    asked = sessions.rows[(sessions.number % _RATED_EVERY == 0) | (sessions.left == 0)]
    who = contacts.rows.who[asked]
    rows = np.concatenate([asked[count[who] > goal] for goal in range(_MOST_GOALS)])
    goal = np.concatenate([np.full((count[who] > goal).sum(), goal, np.int8) for goal in range(_MOST_GOALS)])
    who = contacts.rows.who[rows]
    level = own_start[goal, who] + numbers["goal_for_each_point"] * _come_down(chunk, contacts, rows)
    rating = np.clip(np.round(level + rng.normal(0, numbers["goal_spread"], len(rows))), 0, _GOAL_TOP)
    columns = {
        "ServiceRequestId": referral_ids(chunk, who),
        "GoalId": Coded(goal, tuple(f"G{number}" for number in range(1, _MOST_GOALS + 1))),
        "GoalWording": Coded(wording[goal, who], WORDINGS),
        "GoalRating": Whole(rating.astype(np.int64)),
        "GoalRatingDate": Days(contacts.rows.day[rows]),
    }
    return _of_contacts("EXT03Goal", columns, chunk, contacts, rows)


# Points of both questionnaires, averaged, that a true level has come down since referral.
def _come_down(chunk: Chunk, contacts: Contacts, rows: np.ndarray) -> np.ndarray:
    cohort, appointments = chunk.cohort, contacts.rows
    who = appointments.who[rows]
    depression, anxiety = appointments.depression[rows], appointments.anxiety[rows]
    return (cohort.depression[who] - depression + cohort.anxiety[who] - anxiety) / 2


def alliance(chunk: Chunk, contacts: Contacts, sessions: Sessions, rng: np.random.Generator) -> Frame:
    """The Session Rating Scale at each session of those who are asked."""
    numbers, size, one = beside(), chunk.cohort.size, scale(ALLIANCE_TOOL)
    asked = (rng.random(size) < numbers["alliance_asked"])[contacts.rows.who[sessions.rows]]
    rows, left = sessions.rows[asked], sessions.left[asked]
    who = contacts.rows.who[rows]
    person = rng.normal(numbers["alliance_level"], numbers["alliance_spread"], size)
    therapist = chunk.plan.providers.therapists.ending[contacts.rows.therapist[rows]]
    level = person[who] - numbers["alliance_by_therapist"] * therapist - _falls(chunk, who, left)
    told = np.clip(level + rng.normal(0, numbers["alliance_noise"], len(rows)), one.low, one.high)
    scores = tuple(f"{number / _TENTHS:.1f}" for number in range(int(one.high) * _TENTHS + 1))
    columns = {
        "ServiceRequestId": referral_ids(chunk, who),
        "CareContactId": contact_ids(chunk, rows),
        "AllianceTool": Coded(np.zeros(len(rows), np.int8), (ALLIANCE_TOOL,)),
        "AllianceScore": Coded(np.round(told * _TENTHS).astype(np.int16), scores),
        "AllianceDate": Days(contacts.rows.day[rows]),
    }
    return _of_contacts("EXT04AllianceAndExperience", columns, chunk, contacts, rows)


# All of it at the last session of a person who leaves unhelped, half at the one before, and half for who is lost.
def _falls(chunk: Chunk, who: np.ndarray, left: np.ndarray) -> np.ndarray:
    near = np.select([left == 0, left == 1], [1.0, 0.5], 0.0)
    reason = chunk.reason[who]
    weight = np.select([reason == NOT_HELPED, reason == LOST], [1.0, 0.5], 0.0)
    return beside()["alliance_falls"] * near * weight


# What is told in a contact is as late as the contact.
def _of_contacts(table_id: str, columns: dict, chunk: Chunk, contacts: Contacts, rows: np.ndarray) -> Frame:
    month, late = contacts.month[rows], contacts.late[rows]
    return Frame(table_id, columns, chunk.provider[contacts.rows.who[rows]], month, month, late=late)
