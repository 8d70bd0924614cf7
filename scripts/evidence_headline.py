"""The headline under every definition beside true recovery, in a made-up record."""

from __future__ import annotations

import numpy as np
from evidence_page import Board, Chapter, percent, signed
from evidence_record import Truth

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.change import Verdict, judge_change

# A whole-number score is at or above 10 from half a point below it.
LINE = 9.5


def tell_headline(truth: Truth) -> Chapter:
    """The chapter."""
    phq9 = next(one for one in judge_change(truth.courses, read_shipped_assumptions()).outcomes if one.id == "phq9")
    true = true_recovery(truth)
    rows = tuple(_row(one, true) for one in phq9.verdicts if one.rate.value is not None)
    note = (
        f"True recovery: of {int(began(truth).sum()):,} finished courses whose true level of the PHQ-9 began at {LINE:g} or above, {percent(true)} ended below it. A score is asked when a session begins; after the last session it was {percent(true_recovery(truth, after=True))}. "
        "A definition that asks for more than crossing a line is not meant to meet it; the difference says how far each headline lies from it."
    )
    columns = ("Definition", "Recovered, as measured", "95 % interval", "Less true recovery, in points")
    board = Board("PHQ-9 alone", columns, rows, note)
    about = (
        f"A made-up record with {len(truth.finished):,} referrals that ended, read, checked, derived and judged as any record is. Its makers know the "
        "true levels. SYNTHETIC: no figure here says anything of therapy."
    )
    low, high = (f(phq9.verdicts, key=lambda one: one.rate.value or 0) for f in (min, max))
    fails = (
        f"The same courses recover by {low.rate.value:.1f} % ({low.label}) or by {high.rate.value:.1f} % ({high.label}), where the truth is {percent(true)}.",
    )
    return Chapter("The headline beside the truth", about, (board,), fails)


def began(truth: Truth) -> np.ndarray:
    """Finished courses that truly began on the clinical side of the line."""
    return truth.finished & (truth.true_first >= LINE)


def true_recovery(truth: Truth, after: bool = False) -> float:
    """The share of them that were truly below it when the last session began, or after it."""
    level = truth.true_end if after else truth.true_last
    return float((level[began(truth)] < LINE).mean())


def _row(one: Verdict, true: float) -> tuple[str, ...]:
    value, low, high = (end or 0.0 for end in (one.rate.value, one.rate.low, one.rate.high))
    return one.label, f"{value:.1f} %", f"{low:.1f} to {high:.1f} %", signed(value - 100 * true, 1)
