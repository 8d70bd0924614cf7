"""Which shares organisations are compared on, and which counts make them, declared."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cell, Cube
from caseness.audit.wait_table import WAITS
from caseness.results import ANNUAL, SUMMED
from caseness.stats.bounds import Bounded, total

# A count by its name, or published figures that are added.
Counted = str | tuple[Cell, ...]


@dataclass(frozen=True)
class Way:
    """How a share is made on some bases, and in words whose share it is."""

    bases: tuple[str, ...]
    part: Counted
    whole: Counted
    of: str

    def planes(self, cube: Cube) -> tuple[Bounded, Bounded]:
        """Its two counts for every period and organisation of a cube."""
        return _plane(cube, self.part), _plane(cube, self.whole)


@dataclass(frozen=True)
class Measure:
    """A share on which organisations are compared: the first way whose basis has it is taken.

    `note` says what has to be known to read it.
    """

    id: str
    label: str
    ways: tuple[Way, ...]
    note: str


_BOTH = (ANNUAL, SUMMED)


def _of_count(part: Counted, whole: str, bases: tuple[str, ...] = _BOTH) -> tuple[Way, ...]:
    return tuple(Way((basis,), part, whole, COUNTS[whole].label.lower()) for basis in bases)


def _of_wait(wait_id: str) -> tuple[Way, ...]:
    wait = next(one for one in WAITS if one.id == wait_id)
    ways = [
        Way((basis,), one.part, (one.whole,), one.of) for basis in _BOTH for one in wait.sources if basis in one.bases
    ]
    return tuple(ways)


MEASURES = (
    Measure(
        "reliable_recovery",
        "Reliable recovery",
        _of_count("reliable_recovery", "judged_for_recovery"),
        "Only of those who finished a course: who finishes differs between services too.",
    ),
    Measure(
        "recovery",
        "Recovery",
        _of_count("recovery", "judged_for_recovery"),
        "Only of those who finished a course: who finishes differs between services too.",
    ),
    Measure(
        "agreed_completion",
        "Completion that was agreed",
        _of_count((Cell("M066"),), "ended_after_treatment", (SUMMED,)),
        "Mutually agreed ends (M066), as services code them, of all treated. Finishing a course is not completing it: it "
        "means two contacts, and is what treated once leaves. Some such codes are given to people who were never treated, "
        "and the coding changed in September 2023, so part of this spread is how services code.",
    ),
    Measure(
        "treated_once",
        "Treated once",
        _of_count("ended_treated_once", "ended_after_treatment", (SUMMED,)),
        "Not the same as dropping out: some were given advice and referred on by agreement.",
    ),
    Measure(
        "six_weeks_finished",
        "First treatment within 6 weeks",
        _of_wait("six_weeks_finished"),
        "Only of those who finished a course.",
    ),
    Measure(
        "second_over_90_days",
        "Second treatment more than 90 days after the first",
        _of_wait("second_over_90_days"),
        "No target covers this wait.",
    ),
)


def _plane(cube: Cube, counted: Counted) -> Bounded:
    if isinstance(counted, str):
        return count(cube, counted)
    return total([cube.plane(cell.figure_id, cell.wait, cell.band) for cell in counted])
