"""Control arms of trials: responders pooled by disorder, and weighted by the problems that people had.

A trial that compares two treatments with one control group stands in the file twice. Its control
arm is recognised by study, responders and size, and is counted once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.natural.applicability import is_applicable, judge
from caseness.audit.natural.model import Estimator, Line, PooledArms, ProblemShare
from caseness.audit.natural.room import exactly
from caseness.audit.quantity import Estimate
from caseness.stats.bounds import Bounded
from caseness.stats.pooling import Pooled, logits, pool, shares
from caseness.stats.weighting import weighted_mean

CONTROL_ARMS = "control-arms"
MEAN, FURTHER = "mean of trials", "one further trial"

_CORRECTION = 0.5
_SOURCE = (
    "Metapsy, data-total-response 23.0.1, doi 10.5281/zenodo.8408317 (ODC-BY 1.0): comparisons of psychotherapy with a "
    "control group. Pooled here on logits by DerSimonian and Laird, half a person added where nobody or everybody responded"
)
_ASSUMES = (
    "A fall of half or more in the score (response) stands for recovery. It is another line, and is not converted.",
    "People who take part in trials do as those who come to the programme would without it.",
    "Care as usual, and waiting for a treatment that was promised, stand for no treatment.",
    "A problem without trials does as the mean of those with trials.",
    "All pooled rates err the same way, so the ends are the weighted ends.",
)


@dataclass(frozen=True)
class Arm:
    """One comparison of a trial: responders and people in its treated and its control arm."""

    disorder: str
    study: str
    responded_treated: int
    treated: int
    responded_control: int
    control: int


@cache
def read_arms() -> tuple[Arm, ...]:
    """The comparisons that ship with the package."""
    text = files("caseness.audit.natural").joinpath("trial_arms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(Arm(row["disorder"], row["study"], *(int(row[name]) for name in _COUNTS)) for row in rows)


_COUNTS = ("responded_treated", "treated", "responded_control", "control")


@cache
def pool_disorder(disorder: str) -> PooledArms:
    """The pooled arms of one disorder."""
    arms = [one for one in read_arms() if one.disorder == disorder]
    once = list(dict.fromkeys((one.study, one.responded_control, one.control) for one in arms))
    counted_once = _pool((events, total) for _, events, total in once)
    return PooledArms(
        disorder,
        len(arms),
        _mean(_pool((one.responded_control, one.control) for one in arms)),
        _mean(_pool((one.responded_treated, one.treated) for one in arms)),
        len(once),
        _mean(counted_once),
        _further(counted_once),
        exactly(counted_once.i_squared),
    )


def estimate_control_arms(problems: Sequence[ProblemShare], assumptions: Assumptions) -> Estimator | None:
    """The response rate of control arms, weighted by the problems that people had; None where none has trials."""
    pooled = [(one, pool_disorder(one.disorder)) for one in problems if one.disorder]
    wanted = assumptions.choice("natural.control_arm_ends")
    mean = _weigh(pooled, MEAN)
    if mean is None:
        return None
    further = _weigh(pooled, FURTHER)
    assert further is not None, "weighted as the mean is"
    applicability = judge(assumptions, CONTROL_ARMS)
    return Estimator(
        id=CONTROL_ARMS,
        kind="trials",
        label="Control arms of trials, response",
        rate=further if wanted == FURTHER else mean,
        assumes=_ASSUMES,
        applicability=applicability,
        in_band=is_applicable(applicability.grade, assumptions.choice("natural.least_grade")),
        source=_SOURCE,
        is_from_reader=False,
        lines=(
            Line("Mean of trials", mean, "Where the mean of all such trials lies."),
            Line("One further trial", further, "Where one more trial, or a programme that is like one, would lie."),
        ),
    )


def _pool(counts: Iterable[tuple[int, int]]) -> Pooled:
    events, totals = np.transpose(list(counts))
    return pool(*logits(events, totals, correction=_CORRECTION))


def _mean(pooled: Pooled) -> Estimate:
    return _percentages(pooled.effect, pooled.low, pooled.high, "95 % interval of the mean of trials")


def _further(pooled: Pooled) -> Estimate:
    return _percentages(
        pooled.effect, pooled.prediction_low, pooled.prediction_high, "95 % interval for one further trial"
    )


def _percentages(effect: float, low: float, high: float, interval: str) -> Estimate:
    value, bottom, top = (100 * shares([effect, low, high])).tolist()
    return Estimate(value, bottom, top, "percentage", interval=interval)


def _weigh(pooled: list[tuple[ProblemShare, PooledArms]], ends: str) -> Estimate | None:
    rates = [arms.one_further if ends == FURTHER else arms.counted_once for _, arms in pooled]
    weights = Bounded.of(*(_column([one.judged for one, _ in pooled], end) for end in ("low", "high", "value")))
    means = Bounded.of(*(_column(rates, end) for end in ("low", "high", "value")))
    made = weighted_mean(means, weights) if rates else Bounded.of(np.nan, np.nan)
    if not made.is_known.all():
        return None
    value = None if np.isnan(made.value).any() else made.value.item()
    interval = (
        f"weighted ends of the 95 % intervals for {'the mean of trials' if ends == MEAN else 'one further trial'}"
    )
    return Estimate(value, made.low.item(), made.high.item(), "percentage", interval=interval)


def _column(quantities: list, end: str) -> list[float]:
    return [np.nan if (held := getattr(one, end)) is None else held for one in quantities]
