"""Which numbers of behaviour are fitted, each to which margin, and how a number moves when its margin is off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from caseness.synthetic.margin import Margin

PROBLEMS = ("F32", "F411", "F431", "F401", "F42", "F410", "F412", "F402", "F452", "F400")
WITH_OWN_MEASURE = ("F400", "F401", "F410", "F42", "F431", "F452")
REST = "rest"
ADD, TIMES, ODDS = "add", "times", "odds"
# No more than this in one round, on the scale of the move.
_MOST = 0.3


@dataclass(frozen=True)
class Fitted:
    """One number. It is moved by `pace` times what part `part` of `margin` is off: added, as a factor, or as log odds.

    A factor compares logarithms and log odds compare log odds, unless `plain`: then the plain difference is taken.
    """

    name: str
    start: float
    about: str
    margin: str
    part: str = ""
    how: str = TIMES
    pace: float = 0.8
    plain: bool = False
    least: float = -np.inf
    most: float = np.inf

    @property
    def told(self) -> str:
        """The margin in words."""
        return f"the margin {self.margin}" + (f", part {self.part}" if self.part else "")

    def moved(self, value: float, margins: Mapping[str, Margin], pace: float) -> float:
        """The number after one round."""
        parts = margins[self.margin].parts
        part = next(one for one in parts if self.part in ("", one.label))
        assert part.synthetic is not None, f"{self.margin} has nothing to compare"
        step = pace * self.pace * self._off(part.published, part.synthetic)
        return float(np.clip(self._with(value, float(np.clip(step, -_MOST, _MOST))), self.least, self.most))

    def _with(self, value: float, step: float) -> float:
        if self.how == ADD:
            return value + step
        return value * np.exp(step) if self.how == TIMES else _chance(_log_odds(value) + step)

    def _off(self, published: float, synthetic: float) -> float:
        if self.plain or self.how == ADD:
            return published - synthetic
        if self.how == TIMES:
            return float(np.log(published / max(synthetic, 1e-4)))
        return _log_odds(published) - _log_odds(synthetic)


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return float(np.log(share / (1 - share)))


def _chance(log_odds: float) -> float:
    return float(1 / (1 + np.exp(-log_odds)))


_OF_ALL = (
    Fitted("response", 12.0, "Points of the PHQ-9 that treatment takes off in those who respond, at mean severity", "recovery.all", how=TIMES, pace=0.0),
    Fitted("responds_share", 0.47, "Share of people who respond to treatment: the effect lies around two middles, not one", "improvement.all", how=ODDS, pace=0.0),
    Fitted("low_only_share", 0.42, "Share for whom low intensity therapy alone is planned", "pathway", "low", ODDS),
    Fitted("low_before_high_share", 0.7, "Share of all others who have a few contacts of low intensity before high intensity therapy", "pathway", "high", ODDS, -0.8),
    Fitted("planned_low", 6.0, "Planned contacts of low intensity therapy, where there is nothing else", "contacts.low"),
    Fitted("planned_high", 11.0, "Planned contacts of high intensity therapy", "contacts.high"),
    Fitted("first_uncoded_share", 0.7, "Share of first treatment contacts of which no therapy is told", "contacts.mean", how=ODDS, pace=1.0, plain=True),
    Fitted("never_coded_share", 0.04, "Share of courses of which no therapy is told at all", "pathway", "none", ODDS),
    Fitted("drop_out_after_second", 0.035, "Chance of dropping out after a session, at the mean of everything, from the second session on", "end_code.finished", "47", ODDS),
    Fitted("service_ends_chance", 0.003, "Chance after each session that the service ends what the person would go on with", "end_code.finished", "48"),
    Fitted("once_log_odds", -0.1, "Log odds of ending after one session beside the published share: some more lose contact before the second", "treated.once", how=ADD, pace=3.0),
    Fitted("first_wait_part", 0.8, "First appointment as a part of the published wait, which ends with the first session that was held", "wait.first.mean"),
    Fitted("second_wait_part", 1.1, "Wait from the first session to the next appointment as a part of the published wait for a second session", "wait.second.bands", "over 90 days", TIMES, 2.0, True),
    Fitted("weekly_share", 0.5, "Share of people who are seen every week; of the others most come every second week", "gap.mean", how=ODDS, pace=-0.15, plain=True),
    Fitted("assessed_apart_share", 0.08, "Share of people who are assessed in an appointment of its own before treatment", "app_type", "01"),
    Fitted("assessed_again_share", 0.4, "Share of new steps that begin with assessment and treatment in one", "app_type", "03", ODDS, 6.0, True),
    Fitted("review_only_share", 0.012, "Share of later appointments that are review only", "app_type", "04"),
    Fitted("other_purpose_share", 0.006, "Share of later appointments that are for something else", "app_type", "07"),
    Fitted("employment_support_share", 0.06, "Share of people in treatment who also get employment support", "app_type", "10"),
    Fitted("follow_up_share", 0.1, "Share of agreed endings with a follow-up contact a week after, where that is still in the month", "app_type", "06"),
)  # fmt: skip
FITTED: tuple[Fitted, ...]


def _of_problem(code: str) -> Iterator[Fitted]:
    for scale, title in (("phq9", "PHQ-9"), ("gad7", "GAD-7")):
        yield Fitted(
            f"{code}.{scale}", 0.0, f"Points of the {title} by which the level at referral lies above that of the facts, {code}",
            f"intake.{code}.{scale}.mean", how=ADD, pace=0.9,
        )  # fmt: skip
        yield Fitted(
            f"{code}.{scale}_spread", 1.05, f"Spread of the {title} at referral as a part of the published one, {code}",
            f"intake.{code}.{scale}.sd", pace=0.9,
        )  # fmt: skip
    yield Fitted(
        f"{code}.responds", 0.0, f"Log odds of responding to treatment beside the average, {code}", f"improvement.{code}", how=ADD, pace=5.0
    )  # fmt: skip
    # Where the measure of a problem decides on recovery, its spread says how far it falls with anxiety.
    if code in WITH_OWN_MEASURE:
        yield Fitted(
            f"{code}.own_start", 0.2, f"Standard deviations by which first scores of the own measure lie above the assumed ones, {code}",
            f"not_case.{code}", how=ADD, pace=-3.0, least=-1.0, most=1.2,
        )  # fmt: skip
        yield Fitted(
            f"{code}.own_spread", 1.0, f"Spread of the own measure as a part of the assumed one, {code}",
            f"recovery.{code}", pace=2.5, plain=True, least=0.6, most=2.0,
        )  # fmt: skip
    else:
        yield Fitted(
            f"{code}.effect", 1.0, f"Change of those who respond against the average, {code}",
            f"recovery.{code}", pace=1.4, plain=True, least=0.4, most=1.2,
        )  # fmt: skip


FITTED = (*_OF_ALL, *(one for code in PROBLEMS for one in _of_problem(code)))
_REST = (
    *(
        one
        for scale, title in (("phq9", "PHQ-9"), ("gad7", "GAD-7"))
        for one in (
            Fitted(f"{REST}.{scale}", 0.0, f"Points of the {title} at referral above those of the facts, all other problems", "none of its own: the mean of the problems"),
            Fitted(f"{REST}.{scale}_spread", 1.05, f"Spread of the {title} at referral, all other problems", "none of its own: the mean of the problems"),
        )
    ),
    Fitted(f"{REST}.responds", 0.0, "Log odds of responding beside the average, all other problems", "none of its own"),
    Fitted(f"{REST}.effect", 1.0, "Change of those who respond against the average, all other problems", "none of its own"),
)  # fmt: skip


def all_fitted() -> tuple[Fitted, ...]:
    """Every number of the file, in its order."""
    return (*FITTED, *_REST)
