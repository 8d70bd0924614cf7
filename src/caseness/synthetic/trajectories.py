"""True levels over time: what nature, treatment, sudden gains and the occasion make of the level at referral."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.synthetic.cohort import Cohort
from caseness.synthetic.world import World

_DAYS_IN_WEEK = 7


@dataclass(frozen=True, eq=False)
class Levels:
    """True levels of chosen referrals at one moment, and the points of the PHQ-9 that each cause took off."""

    depression: np.ndarray
    anxiety: np.ndarray
    by_nature: np.ndarray
    by_treatment: np.ndarray


def by_nature(world: World, natural: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Points of the PHQ-9 that nature has taken off after so many days.

    The change slows: after the weeks of `natural_weeks` 63 % of it has happened.
    """
    return natural * -np.expm1(-days / (_DAYS_IN_WEEK * world.behaviour.natural_weeks))


def by_sessions(effect: np.ndarray, sessions: np.ndarray, enough: np.ndarray) -> np.ndarray:
    """Points that so many sessions of treatment have taken off: all of the effect after `enough` of them, and no more after.

    Source: the logarithm of sessions is that of Finch, Lambert and Schaalje 2001, as told in
    ../shared/spec/outcome-science.md, B2; that some have enough soon and others late follows B11 there.

    Examples
    --------
    >>> by_sessions(np.array([4.0]), np.array([0, 3, 8, 20]), np.array([8.0])).round(1).tolist()
    [0.0, 2.5, 4.0, 4.0]
    """
    return effect * np.minimum(np.log1p(sessions) / np.log1p(enough), 1.0)


def levels(world: World, cohort: Cohort, who: np.ndarray, day: np.ndarray, sessions: np.ndarray) -> Levels:
    """The levels of these referrals on these days, after so many sessions, without what the occasion adds."""
    nature = by_nature(world, cohort.natural[who], day - cohort.received[who])
    gain = cohort.gain[who] * (sessions >= cohort.gain_session[who])
    enough = cohort.enough[who]
    treatment = by_sessions(cohort.effect[who], sessions, enough) + gain
    of_anxiety = by_nature(world, cohort.natural_anxiety[who], day - cohort.received[who])
    of_anxiety = (
        of_anxiety + by_sessions(cohort.effect_anxiety[who], sessions, enough) + world.behaviour.anxiety_change * gain
    )
    return Levels(
        depression=cohort.depression[who] - nature - treatment,
        anxiety=cohort.anxiety[who] - of_anxiety,
        by_nature=nature,
        by_treatment=treatment,
    )


def next_occasion(world: World, before: np.ndarray, new: np.ndarray) -> np.ndarray:
    """What the next occasion adds: a share of what the last one added, and something new. Its spread stays the same."""
    kept = world.behaviour.autocorrelation
    return kept * before + np.sqrt(1 - kept**2) * new


def occasion_spread(world: World, reliability: float, spread: float) -> float:
    """The standard deviation that one occasion adds to a scale."""
    return float(np.sqrt(world.behaviour.occasion_share * reliability) * spread)


def error_spread(reliability: float, spread: float) -> float:
    """The standard deviation of measurement error of a scale with this reliability.

    Examples
    --------
    >>> round(error_spread(0.84, 6.0), 3)
    2.4
    """
    return float(spread * np.sqrt(1 - reliability))
