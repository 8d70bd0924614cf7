"""What the same money could buy otherwise."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Otherwise:
    """What the same money could buy otherwise."""
