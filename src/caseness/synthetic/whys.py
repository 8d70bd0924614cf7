"""Why each person left, in the words of an ending review: the truth, the therapist's account and the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from caseness.synthetic import appointments as about
from caseness.synthetic.beside_treatment import beside, divisions
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.frames import NEVER
from caseness.synthetic.world import pick

# The codes of EndingReason, EndingKind and EndingDecidedBy, in the order in which accounts hold their places.
WHYS = (
    "improved", "limit", "no_change", "not_helpful", "relationship", "other_treatment", "work_or_study", "caring",
    "health", "moved", "money", "access", "staff", "waited", "lost", "other",
)  # fmt: skip
KINDS = ("planned", "unplanned")
DECIDERS = ("person", "professional", "both", "service", "nobody")
PLANNED, UNPLANNED = range(len(KINDS))
_PERSON, _PROFESSIONAL, _BOTH, _SERVICE, _NOBODY = range(len(DECIDERS))

# The division that says why, by the reason that the simulation gives.
_TRUE: Mapping[int, str] = MappingProxyType(
    {
        about.AGREED: "why.agreed",
        about.RECOVERED_EARLY: "why.recovered_early",
        about.NOT_HELPED: "why.not_helped",
        about.OTHER_REASONS: "why.other_reasons",
        about.LOST: "why.lost",
        about.SERVICE_ENDED: "why.service_ended",
        about.AFTER_ONE: "why.after_one",
    }
)
# Points of the PHQ-9: its reliable change (caseness.instruments).
_BETTER = 6.0


@dataclass(frozen=True, eq=False)
class Accounts:
    """What is told of each ending: places among KINDS, DECIDERS and WHYS, or -1 where nothing is told."""

    kind: np.ndarray
    decided: np.ndarray
    why: np.ndarray

    @property
    def told(self) -> np.ndarray:
        """The referrals of which something is told."""
        return np.flatnonzero(self.kind >= 0)


@dataclass(frozen=True, eq=False)
class Whys:
    """The truth of each ending, and both accounts."""

    true: Accounts
    therapist: Accounts
    person: Accounts


def draw_whys(chunk: Chunk, rng: np.random.Generator) -> Whys:
    """Why each referral ended that came to a session, and what is told of it. Of the dead nobody tells."""
    true = _truth(chunk, rng)
    agreed = true.kind == PLANNED
    return Whys(true, _therapist(true, agreed, rng), _person(true, agreed, rng))


def _truth(chunk: Chunk, rng: np.random.Generator) -> Accounts:
    reason = chunk.reason
    ended = (chunk.closes != NEVER) & np.isin(reason, list(_TRUE)) & (chunk.endings.sessions >= 1)
    why = np.full(len(reason), -1, np.int8)
    for code, name in _TRUE.items():
        chosen = np.flatnonzero(ended & (reason == code))
        why[chosen] = _draw(name, len(chosen), rng)
    # Who agrees to end has come to the end of the plan or is better; that many are better is known from their course.
    better = ended & (reason == about.AGREED) & (chunk.endings.by_nature + chunk.endings.by_treatment > _BETTER)
    why[better] = WHYS.index("improved")
    agreed = np.isin(reason, (about.AGREED, about.RECOVERED_EARLY))
    decided = np.where(agreed, _BOTH, np.where(reason == about.SERVICE_ENDED, _SERVICE, _PERSON))
    return Accounts(
        np.where(ended, np.where(agreed, PLANNED, UNPLANNED), -1).astype(np.int8),
        np.where(ended, decided, -1).astype(np.int8),
        why,
    )


def _therapist(true: Accounts, agreed: np.ndarray, rng: np.random.Generator) -> Accounts:
    numbers, size = beside(), len(agreed)
    uniform = rng.random((3, size))
    told = (true.kind >= 0) & (
        uniform[0] < np.where(agreed, numbers["reviewed_when_agreed"], numbers["reviewed_when_not"])
    )
    by_service = true.decided == _SERVICE
    knows = agreed | by_service | (uniform[1] < numbers["therapist_knows"])
    why = np.where(knows, true.why, _draw("why.guessed", size, rng))
    lost = why == WHYS.index("lost")
    planned = agreed | (~by_service & ~lost & (uniform[2] < numbers["therapist_calls_it_planned"]))
    decided = np.where(lost, _NOBODY, np.where(planned, _BOTH, true.decided))
    return _where(told, np.where(planned, PLANNED, UNPLANNED), decided, why)


def _person(true: Accounts, agreed: np.ndarray, rng: np.random.Generator) -> Accounts:
    numbers, size = beside(), len(agreed)
    uniform = rng.random((2, size))
    told = (true.kind >= 0) & (uniform[0] < np.where(agreed, numbers["tells_when_agreed"], numbers["tells_when_not"]))
    says = agreed | (uniform[1] < numbers["person_says_why"])
    why = np.where(says, true.why, _draw("why.polite", size, rng))
    return _where(told, true.kind, true.decided, why)


def _where(told: np.ndarray, *parts: np.ndarray) -> Accounts:
    kind, decided, why = (np.where(told, part, -1).astype(np.int8) for part in parts)
    return Accounts(kind, decided, why)


def _draw(name: str, size: int, rng: np.random.Generator) -> np.ndarray:
    division = divisions()[name]
    places = np.array([WHYS.index(why) for why in division.codes], np.int8)
    return places[pick(np.array(division.shares), rng.random(size))]
