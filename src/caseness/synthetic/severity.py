"""How ill people are when they are referred, and what nature and treatment will do."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.people import People
from caseness.synthetic.providers import Providers
from caseness.synthetic.scales import reliability
from caseness.synthetic.world import World

# A sudden gain comes between these sessions.
_FIRST_GAIN, _LAST_GAIN = 2, 6
# What severity at the start adds to change, natural or by treatment: with none of it a mild problem would change as
# much as a severe one.
_FIXED, _IN_PROPORTION = 0.4, 0.6
# The share of the variance of the effect that lies between those who respond and those who do not: assumed.
_BETWEEN = 0.9
# Cut-offs of the PHQ-9 and GAD-7, as in caseness.instruments.
PHQ9_CUT_OFF, GAD7_CUT_OFF = 10, 8


def draw_severity(
    world: World,
    providers: Providers,
    people: People,
    person: np.ndarray,
    problem: np.ndarray,
    therapist: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    """True levels at referral, and what changes them: the columns of a cohort by name."""
    size = len(person)
    depression, anxiety = _levels(world, problem, rng)
    mean = np.array([each.phq9[0] for each in world.problems])[problem]
    weight = _FIXED + _IN_PROPORTION * np.clip(depression / mean, 0, 1.8)
    behaviour = world.behaviour
    natural = behaviour.natural_change * weight + rng.normal(0, behaviour.natural_spread, size)
    effect = _effects(world, providers, people, person, problem, therapist, rng) * weight
    has_gain = rng.random(size) < behaviour.sudden_gain_share
    return {
        "depression": depression,
        "anxiety": anxiety,
        "natural": natural,
        "effect": effect + _responses(world, size, rng),
        "gain_session": np.where(has_gain, rng.integers(_FIRST_GAIN, _LAST_GAIN + 1, size), 999).astype(np.int16),
        "gain": np.where(has_gain, rng.gamma(8, behaviour.sudden_gain / 8, size), 0.0),
    }


# Some respond and some do not, each around a middle of their own. The mean of both is 0.
def _responses(world: World, size: int, rng: np.random.Generator) -> np.ndarray:
    share, spread = world.behaviour.responds_share, world.behaviour.treatment_spread
    between, within = spread * np.sqrt(_BETWEEN), spread * np.sqrt(1 - _BETWEEN)
    up, down = np.sqrt((1 - share) / share), np.sqrt(share / (1 - share))
    middle = np.where(rng.random(size) < share, up, -down) * between
    return middle + rng.normal(0, within, size)


# First scores are published for people whose wait is over. What nature did in it is added again.
def _levels(world: World, problem: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    table = np.array([(*each.phq9, *each.gad7) for each in world.problems])[problem]
    one, other = rng.normal(size=(2, len(problem)))
    shared = world.behaviour.correlation
    other = shared * one + np.sqrt(1 - shared**2) * other
    stable = 1 - world.behaviour.occasion_share
    depression = table[:, 0] + table[:, 1] * np.sqrt(reliability("phq9") * stable) * one
    anxiety = table[:, 2] + table[:, 3] * np.sqrt(reliability("gad7") * stable) * other
    return depression + world.behaviour.waiting_change, anxiety + 0.9 * world.behaviour.waiting_change


def _effects(
    world: World,
    providers: Providers,
    people: People,
    person: np.ndarray,
    problem: np.ndarray,
    therapist: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    behaviour = world.behaviour
    by_problem = np.array([each.effect for each in world.problems])[problem]
    by_whom = providers.outcome[people.provider[person]] + providers.therapists.outcome[therapist]
    age = (np.clip(people.age, 16, 75) - 38) / 40
    by_person = by_characteristics(world, people, "effect") + behaviour.age_effect * age
    return behaviour.treatment_change * by_problem + by_person[person] + by_whom * behaviour.outcome_spread


def by_characteristics(world: World, people: People, what: str) -> np.ndarray:
    """What deprivation, ethnicity and gender do together, for each person: `stays` or `effect`."""
    return (
        getattr(world.deprivation, what)[people.decile - 1]
        + getattr(world.ethnicity, what)[people.ethnicity]
        + getattr(world.gender, what)[people.gender]
    )
