"""Waits within a course: from the assessment to the first stage of care, and from one stage to the next.

A stage is a run of two or more treatments of one intensity.
"""

from __future__ import annotations

from caseness.measures.algebra import Clock, Condition, Measure, condition, count, mean, percentage
from caseness.measures.chapter import Chapter
from caseness.measures.columns import STAGE
from caseness.measures.conditions import number

HIGH, LOW = "high", "low"
# The first date of each intensity. A stage wait reads the one of its stage, and a step reads both.
_FIRST_DATE = {HIGH: "I101D30", LOW: "I101D31"}

ended = Clock("discharge_date", STAGE, "discharge_date", "that finished a course in the period")
wait = number("days_to_first_stage", "days from the assessment to the first stage")
gap = number("days_between_stages", "days from the last contact of the first stage to the first of the second")


@condition
def assessed_first(assessment_first_date, first_session_date, excluded_before_first_stage):
    """assessed no later than first treated, with at most one odd contact before the first stage"""
    return (assessment_first_date <= first_session_date) & ~excluded_before_first_stage


@condition
def in_order_between(excluded_between_stages):
    """with at most one odd contact between the two stages"""
    return ~excluded_between_stages


def _begins(stage: str) -> Condition:
    says = f"whose first stage is of {stage} intensity"
    begun = Condition(("first_stage",), says, lambda first: first == stage, (_FIRST_DATE[stage],))
    has_wait = Condition(("days_to_first_stage",), "whose wait is known", lambda days: days.notnull())
    return assessed_first & begun & has_wait


def _steps(first: str, second: str) -> Condition:
    says = f"and whose second stage is of {second} intensity"
    stepped = Condition(("second_stage",), says, lambda stage: stage == second)
    has_gap = Condition(("days_between_stages",), "whose gap is known", lambda days: days.notnull())
    begun = Condition(("first_stage",), f"whose first stage is of {first} intensity", lambda stage: stage == first)
    return assessed_first & begun & stepped & in_order_between & has_gap


def _at_most(of: Condition, most: int) -> Condition:
    return Condition(of.columns, f"{of.says}: at most {most}", lambda days: days <= most)


def _count(figure_id: str, title: str, where: Condition) -> Measure:
    return count(figure_id, title, on=ended, where=where)


_high, _low, _down, _up = _begins(HIGH), _begins(LOW), _steps(HIGH, LOW), _steps(LOW, HIGH)
wait_high = mean("M347", "Mean wait from assessment to a first stage of high intensity", wait, on=ended, where=_high)
wait_low = mean("M348", "Mean wait from assessment to a first stage of low intensity", wait, on=ended, where=_low)
gap_down = mean("M349", "Mean wait when stepped down", gap, on=ended, where=_down)
gap_up = mean("M350", "Mean wait when stepped up", gap, on=ended, where=_up)
began_high = _count("M352", "First stage of high intensity", _high)
began_low = _count("M353", "First stage of low intensity", _low)
stepped_down = _count("M354", "Stepped down", _down)
stepped_up = _count("M355", "Stepped up", _up)
high_28_days = _count("M356", "First stage of high intensity within 28 days", _high & _at_most(wait, 28))
low_28_days = _count("M357", "First stage of low intensity within 28 days", _low & _at_most(wait, 28))
high_90_days = _count("M358", "First stage of high intensity within 90 days", _high & _at_most(wait, 90))
low_90_days = _count("M359", "First stage of low intensity within 90 days", _low & _at_most(wait, 90))
up_28_days = _count("M360", "Stepped up within 28 days", _up & _at_most(gap, 28))
up_90_days = _count("M361", "Stepped up within 90 days", _up & _at_most(gap, 90))
share_high_28 = percentage(
    "M362", "Share with a first stage of high intensity within 28 days", high_28_days, began_high
)
share_low_28 = percentage("M363", "Share with a first stage of low intensity within 28 days", low_28_days, began_low)
share_high_90 = percentage(
    "M364", "Share with a first stage of high intensity within 90 days", high_90_days, began_high
)
share_low_90 = percentage("M365", "Share with a first stage of low intensity within 90 days", low_90_days, began_low)
share_up_28 = percentage("M366", "Share stepped up within 28 days", up_28_days, stepped_up)
share_up_90 = percentage("M367", "Share stepped up within 90 days", up_90_days, stepped_up)

CHAPTER = Chapter(
    "stages",
    "Stages of care",
    "Some wait within the course: after an assessment, or when they are passed on to more intense therapy.",
    (
        wait_high,
        wait_low,
        gap_down,
        gap_up,
        began_high,
        began_low,
        stepped_down,
        stepped_up,
        high_28_days,
        low_28_days,
        high_90_days,
        low_90_days,
        up_28_days,
        up_90_days,
        share_high_28,
        share_low_28,
        share_high_90,
        share_low_90,
        share_up_28,
        share_up_90,
    ),
)
