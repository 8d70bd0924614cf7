"""What the audit says of recovery that would have happened anyway."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate, Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Band:
    """What remains of recovery on one basis, when each applicable estimate of natural recovery is taken away.

    `judged` and `recovered` are the counts on this basis and `observed` their rate. `natural` runs
    from the lowest to the highest end of the applicable estimates (percent of those judged),
    `specific` is what remains (percentage points, and may be below 0), and `additional` what remains
    as people (never below 0). None of the three has a value in the middle: a band has none.
    `verdict` says "no additional recovery" where that is what is found.
    """

    basis: str
    recovered: Quantity
    judged: Quantity
    observed: Quantity
    natural: Estimate
    specific: Estimate
    additional: Estimate
    verdict: str


@dataclass(frozen=True)
class Remainder:
    """What remains on one basis when one estimate of natural recovery is taken away."""

    basis: str
    estimator_id: str
    label: str
    natural: Estimate
    specific: Estimate
    additional: Estimate
    verdict: str


@dataclass(frozen=True)
class Line:
    """A number behind an estimate, with the words that say which."""

    label: str
    number: Quantity
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """How far an estimate matches one criterion: 2 matches, 1 in part, 0 does not."""

    criterion: str
    question: str
    mark: int
    word: str
    because: str


@dataclass(frozen=True)
class Applicability:
    """A grade from A to D. It follows from the marks; without any it is what the reader's file says."""

    grade: str
    marks: tuple[Mark, ...]
    rule: str


@dataclass(frozen=True)
class Estimator:
    """One estimate of the percentage of those judged for recovery who would no longer be cases anyway.

    `kind` is curve, trials or retest. `lines` are the numbers behind it: other shapes, other
    assumptions, parts. `in_band` says whether it enters the band: its grade lets it in, and it is not `extrapolated`,
    which says that a curve was read outside the months that it gives ("" where it was not).
    """

    id: str
    kind: str
    label: str
    rate: Estimate
    assumes: tuple[str, ...]
    applicability: Applicability
    in_band: bool
    source: str
    is_from_reader: bool
    lines: tuple[Line, ...]
    extrapolated: str = ""

    @property
    def place(self) -> str:
        """Whether it is in the band and, where it is not by its grade, why."""
        return "yes" if self.in_band else f"no: {self.extrapolated}" if self.extrapolated else "no"


@dataclass(frozen=True)
class CurvePoint:
    """The percentage recovered by a number of months."""

    months: float
    recovered: Quantity


@dataclass(frozen=True)
class CurveLine:
    """A curve of recovery without treatment: the points it was laid through, and the line between them.

    `recovered` of a point on the line has the ends of its range, over shapes and given ends.
    """

    id: str
    label: str
    given: tuple[CurvePoint, ...]
    line: tuple[CurvePoint, ...]
    range: str


@dataclass(frozen=True)
class TimeAtRisk:
    """The mean time from referral to the last treatment contact of those who finished.

    `assumed_months` of `months` monthly files lack a figure, which is then assumed.
    """

    days: Estimate
    in_months: Estimate
    months: int
    assumed_months: int
    how: str


@dataclass(frozen=True)
class PooledArms:
    """Responders in the arms of trials of one disorder, pooled: control arms as listed, and each counted once."""

    disorder: str
    comparisons: int
    as_listed: Estimate
    treated: Estimate
    control_arms: int
    counted_once: Estimate
    one_further: Estimate
    i_squared: Quantity


@dataclass(frozen=True)
class ProblemShare:
    """How many of those judged for recovery had a problem, and whose control arms stand for it ("" for none)."""

    problem: str
    judged: Quantity
    share: Quantity
    disorder: str


@dataclass(frozen=True)
class Duration:
    """What one number of months alone does to what remains."""

    basis: str
    months: Quantity
    natural: Quantity
    specific: Quantity
    verdict: str


@dataclass(frozen=True)
class Natural:
    """Natural recovery, several estimates side by side, and the band of what remains.

    `absent` says in sentences what could not be worked out, and why.
    """

    bands: tuple[Band, ...]
    organisation: str
    period: Period
    time_at_risk: TimeAtRisk
    estimators: tuple[Estimator, ...]
    remainders: tuple[Remainder, ...]
    curves: tuple[CurveLine, ...]
    arms: tuple[PooledArms, ...]
    problems: tuple[ProblemShare, ...]
    problems_of: str
    durations: tuple[Duration, ...]
    least_grade: str
    absent: tuple[str, ...]

    def band(self, basis: str) -> Band | None:
        """The band on one basis, where there is one."""
        return next((one for one in self.bands if one.basis == basis), None)

    def estimator(self, estimator_id: str) -> Estimator | None:
        """One estimate, where there is one."""
        return next((one for one in self.estimators if one.id == estimator_id), None)
