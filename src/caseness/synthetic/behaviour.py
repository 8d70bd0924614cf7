"""How made-up people fare, where no release gives it: named numbers, each with its source or the reason it is assumed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


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
    """The values by name. What each means stands in `behaviour.toml`."""

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
    provider_share_of_outcome: float
    therapist_share_of_endings: float
    provider_share_of_endings: float
    effects_correlation: float
    drop_out_after_second: float
    unemployed_log_odds: float
    older_log_odds: float
    deprivation_log_odds: float
    deprivation_drop_out_log_odds: float
    unimproved_log_odds: float
    missed_log_odds: float
    deprivation_effect: float
    age_effect: float
    ethnic_effect: float
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


@cache
def numbers() -> tuple[Number, ...]:
    """Every number, in the order of the file."""
    text = files("caseness.synthetic").joinpath("behaviour.toml").read_text("utf-8")
    return tuple(Number(**one) for one in tomllib.loads(text)["number"])


@cache
def load_behaviour() -> Behaviour:
    """The values by name.

    Examples
    --------
    >>> load_behaviour().therapist_share_of_endings
    0.126
    """
    found = {one.name: one.value for one in numbers()}
    wanted = {each.name for each in fields(Behaviour)}
    if found.keys() != wanted:
        raise ValueError(f"behaviour.toml differs from what is used in {sorted(found.keys() ^ wanted)}.")
    return Behaviour(**found)
