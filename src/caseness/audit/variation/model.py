"""How organisations and groups differ, beyond chance and beyond what is usual between services."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Variation:
    """How organisations and groups differ, beyond chance and beyond what is usual between services."""
