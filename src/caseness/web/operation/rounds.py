"""What the worker does in each round, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Round:
    """One thing that time asks for: its name in the log, and what does it. It may be done twice without harm."""

    name: str
    do: Callable[[datetime], object]


ROUNDS: tuple[Round, ...] = ()
