"""Outcomes that nobody knows, and how far they could move each rate."""

from caseness.audit.missing.bounding import bound_missing
from caseness.audit.missing.levels import LEVELS, Level
from caseness.audit.missing.model import BoundedRate, LevelBounds, MissingBasis, MissingOutcomes, Stratum

__all__ = [
    "LEVELS",
    "BoundedRate",
    "Level",
    "LevelBounds",
    "MissingBasis",
    "MissingOutcomes",
    "Stratum",
    "bound_missing",
]
