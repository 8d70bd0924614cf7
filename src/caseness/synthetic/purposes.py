"""What an appointment is for: assessment, treatment, both, review, or something else."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.appointments import (
    ASSESSMENT,
    ASSESSMENT_AND_TREATMENT,
    OTHER_PURPOSE,
    REVIEW,
    REVIEW_AND_TREATMENT,
    TREATMENT,
)
from caseness.synthetic.world import World

# Share of later appointments that are review and treatment in one: assumed, near the 2 % of all.
_REVIEWED = 0.03


def draw_purposes(
    world: World, to_assess: np.ndarray, sessions: np.ndarray, in_step: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """The purpose of the next appointment of each course.

    The first session of most is assessment and treatment in one. Some have an assessment by itself, and then treatment.
    A new step begins with another assessment for some. In between a few appointments are no treatment.
    """
    behaviour, uniform = world.behaviour, rng.random((2, len(sessions)))
    bounds = np.cumsum((_REVIEWED, behaviour.review_only_share, behaviour.other_purpose_share))
    kinds = np.array((REVIEW_AND_TREATMENT, REVIEW, OTHER_PURPOSE, TREATMENT))
    later = kinds[np.searchsorted(bounds, uniform[0], side="right")]
    again = (in_step == 0) & (uniform[1] < behaviour.assessed_again_share)
    later = np.where(again, ASSESSMENT_AND_TREATMENT, later)
    purpose = np.where(sessions == 0, ASSESSMENT_AND_TREATMENT, later)
    return np.where(to_assess, ASSESSMENT, purpose).astype(np.int8)
