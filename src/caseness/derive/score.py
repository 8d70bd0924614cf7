"""Which scores count, and the first and the last of each questionnaire: aggregates of candidate scores."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.contact import FOLLOW_UP
from caseness.derive.derivation import REFERRAL, SUBMISSION_ROW, Derivation, derivation
from caseness.derive.lists import TOOLS, Tool
from caseness.derive.order import packed_order

_SPEC = "specification of record and measures, section 1.5"
_ELIGIBLE = (
    "scores-of-support",
    "scores-of-missed-contacts",
    "scores-of-follow-up",
    "scores-after-discharge",
)
# What is packed behind the order of a score: its value as a whole number, at most 500 (IBS, or 5.00 in hundredths).
VALUES = 1 << 9


@derivation(
    SUBMISSION_ROW,
    when_null="A score with the referral has no contact, and none of these rules bars it.",
    source=_SPEC,
    assumed=_ELIGIBLE,
)
def may_count(
    with_contact: Any, attended: Any, has_employment_support: Any, appointment_type: Any, options: Any
) -> Any:
    """The score was taken in a contact that lets it count, or in none."""
    barred = ibis.literal(False)
    if options.scores_of_support == "dropped":
        barred = barred | has_employment_support
    if options.scores_of_missed_contacts == "dropped":
        barred = barred | ~attended
    if options.scores_of_follow_up == "dropped":
        barred = barred | (appointment_type == FOLLOW_UP).fill_null(False)
    return ~(with_contact & barred)


@derivation(
    SUBMISSION_ROW,
    when_null="Without an end of the referral: up to the end of the month.",
    source=_SPEC,
    assumed=("scores-after-discharge",),
)
def score_inside(assessed_on: Any, referral_date: Any, discharge_date: Any, period_end: Any, options: Any) -> Any:
    """Taken between the day of the referral and that on which it ended, or the month did."""
    end = period_end if options.scores_after_discharge == "kept" else ibis.coalesce(discharge_date, period_end)
    return assessed_on.between(referral_date, end)


@derivation(
    SUBMISSION_ROW, when_null="A blank time counts as the start of the day.", source=_SPEC, assumed=("score-ties",)
)
def score_order(assessed_on: Any, referral_date: Any, seconds: Any, tie: Any, value: Any, options: Any) -> Any:
    """The order of a score within its referral, with the score behind it."""
    order = packed_order(assessed_on, referral_date, 0 if options.score_ties == "row" else seconds, tie)
    return order * VALUES + value


_RULES = (*_ELIGIBLE, "score-ties")


# By questionnaire first: of the many scores of a referral two of each are left to be laid side by side.
@derivation(SUBMISSION_ROW, when_null="Never null.", source=_SPEC, assumed=_RULES)
def first_order(score_order: Any) -> Any:
    """The order of the first score of a questionnaire within the referral, with the score behind it."""
    return score_order.min()


@derivation(SUBMISSION_ROW, when_null="Never null.", source=_SPEC, assumed=_RULES)
def last_order(score_order: Any) -> Any:
    """The order of the last score of a questionnaire within the referral, with the score behind it."""
    return score_order.max()


def _of_tool(tool_place: Any, order: Any, place: int) -> Any:
    return ibis.ifelse(tool_place == place, order, None).max()


def _value(order: Any, scale: int) -> Any:
    return (order % VALUES) / scale if scale > 1 else (order % VALUES).cast("float64")


def _first_of(one: Tool, place: int) -> Derivation:
    def first(tool_place: Any, first_order: Any) -> Any:
        return _value(_of_tool(tool_place, first_order, place), one.scale)

    first.__name__ = f"{one.name}_first"
    first.__doc__ = f"The first {one.name.replace('_', ' ')} score within the referral."
    return derivation(
        REFERRAL, uid=one.uids[0], official=f"{one.official}_FirstScore", source=_SPEC, is_wide=True, assumed=_RULES,
        when_null="Null where no score counts.",
    )(first)  # fmt: skip


# A score that is the first and the last is one score, and there is no last one.
def _last_of(one: Tool, place: int) -> Derivation:
    def last(tool_place: Any, first_order: Any, last_order: Any, discharge_date: Any) -> Any:
        is_there = discharge_date.notnull() & (last_order > first_order)
        return _value(_of_tool(tool_place, ibis.ifelse(is_there, last_order, None), place), one.scale)

    last.__name__ = f"{one.name}_last"
    last.__doc__ = f"The last {one.name.replace('_', ' ')} score within the referral, once it has ended."
    return derivation(
        REFERRAL, uid=one.uids[1], official=f"{one.official}_LastScore", source=_SPEC, is_wide=True, assumed=_RULES,
        when_null="Null where fewer than two scores count, and until the referral has ended.",
    )(last)  # fmt: skip


ENDS = tuple(end for place, one in enumerate(TOOLS, start=1) for end in (_first_of(one, place), _last_of(one, place)))
CANDIDATE = (may_count, score_inside, score_order)
OF_TOOL = (first_order, last_order)
DERIVATIONS = (*CANDIDATE, *OF_TOOL, *ENDS)
