"""One chunk of a record: its people, their referrals and all that came of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from caseness.synthetic.appointments import REASONS, Appointments, Endings, join_appointments, join_endings, shift
from caseness.synthetic.cohort import Cohort, add_cohort, draw_cohort, draw_received
from caseness.synthetic.frames import NEVER
from caseness.synthetic.journeys import run_journeys
from caseness.synthetic.months import Months
from caseness.synthetic.people import People, add_people, draw_people
from caseness.synthetic.providers import Providers
from caseness.synthetic.request import Request
from caseness.synthetic.streams import stream
from caseness.synthetic.world import World

# Part of the definition of a record: with other chunks it would be another one.
CHUNK = 150_000
# Identifiers are told apart between chunks by so much.
STRIDE = 10_000_000
# Who comes back does so after the month in which the first referral ended.
_PAUSE_BEFORE_RETURN = 62
_YEAR = 365
_DRAWS = 4


@dataclass(frozen=True, eq=False)
class Plan:
    """What every chunk of a record shares."""

    request: Request
    world: World
    providers: Providers
    months: Months
    chunk_size: int = CHUNK

    @property
    def written(self) -> range:
        """The places of the months that are written: those after the lead-in."""
        return range(self.request.lead_in, self.months.count)

    @property
    def chunks(self) -> int:
        """How many chunks there are."""
        return -(-self.request.total // self.chunk_size)

    def size(self, chunk: int) -> int:
        """How many referrals a chunk has."""
        return min(self.chunk_size, self.request.total - chunk * self.chunk_size)

    def provider_of(self, chunk: int) -> np.ndarray:
        """The provider of each place of a chunk: the places of all chunks are in the order of providers."""
        bounds = np.round(np.cumsum(self.providers.weights) * self.request.total).astype(int)
        places = chunk * self.chunk_size + np.arange(self.size(chunk))
        found = np.searchsorted(bounds, places, side="right")
        return np.minimum(found, len(bounds) - 1).astype(np.int16)


@dataclass(frozen=True, eq=False)
class Chunk:
    """The rows of one chunk. `first` and `last` are the months in which a referral is sent, `closes` that of its end."""

    plan: Plan
    number: int
    people: People
    cohort: Cohort
    appointments: Appointments
    endings: Endings

    @cached_property
    def provider(self) -> np.ndarray:
        """The provider of each referral."""
        return self.people.provider[self.cohort.person]

    @cached_property
    def first(self) -> np.ndarray:
        """The month in which each referral was received."""
        return self.plan.months.of(self.cohort.received)

    @cached_property
    def closes(self) -> np.ndarray:
        """The month in which each referral ended, or NEVER."""
        month = self.plan.months.of(self.endings.day)
        return np.where(month >= self.plan.months.count, NEVER, month).astype(np.int16)

    @cached_property
    def last(self) -> np.ndarray:
        """The last month in which each referral is sent."""
        return np.where(self.closes == NEVER, self.plan.months.count - 1, self.closes).astype(np.int16)

    @cached_property
    def reason(self) -> np.ndarray:
        """Why each referral truly ended, as a place among REASONS. Open ones have 0."""
        return np.where(self.closes == NEVER, REASONS.index("still open"), self.endings.reason)

    def number_of(self, places: np.ndarray) -> np.ndarray:
        """Numbers that no other chunk has."""
        return self.number * STRIDE + places + 1


def make_chunk(plan: Plan, number: int) -> Chunk:
    """Draw one chunk: first referrals, and then those of people who come back."""
    days = draw_received(plan.world, plan.months, plan.size(number), stream(plan.request.seed, "received", number))
    returns = _is_return(plan, days, stream(plan.request.seed, "received", number, 1))
    first = _first_referrals(plan, number, days[~returns])
    return _with_returns(first, np.sort(days[returns])) if returns.any() else first


# In its first year a record has fewer who come back: there is nobody yet who could.
def _is_return(plan: Plan, days: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    since = (days - plan.months.starts[0]) / _YEAR
    return rng.random(len(days)) < plan.world.behaviour.returns_share * np.clip(since, 0, 1)


def _first_referrals(plan: Plan, number: int, received: np.ndarray) -> Chunk:
    provider, kept = plan.provider_of(number), len(received)
    # Spread over the whole chunk, so that every provider keeps its share.
    chosen = provider[np.linspace(0, len(provider) - 1, kept).astype(int)] if kept else provider[:0]
    people = draw_people(plan.world, plan.providers, chosen, stream(plan.request.seed, "people", number))
    rng = stream(plan.request.seed, "journeys", number)
    return _run(plan, number, people, np.arange(kept), received, rng)


def _run(
    plan: Plan, number: int, people: People, person: np.ndarray, received: np.ndarray, rng: np.random.Generator
) -> Chunk:
    cohort = draw_cohort(plan.world, plan.providers, people, person, received, rng)
    provider = people.provider[person]
    rows, endings = run_journeys(plan.world, plan.providers, cohort, provider, plan.months.end, rng)
    return Chunk(plan, number, people, cohort, rows, endings)


# On each of these days somebody comes back whose first referral has ended. Where there is none, another is referred.
def _with_returns(first: Chunk, days: np.ndarray) -> Chunk:
    plan, seed = first.plan, first.plan.request.seed
    rng = stream(seed, "journeys", first.number, 1)
    back, found = _who_returns(first, days, rng)
    provider = plan.provider_of(first.number)
    more = rng.choice(provider, int((~found).sum()))
    others = draw_people(plan.world, plan.providers, np.sort(more), stream(seed, "people", first.number, 1))
    people = add_people(first.people, others)
    person = np.concatenate([first.cohort.person[back], first.people.size + np.arange(others.size)])
    received = np.concatenate([days[found], days[~found]])
    second = _run(plan, first.number, people, person, received, rng)
    return replace(
        second,
        cohort=add_cohort(first.cohort, second.cohort),
        appointments=join_appointments([first.appointments, shift(second.appointments, first.cohort.size)]),
        endings=join_endings(first.endings, second.endings),
    )


# A person comes back once at most. Who is drawn twice is left to the first day, and the second day draws again.
def _who_returns(first: Chunk, days: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    earliest = first.endings.day.astype(np.int64) + _PAUSE_BEFORE_RETURN
    order = np.argsort(earliest, kind="stable")
    able = np.searchsorted(earliest[order], days, side="right")
    chosen, taken = np.full(len(days), -1), np.zeros(len(order), bool)
    for _ in range(_DRAWS):
        open_days = np.flatnonzero((chosen < 0) & (able > 0))
        place = (rng.random(len(open_days)) * able[open_days]).astype(np.int64)
        place, at = np.unique(place, return_index=True)
        is_free = ~taken[place]
        chosen[open_days[at[is_free]]] = order[place[is_free]]
        taken[place] = True
    found = chosen >= 0
    return chosen[found], found
