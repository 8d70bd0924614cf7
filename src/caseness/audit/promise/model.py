"""The promise that was made for the programme, beside what happened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """The promise that was made for the programme, beside what happened."""
