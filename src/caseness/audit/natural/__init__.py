"""Recovery that would have happened anyway, by several estimates, and what remains of recovery."""

from caseness.audit.natural.estimate import estimate
from caseness.audit.natural.model import (
    Applicability,
    Band,
    CurveLine,
    Duration,
    Estimator,
    Natural,
    PooledArms,
    ProblemShare,
    Remainder,
    TimeAtRisk,
)

__all__ = [
    "Applicability",
    "Band",
    "CurveLine",
    "Duration",
    "Estimator",
    "Natural",
    "PooledArms",
    "ProblemShare",
    "Remainder",
    "TimeAtRisk",
    "estimate",
]
