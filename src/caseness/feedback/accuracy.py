"""How often a signal was right in this service, in plain words."""

from __future__ import annotations

from functools import lru_cache

from caseness.feedback.cohort import CAME
from caseness.feedback.norms import Measured, Norm
from caseness.feedback.signal import NOT_MEASURED
from caseness.stats.signal_accuracy import Accuracy, Rate, accuracy


# A caseload asks for the same few again and again.
@lru_cache(maxsize=1024)
def accuracy_of(one: Measured) -> Accuracy:
    """The accuracy of a signal, with intervals of 95 %, from its counts."""
    return accuracy(one.hits, one.false_alarms, one.missed, one.rightly_silent)


def say_accuracy(norm: Norm | None, signal: str, outcome: str, made_up: str = "") -> str:
    """What was counted of a signal and an outcome, on courses of people kept apart.

    Examples
    --------
    >>> say_accuracy(None, "sawtooth", "")
    'Not measured here.'
    """
    found = [one for one in norm.measured if (one.signal, one.outcome) == (signal, outcome)] if norm else []
    if not found:
        return NOT_MEASURED
    return _say(found[0], "on courses of people who do not exist" if made_up else "here")


def _say(one: Measured, where: str) -> str:
    raised, came = one.hits + one.false_alarms, one.hits + one.missed
    every = raised + one.missed + one.rightly_silent
    # Without a hit nothing says how many must be looked at.
    if not one.hits:
        return f"Measured {where}: raised in {raised:,} of {every:,} courses; {came:,} {CAME[one.outcome]}."
    found = accuracy_of(one)
    review = found.number_needed_to_review
    return (
        f"Measured {where}: raised in {raised:,} of {every:,} courses before the last score. Of them "
        f"{_percent(found.positive_predictive_value)} {CAME[one.outcome]}. Of all who were so it was raised in "
        f"{_percent(found.sensitivity)}. {review.value:.1f} are looked at to find one."
    )


def _percent(rate: Rate) -> str:
    return f"{rate.value:.0%} ({rate.low:.0%} to {rate.high:.0%})"
