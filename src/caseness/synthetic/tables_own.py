"""The rows of the extension tables of a service: what the data set has no place for. All of them say that they are synthetic."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from caseness.synthetic.beside_treatment import beside, divisions
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import Coded, Days, Same
from caseness.synthetic.frames import Frame
from caseness.synthetic.identifiers import referral_ids
from caseness.synthetic.people import EMPLOYED, RETIRED, STUDENT
from caseness.synthetic.sessions import Sessions, sessions_of
from caseness.synthetic.streams import stream
from caseness.synthetic.tables_contact import Contacts
from caseness.synthetic.tables_ending import ending_reviews
from caseness.synthetic.tables_progress import alliance, goals
from caseness.synthetic.whys import WHYS, Whys, draw_whys

NOTE = "SYNTHETIC"
CIRCUMSTANCES = divisions()["circumstances"].codes
# They press on people out of work, and in deprived places.
_PRESSING = ("money", "debt", "housing", "work")
# For which circumstance a person leaves.
_CAUSES: Mapping[str, str] = MappingProxyType(
    {"work_or_study": "work", "caring": "caring", "health": "health", "moved": "housing", "money": "money"}
)
_FUNDING, _REFERRER, _PROGRAMME, _POPULATION = range(4)
_GROUP_KINDS = ("funding", "referrer", "programme", "population")
_GROUPS = (
    "SYNTHETIC health service", "SYNTHETIC self-referral", "SYNTHETIC general practice", "SYNTHETIC other referrer",
    "SYNTHETIC long-term conditions", "SYNTHETIC students", "SYNTHETIC older people",
)  # fmt: skip
_HEALTH_SERVICE, _SELF, _PRACTICE, _OTHER, _CONDITIONS, _STUDENTS, _OLDER = range(len(_GROUPS))
_OLDER_FROM = 65


def own_tables_stream(chunk: Chunk) -> np.random.Generator:
    """The random numbers of the extension tables. Endings are drawn first, so that the truth can draw them again."""
    return stream(chunk.plan.request.seed, "own tables", chunk.number)


def own_frames(chunk: Chunk, contacts: Contacts, frames: Mapping[str, Frame], rng: np.random.Generator) -> list[Frame]:
    """Ending reviews, goals, alliance, life circumstances and client groups."""
    whys = draw_whys(chunk, rng)
    sessions = sessions_of(contacts)
    return [
        ending_reviews(chunk, whys, frames["IDS101Referral"], rng),
        goals(chunk, contacts, sessions, rng),
        alliance(chunk, contacts, sessions, rng),
        _circumstances(chunk, contacts, sessions, whys, rng),
        _client_groups(chunk),
    ]


# One at the first session, and of those who leave for a circumstance some told of it at their last.
def _circumstances(chunk: Chunk, contacts: Contacts, sessions: Sessions, whys: Whys, rng: np.random.Generator) -> Frame:
    first, kind = _at_first(chunk, contacts, sessions, rng)
    last, cause = _at_last(contacts, sessions, whys, rng)
    who = contacts.rows.who
    already = np.full(chunk.cohort.size, -1)
    already[who[first]] = kind
    new = already[who[last]] != cause
    rows, kinds = np.concatenate([first, last[new]]), np.concatenate([kind, cause[new]])
    columns = {
        "ServiceRequestId": referral_ids(chunk, who[rows]),
        "LifeCircumstanceKind": Coded(kinds.astype(np.int8), CIRCUMSTANCES),
        "LifeCircumstanceDate": Days(contacts.rows.day[rows]),
        "LifeCircumstanceNote": Same(NOTE),
    }
    month = contacts.month[rows]
    return Frame("EXT05LifeCircumstances", columns, chunk.provider[who[rows]], month, month)


def _at_first(
    chunk: Chunk, contacts: Contacts, sessions: Sessions, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    rows = sessions.rows[sessions.number == 0]
    rows = rows[rng.random(len(rows)) < beside()["circumstances_told"]]
    person = chunk.cohort.person[contacts.rows.who[rows]]
    out_of_work = ~np.isin(chunk.people.employment[person], (EMPLOYED, STUDENT, RETIRED))
    pressed = beside()["pressed_log_odds"] * (out_of_work + (10 - chunk.people.decile[person]) / 9)
    told = divisions()["circumstances"]
    weights = np.tile(told.shares, (len(rows), 1))
    weights[:, np.isin(told.codes, _PRESSING)] *= np.exp(pressed)[:, None]
    bounds = np.cumsum(weights, axis=1)
    uniform = rng.random(len(rows)) * bounds[:, -1]
    return rows, (uniform[:, None] >= bounds[:, :-1]).sum(axis=1)


def _at_last(
    contacts: Contacts, sessions: Sessions, whys: Whys, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    causes = np.array([CIRCUMSTANCES.index(_CAUSES[why]) if why in _CAUSES else -1 for why in WHYS])
    rows = sessions.rows[sessions.left == 0]
    why = whys.true.why[contacts.rows.who[rows]]
    cause = np.where(why >= 0, causes[why], -1)
    told = (cause >= 0) & (rng.random(len(rows)) < beside()["cause_told"])
    return rows[told], cause[told]


def _client_groups(chunk: Chunk) -> Frame:
    cohort, people, everybody = chunk.cohort, chunk.people, np.arange(chunk.cohort.size)
    codes = np.array(chunk.plan.world.source.codes)[cohort.source]
    referrer = np.where(codes == "B1", _SELF, np.where(codes == "A1", _PRACTICE, _OTHER))
    with_condition = np.flatnonzero(people.has_condition[cohort.person])
    students = np.flatnonzero(people.employment[cohort.person] == STUDENT)
    older = np.flatnonzero(people.age[cohort.person] >= _OLDER_FROM)
    parts = (
        (everybody, _FUNDING, _HEALTH_SERVICE), (everybody, _REFERRER, referrer), (with_condition, _PROGRAMME, _CONDITIONS),
        (students, _POPULATION, _STUDENTS), (older, _POPULATION, _OLDER),
    )  # fmt: skip
    rows = np.concatenate([part[0] for part in parts])
    kind = np.concatenate([np.full(len(part[0]), part[1], np.int8) for part in parts])
    group = np.concatenate([np.broadcast_to(part[2], len(part[0])) for part in parts]).astype(np.int8)
    columns = {
        "ServiceRequestId": referral_ids(chunk, rows),
        "ClientGroupKind": Coded(kind, _GROUP_KINDS),
        "ClientGroup": Coded(group, _GROUPS),
    }
    return Frame("EXT06ClientGroup", columns, chunk.provider[rows], chunk.first[rows], chunk.last[rows])
