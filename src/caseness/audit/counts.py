"""The counts that an audit speaks of, by the names people use, and how each is made."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from caseness.audit.cube import Cube
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL
from caseness.stats.bounds import Bounded


@dataclass(frozen=True)
class Count:
    """A count, its meaning, and the published figures that are added or taken away to make it.

    `plus` and `minus` are official ids. `annual_plus` replaces `plus` on the annual
    basis, where the count is not printed but follows from counts that are; it is unknown
    in the years of `unknown_in`, with the reason in `unknown_because`.
    """

    name: str
    label: str
    meaning: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    annual_plus: tuple[str, ...] = ()
    unknown_in: tuple[Period, ...] = ()
    unknown_because: str = ""


# In 2015-16 "no reliable change" is the remainder of the other two, so that nobody was left
# unpaired: the sum of the three says nothing of how many had two scores.
# Source: published-data, trap 13 (annual report 2015-16, legacy annual file).
_RESIDUAL_YEAR = (financial_year(2015),)

_ALL = (
    Count("referrals_received", "Referrals received", "Referrals received in the period.", ("M001",)),
    Count(
        "accessing_services",
        "Accessing services",
        "Referrals whose first treatment contact fell in the period.",
        ("M031",),
    ),
    Count(
        "ended_referrals",
        "Referrals ended",
        "Referrals that ended in the period, however far they had come.",
        ("M056",),
    ),
    Count(
        "ended_before_treatment",
        "Ended before treatment",
        "Referrals that ended without a treatment contact.",
        ("M153",),
    ),
    Count("ended_treated_once", "Ended, treated once", "Referrals that ended after one treatment contact.", ("M075",)),
    Count(
        "ended_after_treatment",
        "Ended after treatment",
        "Referrals that ended after at least one treatment contact.",
        ("M075", "M076"),
    ),
    Count(
        "finished_course",
        "Finished a course",
        "Referrals that ended after two or more treatment contacts. Finished does not mean completed.",
        ("M076",),
    ),
    Count(
        "at_caseness", "At caseness", "Finished a course, with a first score at or above a threshold.", ("at_caseness",)
    ),
    Count(
        "not_at_caseness",
        "Not at caseness",
        "Finished a course, with both first scores below the threshold.",
        ("M179",),
    ),
    Count(
        "judged_for_recovery",
        "Judged for recovery",
        "Finished a course, less those not at caseness: the official denominator of recovery.",
        ("M076",),
        ("M179",),
    ),
    Count(
        "paired",
        "Paired scores",
        "Finished a course with a first and a last score on both measures.",
        ("M202",),
        (),
        ("M185", "M187", "M189"),
        _RESIDUAL_YEAR,
        "no reliable change was published as a remainder in 2015-16",
    ),
    Count(
        "reliable_improvement",
        "Reliably improved",
        "Finished a course, and at least one score fell by more than its error while neither rose so.",
        ("M185",),
    ),
    Count(
        "no_reliable_change",
        "No reliable change",
        "Finished a course with paired scores, and neither improved nor deteriorated.",
        ("M187",),
    ),
    Count(
        "reliable_deterioration",
        "Reliably deteriorated",
        "Finished a course, and at least one score rose by more than its error while neither fell so.",
        ("M189",),
    ),
    Count(
        "recovery", "Recovered", "At caseness at the start, below both thresholds at the last paired score.", ("M191",)
    ),
    Count("reliable_recovery", "Reliably recovered", "Recovered, and reliably improved.", ("M193",)),
    Count("appointments", "Appointments", "Appointments in the period, attended or not.", ("M082",)),
    Count(
        "appointments_attended",
        "Appointments attended",
        "Appointments attended on time, or late but seen.",
        ("M086", "M087"),
    ),
    Count("appointments_not_attended", "Appointments not attended", "Appointments missed without warning.", ("M084",)),
)

COUNTS = MappingProxyType({count.name: count for count in _ALL})


def count(cube: Cube, name: str) -> Bounded:
    """A count for every period and organisation of a cube.

    Unknown (NaN) wherever one of the figures it is made of was not published on this
    basis: a count is never completed from another basis.
    """
    definition = COUNTS[name]
    plus = definition.annual_plus if cube.basis == ANNUAL and definition.annual_plus else definition.plus
    made = cube.plane(plus[0])
    for figure_id in plus[1:]:
        made = made + cube.plane(figure_id)
    for figure_id in definition.minus:
        made = (made - cube.plane(figure_id)).at_least(0)
    return _blank(made, cube, definition.unknown_in) if cube.basis == ANNUAL else made


def _blank(made: Bounded, cube: Cube, years: tuple[Period, ...]) -> Bounded:
    hidden = np.array([period in years for period in cube.periods])[:, None]
    return Bounded(*(np.where(hidden, np.nan, end) for end in (made.low, made.high, made.value)))
