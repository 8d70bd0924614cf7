"""Of whom a rate is asked, from those who finished to those who were referred, and who has no outcome at each level."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A group of which a rate can be asked. `everyone` is the name of its count.

    `is_ratio_of_flows` marks a level whose people are not those who have the outcomes.
    """

    id: str
    label: str
    everyone: str
    who_is_unknown: str
    is_ratio_of_flows: bool = False


LEVELS = (
    Level(
        "finisher",
        "Finished a course",
        "finished_course",
        "Those who finished without a first and a last score on both measures.",
    ),
    Level(
        "starter",
        "Treated at least once",
        "ended_after_treatment",
        "Those, and everyone whose referral ended after one treatment contact: with one contact there cannot be a first "
        "and a last score.",
    ),
    Level(
        "ended",
        "Referral ended",
        "ended_referrals",
        "Those, and everyone whose referral ended before treatment. Nobody measured how they fared.",
    ),
    Level(
        "referral",
        "Referral received",
        "referrals_received",
        "Everyone received in the period beyond the number with paired scores. They are not the people who ended in it: "
        "some are still waiting or in treatment, and some who ended were received before. So this is a ratio of two "
        "flows, and no share of one group of people.",
        is_ratio_of_flows=True,
    ),
)


@dataclass(frozen=True)
class Rate:
    """A rate to bound: the name of its count, of its official denominator, and whether only cases can have it."""

    name: str
    label: str
    official: str
    is_of_cases: bool
    is_good: bool


RATES = (
    Rate("recovery", "Recovery", "judged_for_recovery", True, True),
    Rate("reliable_recovery", "Reliable recovery", "judged_for_recovery", True, True),
    Rate("reliable_improvement", "Reliable improvement", "finished_course", False, True),
    Rate("reliable_deterioration", "Reliable deterioration", "finished_course", False, False),
)

STRATA = (
    (
        "unpaired",
        "Finished, no paired scores",
        "Finished a course without a first and a last score on both measures: no reliable-change class. Nobody knows how "
        "many of them were at caseness.",
    ),
    (
        "neither",
        "Finished, no caseness class",
        "A first score is missing. The official rate counts them as cases who did not recover. They are among those "
        "without paired scores, and are not added to them.",
    ),
    (
        "ended_treated_once",
        "Treated once",
        "One treatment contact, so no first and last score, by construction. A group of its own: no outcome is put in "
        "its place.",
    ),
    (
        "ended_before_treatment",
        "Ended before treatment",
        "No treatment contact. Whether they needed any, or fared well without, is not recorded.",
    ),
    (
        "remainder",
        "Remainder",
        "Ended, less the three published groups, which do not add up exactly. It can be below nothing.",
    ),
)
