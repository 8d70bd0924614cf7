"""Outcomes that nobody knows, and how far they could move each rate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MissingOutcomes:
    """Outcomes that nobody knows, and how far they could move each rate."""
