"""How made-up people fare, where no release gives it: named numbers, read, assumed with a reason, or fitted to margins."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import expm1, log
from types import MappingProxyType

from caseness.synthetic.facts import Facts

# What the facts give, by our name for it.
_FROM_FACTS = MappingProxyType(
    {
        "autocorrelation": "score.autocorrelation",
        "sudden_gain_share": "sudden_gain.share",
        "therapist_share_of_outcome": "therapist.outcome.share",
        "therapist_share_of_endings": "therapist.drop_out.share",
        "effects_correlation": "therapist.correlation",
        "returns_share": "re_referral.share",
        "internet_share": "internet.share",
        "ending_lag": "ending.lag",
        "not_seen_wait": "not_seen.wait",
    }
)
# `behaviour_fitted.toml` is written by scripts/fit_behaviour.py, the other by hand.
FILES = ("behaviour.toml", "behaviour_fitted.toml")
# The number of a problem is named by both, as in `F32.effect`.
_OF, _REST = ".", "rest"
# Only problems with a measure of their own have numbers for it, and only the others an effect of their own.
_NEUTRAL = MappingProxyType({"own_start": 0.0, "own_spread": 1.0, "effect": 1.0})
# The fall of untreated people is told for so many weeks.
_FALL_WEEKS = 8


@dataclass(frozen=True)
class Number:
    """One number of behaviour. It has a source, which may be the margin it is fitted to, or the reason why it is assumed."""

    name: str
    value: float
    about: str
    source: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if bool(self.source) == bool(self.reason):
            raise ValueError(f"{self.name}: give a source, or the reason why it is assumed.")


@dataclass(frozen=True)
class Behaviour:
    """The values by name. What each means stands in the two files, or in the facts."""

    correlation: float
    occasion_share: float
    autocorrelation: float
    natural_change: float
    natural_weeks: float
    natural_spread: float
    remits_share: float
    response: float
    responds_share: float
    treatment_spread: float
    enough_sessions: float
    enough_spread: float
    anxiety_spread: float
    sudden_gain_share: float
    sudden_gain: float
    therapist_share_of_outcome: float
    therapist_share_of_endings: float
    effects_correlation: float
    drop_out_after_second: float
    drop_out_falls: float
    service_ends_chance: float
    once_log_odds: float
    unemployed_log_odds: float
    older_log_odds: float
    unimproved_log_odds: float
    missed_log_odds: float
    age_effect: float
    low_only_share: float
    low_before_high_share: float
    planned_low: float
    planned_high: float
    step_up_share: float
    step_down_share: float
    returns_share: float
    good_enough_chance: float
    late_share: float
    follow_up_share: float
    internet_share: float
    first_wait_part: float
    second_wait_part: float
    weekly_share: float
    assessed_apart_share: float
    assessed_again_share: float
    review_only_share: float
    other_purpose_share: float
    first_uncoded_share: float
    never_coded_share: float
    employment_support_share: float
    waiting_change: float
    outcome_spread: float
    anxiety_change: float
    wsas_recorded: float
    pair_recorded: float
    measure_recorded: float
    ending_lag: float
    not_seen_wait: float

    @property
    def treatment_change(self) -> float:
        """Points of the PHQ-9 that treatment takes off in the end, on average of those who respond and those who do not."""
        return self.responds_share * self.response


@cache
def numbers() -> tuple[Number, ...]:
    """Every number, in the order of the two files: those assumed or read, and those fitted."""
    folder = files("caseness.synthetic")
    held = (tomllib.loads(folder.joinpath(name).read_text("utf-8"))["number"] for name in FILES)
    return tuple(Number(**one) for each in held for one in each)


def lay_out(facts: Facts) -> Behaviour:
    """The values by name: those of the two files, and those that the facts give.

    Examples
    --------
    >>> from caseness.synthetic.facts import load_facts
    >>> lay_out(load_facts()).therapist_share_of_endings
    0.126
    """
    found = {one.name: one.value for one in numbers() if _OF not in one.name}
    given = {name: facts.number(fact) for name, fact in _FROM_FACTS.items()}
    natural = facts.number("natural.phq9_fall") / -expm1(-_FALL_WEEKS / found["natural_weeks"])
    return Behaviour(
        **found, **given, natural_change=natural, unemployed_log_odds=log(facts.number("drop_out.unemployed"))
    )


def of_problem(code: str) -> dict[str, float]:
    """What was fitted to the margins of one problem, by name. A problem without margins of its own has those of the rest.

    Examples
    --------
    >>> of_problem("Z63") == of_problem("rest"), of_problem("F32") == of_problem("rest")
    (True, False)
    """
    held = {one.name: one.value for one in numbers() if _OF in one.name}
    found = {name: {**_NEUTRAL, **_named(held, name)} for name in {name.partition(_OF)[0] for name in held}}
    return found.get(code, found[_REST])


def _named(held: dict[str, float], problem: str) -> dict[str, float]:
    start = f"{problem}{_OF}"
    return {name.removeprefix(start): value for name, value in held.items() if name.startswith(start)}
