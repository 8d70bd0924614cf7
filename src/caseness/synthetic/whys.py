"""Why each person left, in the words of an ending review: the truth, the therapist's account and the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from caseness.synthetic import appointments as about
from caseness.synthetic.beside_treatment import beside
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

_LIFE = MappingProxyType(
    {"work_or_study": 0.3, "caring": 0.15, "health": 0.15, "moved": 0.12, "money": 0.08, "access": 0.2}
)
_UNHELPED = MappingProxyType({"no_change": 0.4, "not_helpful": 0.3, "relationship": 0.2, "other_treatment": 0.1})
# What truly makes people leave, by the reason that the simulation gives. The shares are assumed.
_TRUE: Mapping[int, Mapping[str, float]] = MappingProxyType(
    {
        about.AGREED: {"limit": 0.85, "other_treatment": 0.15},
        about.RECOVERED_EARLY: {"improved": 1.0},
        about.NOT_HELPED: _UNHELPED,
        about.OTHER_REASONS: _LIFE,
        about.LOST: {**{why: share / 2 for why, share in _LIFE.items()}, **{w: s / 2 for w, s in _UNHELPED.items()}},
        about.SERVICE_ENDED: {"limit": 0.6, "staff": 0.4},
        about.AFTER_ONE: {"waited": 0.1, "improved": 0.15, "not_helpful": 0.25, "other_treatment": 0.2, "access": 0.3},
    }
)
# What a therapist tells who does not know, and a person who would rather not say.
_GUESSED = MappingProxyType({"lost": 0.6, "work_or_study": 0.2, "other": 0.2})
_POLITE = MappingProxyType({"work_or_study": 0.5, "other": 0.3, "improved": 0.2})


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
    for code, shares in _TRUE.items():
        chosen = np.flatnonzero(ended & (reason == code))
        why[chosen] = _draw(shares, len(chosen), rng)
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


# Points of the PHQ-9: its reliable change (caseness.instruments).
_BETTER = 6.0


def _therapist(true: Accounts, agreed: np.ndarray, rng: np.random.Generator) -> Accounts:
    numbers, size = beside(), len(agreed)
    uniform = rng.random((3, size))
    told = (true.kind >= 0) & (
        uniform[0] < np.where(agreed, numbers["reviewed_when_agreed"], numbers["reviewed_when_not"])
    )
    by_service = true.decided == _SERVICE
    knows = agreed | by_service | (uniform[1] < numbers["therapist_knows"])
    why = np.where(knows, true.why, _draw(_GUESSED, size, rng))
    lost = why == WHYS.index("lost")
    planned = agreed | (~by_service & ~lost & (uniform[2] < numbers["therapist_calls_it_planned"]))
    decided = np.where(lost, _NOBODY, np.where(planned, _BOTH, true.decided))
    return _where(told, np.where(planned, PLANNED, UNPLANNED), decided, why)


def _person(true: Accounts, agreed: np.ndarray, rng: np.random.Generator) -> Accounts:
    numbers, size = beside(), len(agreed)
    uniform = rng.random((2, size))
    told = (true.kind >= 0) & (uniform[0] < np.where(agreed, numbers["tells_when_agreed"], numbers["tells_when_not"]))
    says = agreed | (uniform[1] < numbers["person_says_why"])
    why = np.where(says, true.why, _draw(_POLITE, size, rng))
    return _where(told, true.kind, true.decided, why)


def _where(told: np.ndarray, *parts: np.ndarray) -> Accounts:
    kind, decided, why = (np.where(told, part, -1).astype(np.int8) for part in parts)
    return Accounts(kind, decided, why)


def _draw(shares: Mapping[str, float], size: int, rng: np.random.Generator) -> np.ndarray:
    places = np.array([WHYS.index(why) for why in shares], np.int8)
    return places[pick(np.array(list(shares.values())), rng.random(size))]
