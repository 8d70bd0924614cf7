"""Referrals with all that decides how they go: the problem, the severity, what nature and what treatment will do."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from caseness.synthetic.months import Months
from caseness.synthetic.people import EMPLOYED, NOT_STATED, RETIRED, STUDENT, People
from caseness.synthetic.providers import HIGH, LOW, Providers
from caseness.synthetic.severity import by_characteristics, draw_severity
from caseness.synthetic.world import World, pick

NEVER_SEEN, ASSESSED_ONLY, TREATED = 0, 1, 2
# Chances of one, two or three contacts of low intensity before high intensity therapy: assumed.
_BEFORE_HIGH = (0.15, 0.5, 0.35)
# Planned contacts are drawn from a gamma of this shape: assumed.
_SHAPE = 3.5
_IN_WORK_OR_NOT_LOOKING = (EMPLOYED, STUDENT, RETIRED, NOT_STATED)


@dataclass(frozen=True, eq=False)
class Cohort:
    """One row for each referral. Days are counted from 1970. Severity is in points of the PHQ-9 and GAD-7.

    `depression` and `anxiety` are true levels on the day of referral, `natural` and `effect` the points of the PHQ-9
    that nature takes off in the long run and treatment after `enough` sessions, `natural_anxiety` and `effect_anxiety`
    those of the GAD-7. `drop_out` is the log odds of dropping out that person and provider add to those of the therapist,
    and `once` those of being treated once. `before_high` is how many contacts of low intensity come before high
    intensity therapy, or 0 where none is planned.
    """

    person: np.ndarray
    received: np.ndarray
    kind: np.ndarray
    problem: np.ndarray
    step: np.ndarray
    source: np.ndarray
    first_day: np.ndarray
    depression: np.ndarray
    anxiety: np.ndarray
    natural: np.ndarray
    natural_anxiety: np.ndarray
    enough: np.ndarray
    effect: np.ndarray
    effect_anxiety: np.ndarray
    gain_session: np.ndarray
    gain: np.ndarray
    therapist_low: np.ndarray
    therapist_high: np.ndarray
    planned_low: np.ndarray
    planned_high: np.ndarray
    before_high: np.ndarray
    assessed_apart: np.ndarray
    drop_out: np.ndarray
    once: np.ndarray
    over_internet: np.ndarray
    gap: np.ndarray

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.person)


def draw_cohort(
    world: World,
    providers: Providers,
    people: People,
    person: np.ndarray,
    received: np.ndarray,
    rng: np.random.Generator,
) -> Cohort:
    """A referral of each of these people, received on these days."""
    size, provider = len(person), people.provider[person]
    low, high = (providers.draw_therapists(provider, np.full(size, step), rng) for step in (LOW, HIGH))
    problem, step, before_high = _paths(world, size, rng)
    return Cohort(
        person=person,
        received=received,
        kind=_kinds(world, providers, people, person, rng),
        problem=problem,
        step=step,
        first_day=_first_days(world, providers, provider, received, rng),
        **draw_severity(world, providers, people, person, problem, np.where(step == LOW, low, high), rng),
        therapist_low=low,
        therapist_high=high,
        before_high=before_high,
        **_leaving(world, providers, people, person),
        **_plans(world, step, rng),
    )


# Low intensity therapy only, high only, or a few contacts of low intensity and then high.
def _paths(world: World, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    problem = pick(np.array([each.chance for each in world.problems]), rng.random(size))
    low_only = np.array([each.low_only for each in world.problems])[problem]
    uniform = rng.random((2, size))
    prepared = (uniform[0] >= low_only) & (uniform[1] < world.behaviour.low_before_high_share)
    contacts = 1 + rng.choice(len(_BEFORE_HIGH), size, p=_BEFORE_HIGH)
    step = np.where((uniform[0] < low_only) | prepared, LOW, HIGH)
    return problem, step, np.where(prepared, contacts, 0).astype(np.int16)


def _first_days(
    world: World, providers: Providers, provider: np.ndarray, received: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    wait = (
        world.behaviour.first_wait_part
        * world.wait("first", rng.random(len(received)))
        * providers.first_wait[provider]
    )
    return (received + np.maximum(0, np.round(wait))).astype(np.int32)


# Who referred, how many sessions are planned in each step, how far apart they are, and whether over the internet.
def _plans(world: World, step: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    size, behaviour, is_low = len(step), world.behaviour, step == LOW
    weekly = behaviour.weekly_share
    # The share is one of all who are treated, and only low intensity therapy is given over the internet.
    internet = behaviour.internet_share / max(is_low.mean(), 0.01)
    return {
        "source": world.source.draw(size, rng),
        "planned_low": _planned(behaviour.planned_low, _SHAPE, 3, rng, size),
        "planned_high": _planned(behaviour.planned_high, _SHAPE, 3, rng, size),
        "assessed_apart": rng.random(size) < behaviour.assessed_apart_share,
        "over_internet": is_low & (rng.random(size) < internet),
        "gap": rng.choice((7, 14, 21), size, p=(weekly, (1 - weekly) * 0.8, (1 - weekly) * 0.2)),
    }


def add_cohort(one: Cohort, other: Cohort) -> Cohort:
    """The referrals of both, the first before the second."""
    return Cohort(
        **{each.name: np.concatenate([getattr(one, each.name), getattr(other, each.name)]) for each in fields(Cohort)}
    )


def draw_received(world: World, months: Months, size: int, rng: np.random.Generator) -> np.ndarray:
    """Days of referral over the months, by season and growth."""
    return months.draw_days(size, world.season, world.growth, rng)


def to_logit(chance: float) -> float:
    """The log odds of a chance."""
    return float(np.log(chance / (1 - chance)))


def to_chance(log_odds: np.ndarray) -> np.ndarray:
    """The chance of log odds."""
    return 1 / (1 + np.exp(-log_odds))


def _kinds(
    world: World, providers: Providers, people: People, person: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    taken_on = by_characteristics(world, people, "stays")[person] + providers.taken_on[people.provider[person]]
    never = to_chance(to_logit(world.never_seen) - taken_on)
    uniform = rng.random(len(person))
    assessed_only = uniform < never + world.assessed_only
    return np.where(uniform < never, NEVER_SEEN, np.where(assessed_only, ASSESSED_ONLY, TREATED)).astype(np.int8)


def _leaving(world: World, providers: Providers, people: People, person: np.ndarray) -> dict[str, np.ndarray]:
    once = providers.once[people.provider[person]]
    return {"drop_out": _drop_out(world, providers, people, person), "once": once}


def _drop_out(world: World, providers: Providers, people: People, person: np.ndarray) -> np.ndarray:
    behaviour = world.behaviour
    out_of_work = ~np.isin(people.employment, _IN_WORK_OR_NOT_LOOKING)
    age = (np.clip(people.age, 16, 75) - 38) / 40
    each = (
        behaviour.unemployed_log_odds * (out_of_work - 0.2)
        + behaviour.older_log_odds * age
        - by_characteristics(world, people, "stays")
        + providers.ending[people.provider]
    )
    return each[person]


def _planned(mean: float, shape: float, least: int, rng: np.random.Generator, size: int) -> np.ndarray:
    return np.maximum(least, np.round(rng.gamma(shape, mean / shape, size))).astype(np.int16)
