"""The journey from referral to recovery: every stage, and who leaves the count at each.

Drawn on the cohort of referrals that ended in the period. Referrals received in the same
period stand beside it: they are other people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.audit.counts import COUNTS, count
from caseness.audit.cube import Cube
from caseness.audit.quantity import Quantity, nothing, quantity_of
from caseness.audit.record import COMPUTED_BASES, Record
from caseness.periods import Period
from caseness.results import ANNUAL
from caseness.stats.bounds import Bounded, share


@dataclass(frozen=True)
class Step:
    """One line of the ledger, declared once.

    `role` is stage (still in the count), leaves (out of the count here), outcome (a
    reading of those still in) or beside (other people). `of` is the stage it is a share of,
    empty where a share would mean nothing. `why` says why people
    leave the count here, or what the line means.
    """

    id: str
    label: str
    role: str
    of: str
    why: str


STEPS = (
    Step(
        "referrals_received",
        "Referrals received",
        "beside",
        "",
        "Received in the same period. Not the same people: they may end in another.",
    ),
    Step(
        "ended_referrals",
        "Referrals ended",
        "stage",
        "ended_referrals",
        "Everyone whose referral ended in the period, however far they had come.",
    ),
    Step(
        "ended_before_treatment",
        "Ended before treatment",
        "leaves",
        "ended_referrals",
        "Never had a treatment contact: not seen, or seen and not treated.",
    ),
    Step(
        "ended_treated_once",
        "Treated once",
        "leaves",
        "ended_referrals",
        "Had one treatment contact. Out of every official outcome, which starts at two.",
    ),
    Step(
        "remainder",
        "Remainder",
        "leaves",
        "",
        "Ended, less the three groups. Published counts do not add up exactly, and can add up to more.",
    ),
    Step(
        "finished_course",
        "Finished a course",
        "stage",
        "ended_referrals",
        "Two or more treatment contacts. This does not mean that the course was completed.",
    ),
    Step(
        "not_at_caseness",
        "Not at caseness",
        "leaves",
        "finished_course",
        "Began below both thresholds: out of the recovery rate.",
    ),
    Step(
        "neither",
        "No caseness known",
        "leaves",
        "finished_course",
        "Neither at caseness nor below both thresholds: a first score is missing. Counted in the official denominator.",
    ),
    Step(
        "judged_for_recovery",
        "Judged for recovery",
        "stage",
        "finished_course",
        "Finished less not at caseness: the official denominator of recovery.",
    ),
    Step(
        "at_caseness",
        "At caseness",
        "stage",
        "finished_course",
        "At or above a threshold on either first score. Printed in annual files only.",
    ),
    Step(
        "reliable_improvement",
        "Reliably improved",
        "outcome",
        "finished_course",
        "A fall beyond the error of the scale on either measure, and no such rise.",
    ),
    Step(
        "no_reliable_change",
        "No reliable change",
        "outcome",
        "finished_course",
        "Paired scores that did not move beyond the error of the scale, or moved both ways.",
    ),
    Step(
        "reliable_deterioration",
        "Reliably deteriorated",
        "outcome",
        "finished_course",
        "A rise beyond the error of the scale on either measure, and no such fall.",
    ),
    Step(
        "unpaired",
        "Unpaired",
        "outcome",
        "finished_course",
        "Finished without a first and a last score on both measures: no outcome is known.",
    ),
    Step(
        "recovery",
        "Recovered",
        "outcome",
        "judged_for_recovery",
        "At caseness at the start and below both thresholds at the end.",
    ),
    Step(
        "reliable_recovery",
        "Reliably recovered",
        "outcome",
        "judged_for_recovery",
        "Recovered, and the change is beyond the error of the scale.",
    ),
)

_UNITS = ("of_ended", "of_stage")


@dataclass(frozen=True)
class Line:
    """A step of one ledger, with its numbers."""

    step: Step
    count: Quantity
    of_ended: Quantity
    of_stage: Quantity


@dataclass(frozen=True)
class Ledger:
    """The journey for one organisation and period, on one basis.

    `notes` says which lines contradict each other, and which this basis cannot fill and why.
    """

    organisation: str
    period: Period
    basis: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    months: int | None = None

    def line(self, step_id: str) -> Line:
        """The line of a step."""
        return next(line for line in self.lines if line.step.id == step_id)


def draw(record: Record, period: Period, organisation: str) -> tuple[Ledger, ...]:
    """The ledgers of one organisation and period, one for each basis that has any figure.

    >>> from caseness.published import Embedded
    >>> from caseness.audit.record import gather
    >>> from caseness.periods import financial_year
    >>> annual, summed = draw(gather(Embedded()), financial_year(2024), "ENGLAND")
    >>> summed.line("ended_treated_once").count.value
    502900.0
    """
    drawn = (_draw_one(cube, period, organisation) for cube in record.cubes_of(period))
    return tuple(ledger for ledger in drawn if ledger is not None)


def step_counts(cube: Cube) -> dict[str, Bounded]:
    """The count of every step, for every period and organisation of a cube."""
    counts = {name: count(cube, name) for name in COUNTS}
    parts = counts["ended_before_treatment"] + counts["ended_treated_once"] + counts["finished_course"]
    classed = counts["at_caseness"] + counts["not_at_caseness"]
    derived = {
        "remainder": counts["ended_referrals"] - parts,
        "neither": (counts["finished_course"] - classed).at_least(0),
        "unpaired": (counts["finished_course"] - counts["paired"]).at_least(0),
    }
    return {step.id: derived[step.id] if step.id in derived else counts[step.id] for step in STEPS}


def _draw_one(cube: Cube, period: Period, organisation: str) -> Ledger | None:
    at = cube.index(period, organisation)
    if at is None:
        return None
    counts = {name: bounded[at] for name, bounded in step_counts(cube).items()}
    if not any(bounded.is_known.any() for bounded in counts.values()):
        return None
    lines = tuple(_line(step, counts) for step in STEPS)
    notes = (*_contradictions(lines, counts), *_blanks(lines, cube.basis))
    return Ledger(organisation, period, cube.basis, lines, notes, _months(cube, at))


def _line(step: Step, counts: dict[str, Bounded]) -> Line:
    made = counts[step.id]
    if not step.of:
        no_share = nothing("percentage", "not_applicable")
        return Line(step, quantity_of(made), no_share, no_share)
    of_ended, of_stage = (
        quantity_of(share_of_stage(step.id, whole, counts), "percentage") for whole in ("ended_referrals", step.of)
    )
    return Line(step, quantity_of(made), of_ended, of_stage)


# All of a count is all of it, however little is known of how many that is.
def share_of_stage(part: str, whole: str, counts: dict[str, Bounded]) -> Bounded:
    if part != whole:
        return share(counts[part], counts[whole])
    everyone = np.where(counts[whole].is_known, 100.0, np.nan)
    return Bounded(everyone, everyone, everyone)


# A part that is larger than its whole, whatever rounding allows: one of the two is wrong, and
# nothing here can say which. Both stand as printed, and no share is made of them.
def _contradictions(lines: tuple[Line, ...], counts: dict[str, Bounded]) -> tuple[str, ...]:
    return tuple(
        f"Impossible: {line.step.label.lower()} is printed as more than {_label(line.step.of).lower()}, of which it is a part. "
        "One of the two is wrong. No share is made of them, and neither should be used."
        for line in lines
        if line.step.of and counts[line.step.id].low > counts[line.step.of].high
    )


def _label(step_id: str) -> str:
    return next(step.label for step in STEPS if step.id == step_id)


def _blanks(lines: tuple[Line, ...], basis: str) -> tuple[str, ...]:
    if basis in COMPUTED_BASES.values():
        return ()
    other = "the monthly files do" if basis == ANNUAL else "the annual report does"
    blank = [line.step.label.lower() for line in lines if not line.count.is_known]
    if not blank:
        return ()
    return (
        f"Left blank, because this basis ({basis}) does not print it: {', '.join(blank)}. "
        f"Where {other}, it stands in that ledger: the two are never mixed.",
    )


def _months(cube: Cube, at: tuple[int, int]) -> int | None:
    return max((int(plane[at]) for plane in cube.months.values()), default=None)
