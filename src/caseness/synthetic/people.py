"""Who the made-up people are, as far as it matters for how they fare."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from caseness.synthetic.providers import Providers
from caseness.synthetic.world import World, pick

DAYS_IN_YEAR = 365.25
# Shares of people with a long-term condition by decade of age, from 10 to 90: assumed to rise with age.
_CONDITION_BY_DECADE = np.array([0.12, 0.16, 0.2, 0.27, 0.38, 0.5, 0.6, 0.66, 0.7, 0.7])
_RETIRING_AGE, _WORKING_AGE = 66, 18
# Places among the codes of employment status: see `world.employment`.
EMPLOYED, UNEMPLOYED, STUDENT, SICK, RETIRED, NOT_STATED = 0, 1, 2, 3, 7, 8


@dataclass(frozen=True, eq=False)
class People:
    """One row for each person. `decile` is 1 for the most deprived. `age` is in years at the first referral."""

    provider: np.ndarray
    age: np.ndarray
    gender: np.ndarray
    ethnicity: np.ndarray
    decile: np.ndarray
    employment: np.ndarray
    has_condition: np.ndarray
    commissioner: np.ndarray

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.provider)


def draw_people(world: World, providers: Providers, provider: np.ndarray, rng: np.random.Generator) -> People:
    """People for these providers, one for each entry.

    Examples
    --------
    The parameters come from the calibration: see `load_world`.
    """
    size = len(provider)
    age = _ages(world, size, rng)
    decade = np.clip(age // 10 - 1, 0, len(_CONDITION_BY_DECADE) - 1).astype(int)
    return People(
        provider=provider,
        age=age,
        gender=world.gender.choice.draw(size, rng),
        ethnicity=world.ethnicity.choice.draw(size, rng),
        decile=_deciles(world, providers, provider, rng),
        employment=_employment(world, age, rng),
        has_condition=rng.random(size) < _CONDITION_BY_DECADE[decade],
        commissioner=(provider % len(providers.commissioners)).astype(np.int16),
    )


def add_people(one: People, other: People) -> People:
    """The people of both, the first before the second."""
    return People(
        **{each.name: np.concatenate([getattr(one, each.name), getattr(other, each.name)]) for each in fields(People)}
    )


def _ages(world: World, size: int, rng: np.random.Generator) -> np.ndarray:
    return np.interp(rng.random(size), *world.age)


# A provider serves a place: its share of deprived people is its own.
def _deciles(world: World, providers: Providers, provider: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    chances = world.deprivation.choice.chances
    tilt = np.linspace(1, -1, len(chances))
    weights = chances * np.exp(providers.deprivation[:, None] * tilt)
    bounds = np.cumsum(weights, axis=1)
    bounds = bounds / bounds[:, -1:]
    uniform = rng.random(len(provider))
    return (1 + (uniform[:, None] >= bounds[provider][:, :-1]).sum(axis=1)).astype(np.int16)


def _employment(world: World, age: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    status = pick(world.employment.chances, rng.random(len(age)))
    late = (age >= _RETIRING_AGE) & (rng.random(len(age)) < 0.85)
    status = np.where(late, RETIRED, status)
    early = (age < _WORKING_AGE) & (rng.random(len(age)) < 0.8)
    status = np.where(early, STUDENT, status)
    return np.where((status == RETIRED) & (age < 50), EMPLOYED, status).astype(np.int16)
