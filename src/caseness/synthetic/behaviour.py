"""How made-up people fare, where no release gives it: named numbers, each with its source or the reason it is assumed."""

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
# The fall of untreated people is told for so many weeks.
_FALL_WEEKS = 8


@dataclass(frozen=True)
class Number:
    """One number of `behaviour.toml`. It has a source, or the reason why it is assumed."""

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
    """The values by name. What each means stands in `behaviour.toml`, or in the facts."""

    correlation: float
    occasion_share: float
    autocorrelation: float
    natural_change: float
    natural_weeks: float
    natural_spread: float
    treatment_change: float
    treatment_spread: float
    sudden_gain_share: float
    sudden_gain: float
    therapist_share_of_outcome: float
    therapist_share_of_endings: float
    effects_correlation: float
    drop_out_after_second: float
    unemployed_log_odds: float
    older_log_odds: float
    unimproved_log_odds: float
    missed_log_odds: float
    age_effect: float
    step_up_share: float
    step_down_share: float
    returns_share: float
    good_enough_chance: float
    late_share: float
    follow_up_share: float
    internet_share: float
    employment_support_share: float
    waiting_change: float
    outcome_spread: float
    anxiety_change: float
    wsas_recorded: float
    pair_recorded: float
    measure_recorded: float
    responds_share: float
    ending_lag: float
    not_seen_wait: float


@cache
def numbers() -> tuple[Number, ...]:
    """Every number, in the order of the file."""
    text = files("caseness.synthetic").joinpath("behaviour.toml").read_text("utf-8")
    return tuple(Number(**one) for one in tomllib.loads(text)["number"])


def lay_out(facts: Facts) -> Behaviour:
    """The values by name: those of `behaviour.toml`, and those that the facts give.

    Examples
    --------
    >>> from caseness.synthetic.facts import load_facts
    >>> lay_out(load_facts()).therapist_share_of_endings
    0.126
    """
    found = {one.name: one.value for one in numbers()}
    given = {name: facts.number(fact) for name, fact in _FROM_FACTS.items()}
    natural = facts.number("natural.phq9_fall") / -expm1(-_FALL_WEEKS / found["natural_weeks"])
    return Behaviour(
        **found, **given, natural_change=natural, unemployed_log_odds=log(facts.number("drop_out.unemployed"))
    )
