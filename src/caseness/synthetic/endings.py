"""Whether a course goes on after an appointment, and why it ends if it does not."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.appointments import (
    AGREED,
    DIED,
    LOST,
    NOT_HELPED,
    OTHER_REASONS,
    RECOVERED_EARLY,
    SERVICE_ENDED,
)
from caseness.synthetic.cohort import to_chance, to_logit
from caseness.synthetic.severity import GAD7_CUT_OFF, PHQ9_CUT_OFF
from caseness.synthetic.world import World

GOES_ON = 0
# The earliest session after which a person who is well may agree to end.
_WELL_FROM = 4
# Chance of dying after a session: assumed, from published counts of 2024-25 (485, of some 6 million sessions).
_DIES = 0.00007
# Chance of losing contact after a second appointment missed in a row, and after each one more: assumed.
_LOST_AFTER_TWO = 0.2


def is_well(depression: np.ndarray, anxiety: np.ndarray) -> np.ndarray:
    """Whether true levels lie below both cut-offs."""
    return (depression < PHQ9_CUT_OFF) & (anxiety < GAD7_CUT_OFF)


def after_session(
    world: World,
    sessions: np.ndarray,
    in_step: np.ndarray,
    planned: np.ndarray,
    log_odds: np.ndarray,
    behind: np.ndarray,
    well: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """The reason for which a course ends after a session that was held, or GOES_ON.

    `log_odds` are what person, provider and therapist add to dropping out, and `behind` is how far, in
    standard deviations, the level stands above the course that was to be expected.
    """
    behaviour = world.behaviour
    leaves = leaving_chance(world, sessions, log_odds, behind)
    uniform = rng.random((3, len(sessions)))
    reason = np.full(len(sessions), GOES_ON, np.int8)
    reason[uniform[1] < behaviour.good_enough_chance * (well & (sessions >= _WELL_FROM))] = RECOVERED_EARLY
    reason[in_step >= planned] = AGREED
    left = (uniform[0] < leaves) & (sessions >= 2)
    # The further behind, the likelier it is that the person left because it did not help.
    not_helped = uniform[2] < to_chance(behind)
    reason[left] = np.where(not_helped, NOT_HELPED, OTHER_REASONS)[left]
    rare = uniform[1] > 1 - behaviour.service_ends_chance - _DIES
    reason[rare & (sessions >= 2)] = SERVICE_ENDED
    reason[uniform[1] > 1 - _DIES] = DIED
    return reason


def leaving_chance(world: World, sessions: np.ndarray, log_odds: np.ndarray, behind: np.ndarray) -> np.ndarray:
    """The chance of dropping out after a session. It falls as sessions go by, and rises with what lies behind."""
    behaviour = world.behaviour
    base = to_logit(behaviour.drop_out_after_second) - behaviour.drop_out_falls * np.log(np.maximum(sessions, 2) / 2)
    return to_chance(base + log_odds + behaviour.unimproved_log_odds * np.clip(behind, -2, 2))


def after_missed(world: World, missed: np.ndarray, log_odds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The reason for which a course ends after an appointment that was not kept, or GOES_ON."""
    chance = to_chance(to_logit(_LOST_AFTER_TWO) + log_odds + world.behaviour.missed_log_odds * (missed - 2))
    lost = (missed >= 2) & (rng.random(len(missed)) < chance)
    return np.where(lost, LOST, GOES_ON).astype(np.int8)
