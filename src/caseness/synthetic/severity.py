"""How ill people are when they are referred, and what nature and treatment will do."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.behaviour import Behaviour
from caseness.synthetic.people import People
from caseness.synthetic.providers import Providers
from caseness.synthetic.scales import reliability
from caseness.synthetic.world import World

# A sudden gain comes between these sessions.
_FIRST_GAIN, _LAST_GAIN = 2, 6
# Change, natural or by treatment, is in proportion to severity, up to so many times the mean.
_LEAST, _MOST = 0.1, 1.8
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
    size, behaviour = len(person), world.behaviour
    depression, anxiety = _levels(world, problem, rng)
    means, natural, of_anxiety, wander = _by_nature(world, problem, depression, anxiety, rng)
    # Treatment works on what nature leaves.
    more, more_anxious = _weight(depression - natural, means[0]), _weight(anxiety - of_anxiety, means[1])
    response = _responses(world, problem, _by_whom(world, providers, people, person, therapist), rng)
    return {
        "depression": depression,
        "anxiety": anxiety,
        "natural": natural + wander,
        "natural_anxiety": of_anxiety + behaviour.anxiety_change * wander,
        "enough": _enough(behaviour, size, rng),
        **_effects(behaviour, (response * more, response * more_anxious), rng),
        **_gains(behaviour, size, rng),
    }


# The means of the problem, and what nature takes off both scales in the long run: for good, and by wandering.
def _by_nature(
    world: World, problem: np.ndarray, depression: np.ndarray, anxiety: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    behaviour = world.behaviour
    means = np.array([(each.phq9[0], each.gad7[0]) for each in world.problems])[problem].T
    natural = _natural(behaviour, depression / means[0], rng)
    wander = rng.normal(0, behaviour.natural_spread, len(problem))
    of_anxiety = behaviour.anxiety_change * natural / np.maximum(depression / means[0], _LEAST) * anxiety / means[1]
    return means, natural, of_anxiety, wander


# What treatment does to both scales: what the person responds by, and what spreads it.
def _effects(
    behaviour: Behaviour, response: tuple[np.ndarray, np.ndarray], rng: np.random.Generator
) -> dict[str, np.ndarray]:
    shared = rng.normal(0, behaviour.treatment_spread, len(response[0]))
    own = rng.normal(0, behaviour.anxiety_spread, len(shared))
    return {
        "effect": response[0] + shared,
        "effect_anxiety": behaviour.anxiety_change * (response[1] + shared) + own,
    }


def _gains(behaviour: Behaviour, size: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    has_gain = rng.random(size) < behaviour.sudden_gain_share
    return {
        "gain_session": np.where(has_gain, rng.integers(_FIRST_GAIN, _LAST_GAIN + 1, size), 999).astype(np.int16),
        "gain": np.where(has_gain, rng.gamma(8, behaviour.sudden_gain / 8, size), 0.0),
    }


# How severe a level is against the mean of its problem.
def _weight(level: np.ndarray, mean: np.ndarray) -> np.ndarray:
    return np.clip(level / mean, 0, _MOST)


# After how many sessions treatment has done what it will do.
def _enough(behaviour: Behaviour, size: int, rng: np.random.Generator) -> np.ndarray:
    return behaviour.enough_sessions * np.exp(rng.normal(0, behaviour.enough_spread, size))


# Some get well by themselves, and most do not. The mean of both is that of the controls.
def _natural(behaviour: Behaviour, severity: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    points = behaviour.natural_change / behaviour.remits_share * np.clip(severity, _LEAST, _MOST)
    return np.where(rng.random(len(severity)) < behaviour.remits_share, points, 0.0)


# Some respond to treatment, and some do not: the points of the PHQ-9 that eight sessions take off at mean severity. What the
# person, provider and therapist add is told in points on average, and comes as a higher chance of responding.
def _responses(world: World, problem: np.ndarray, by_whom: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    behaviour = world.behaviour
    share, response = behaviour.responds_share, behaviour.response
    points_for_log_odds = max(response * share * (1 - share), _LEAST)
    log_odds = np.log(share / (1 - share)) + np.array([each.responds for each in world.problems])[problem]
    chance = 1 / (1 + np.exp(-log_odds - by_whom / points_for_log_odds))
    effect = response * np.array([each.effect for each in world.problems])
    return np.where(rng.random(len(problem)) < chance, effect[problem], 0.0)


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


# What the person, the provider and the therapist add, in points of the PHQ-9.
def _by_whom(
    world: World, providers: Providers, people: People, person: np.ndarray, therapist: np.ndarray
) -> np.ndarray:
    behaviour = world.behaviour
    by_whom = providers.outcome[people.provider[person]] + providers.therapists.outcome[therapist]
    age = (np.clip(people.age, 16, 75) - 38) / 40
    by_person = by_characteristics(world, people, "effect") + behaviour.age_effect * age
    return by_person[person] + by_whom * behaviour.outcome_spread


def by_characteristics(world: World, people: People, what: str) -> np.ndarray:
    """What deprivation, ethnicity and gender do together, for each person: `stays` or `effect`."""
    return (
        getattr(world.deprivation, what)[people.decile - 1]
        + getattr(world.ethnicity, what)[people.ethnicity]
        + getattr(world.gender, what)[people.gender]
    )
