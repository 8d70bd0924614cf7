"""Sliders that show what an assumption does, worked out in the reader's browser from figures that the page carries.

The page says the same without them: what a control shows at first is what the audit found, and
the tables hold the rest. Nothing is fetched, and the policy of the page names the one script that may run.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from caseness.audit.quantity import Quantity
from caseness.report.pointers import Held

_SCRIPT = "controls.js"
_STEPS = 100
# A browser stops before the end where the steps, as it adds them up, come out a hair too long.
_HAIR = 1e-9


@dataclass(frozen=True)
class Slider:
    """One thing that a reader may move. `value` is where the audit has it."""

    name: str
    label: str
    value: Quantity | Held
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Outcome:
    """One thing that moves with the sliders. `shown` is what the audit found."""

    name: str
    label: str
    shown: Quantity | Held


@dataclass(frozen=True)
class Controls:
    """Sliders, what stays as it is, and what follows from both by one model of `controls.js`.

    `fixed` are numbers of the audit that the model needs; `curves` are lines through points,
    as pairs of days and per cent.
    """

    id: str
    heading: str
    model: str
    sliders: tuple[Slider, ...]
    fixed: tuple[tuple[str, Quantity | Held], ...]
    outcomes: tuple[Outcome, ...]
    note: str
    curves: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = ()
    kind: str = "controls"

    @property
    def held(self) -> dict[str, float | None]:
        """What stays as it is, as the script reads it."""
        return {name: _value(number) for name, number in self.fixed}

    @property
    def lines(self) -> dict[str, list[list[float]]]:
        """The curves, as the script reads them."""
        return {name: [list(point) for point in points] for name, points in self.curves}


def step_between(low: float, high: float) -> float:
    """A step of which a hundred lead from one end to the other, and never past it.

    >>> 274.0 + 100 * step_between(274.0, 275.98) <= 275.98
    True
    """
    return (high - low) / _STEPS * (1 - _HAIR)


@cache
def read_script() -> str:
    """The script of all controls."""
    return (files("caseness.report") / "templates" / _SCRIPT).read_text(encoding="utf-8")


def name_script() -> str:
    """The hash by which a page's policy lets this script run, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(read_script().encode()).digest()).decode()


def _value(number: Quantity | Held) -> float | None:
    return (number.quantity if isinstance(number, Held) else number).value
