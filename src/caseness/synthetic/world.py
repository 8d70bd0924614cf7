"""What the simulation draws from: the facts and the assumed behaviour, laid out as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from caseness.synthetic.behaviour import Behaviour


@dataclass(frozen=True, eq=False)
class Choice:
    """Codes and the chance of each.

    Examples
    --------
    >>> Choice(("Y", "N"), np.array([1.0, 0.0])).draw(3, np.random.default_rng(1)).tolist()
    [0, 0, 0]
    """

    codes: tuple[str, ...]
    chances: np.ndarray

    def draw(self, size: int, rng: np.random.Generator) -> np.ndarray:
        """The place of a code for each of `size` rows."""
        return pick(self.chances, rng.random(size))


@dataclass(frozen=True)
class Problem:
    """A problem descriptor. Means and standard deviations are those of first scores.

    `chance` is its share of referrals that are seen. `measure` is the id of the anxiety measure, or empty for the GAD-7.
    `low_only` is the share for whom low intensity therapy alone is planned. `responds` is the log odds of responding beside
    the average, and `effect` how much those who respond change against the average (1). First scores of the own measure
    lie `own_start` of its standard deviations from where they usually do, and spread `own_spread` times as far.
    """

    code: str
    scheme: str
    chance: float
    phq9: tuple[float, float]
    gad7: tuple[float, float]
    wsas: tuple[float, float]
    measure: str
    low_only: float
    responds: float
    effect: float
    own_start: float
    own_spread: float
    low_intensity: Choice
    high_intensity: Choice


@dataclass(frozen=True, eq=False)
class Groups:
    """A characteristic of people, and what it does beside the average.

    `stays` are log odds of being taken on and of staying, and `effect` the points of the PHQ-9 that treatment does more.
    """

    choice: Choice
    stays: np.ndarray
    effect: np.ndarray


@dataclass(frozen=True)
class Spreads:
    """Standard deviations between providers: log odds of being taken on, of being treated once and of dropping out, logarithms
    of the two waits, and outcome in its own standard deviations. `size` is the quantile curve of their sizes.
    """

    taken_on: float
    once: float
    ending: float
    first_wait: float
    second_wait: float
    outcome: float
    size: tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, eq=False)
class World:
    """Everything that is drawn from. Curves are quantile functions: shares from 0 to 1, and values."""

    behaviour: Behaviour
    problems: tuple[Problem, ...]
    season: tuple[float, ...]
    growth: float
    never_seen: float
    assessed_only: float
    treated_once: float
    first_wait: tuple[np.ndarray, np.ndarray]
    second_wait: tuple[np.ndarray, np.ndarray]
    age: tuple[np.ndarray, np.ndarray]
    attendance: Choice
    medium: Choice
    medication: Choice
    mode: Choice
    source: Choice
    employment: Choice
    deprivation: Groups
    ethnicity: Groups
    gender: Groups
    end_codes: Mapping[str, Choice]
    end_errors: Mapping[str, Mapping[str, float]]
    unnamed_when_finished: float
    unnamed_otherwise: float
    spreads: Spreads

    def wait(self, name: str, shares: np.ndarray) -> np.ndarray:
        """Days of the first or second wait below which these shares of all lie."""
        curve = self.first_wait if name == "first" else self.second_wait
        return np.interp(shares, *curve)


def pick(chances: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """The place that each uniform number falls into, of places with these chances."""
    bounds = np.cumsum(chances)
    return np.searchsorted(bounds[:-1] / bounds[-1], uniform, side="right").astype(np.int16)
