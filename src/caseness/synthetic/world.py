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
    `low_intensity_first` is the share who begin with low intensity therapy, and `effect` what treatment does for it
    against the average (1).
    """

    code: str
    scheme: str
    chance: float
    phq9: tuple[float, float]
    gad7: tuple[float, float]
    wsas: tuple[float, float]
    measure: str
    low_intensity_first: float
    effect: float
    low_intensity: Choice
    high_intensity: Choice


@dataclass(frozen=True, eq=False)
class Groups:
    """A characteristic of people, with what it does: log odds of being taken on, and points that treatment does more."""

    choice: Choice
    taken_on: np.ndarray
    effect: np.ndarray
    severity: np.ndarray


@dataclass(frozen=True, eq=False)
class World:
    """Everything that is drawn from. Waits are quantile curves in days, by share from 0 to 1."""

    behaviour: Behaviour
    problems: tuple[Problem, ...]
    season: tuple[float, ...]
    growth: float
    never_seen: float
    assessed_only: float
    treated_once: float
    descriptor_known: float
    sessions: Mapping[str, float]
    first_wait: tuple[np.ndarray, np.ndarray]
    second_wait: tuple[np.ndarray, np.ndarray]
    attendance: Choice
    medium: Choice
    source: Choice
    age: Choice
    deprivation: Groups
    ethnicity: Groups
    gender: Groups
    employment: Choice
    once_codes: Choice
    not_seen_codes: Choice
    blank_end_code: float
    unknown_end_code: float
    provider_spread: Mapping[str, float]

    def wait(self, name: str, shares: np.ndarray) -> np.ndarray:
        """Days of the first or second wait below which these shares of all lie."""
        curve = self.first_wait if name == "first" else self.second_wait
        return np.interp(shares, *curve)


def pick(chances: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    """The place that each uniform number falls into, of places with these chances."""
    bounds = np.cumsum(chances)
    return np.searchsorted(bounds[:-1] / bounds[-1], uniform, side="right").astype(np.int16)
