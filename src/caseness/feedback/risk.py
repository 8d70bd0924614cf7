"""The item about risk: whatever the total, an answer above its line is looked at the same day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from caseness.feedback.case import Case
from caseness.feedback.signal import RISK_ITEM, Signal, Urgency
from caseness.feedback.words import make_signal, say_day
from caseness.instruments import Risk


def risk_signals(case: Case) -> Iterator[Signal]:
    """The risk item of the last questionnaire whose items are recorded, if its answer is above the line.

    Only where single answers are recorded: a total tells nothing of one item, and its silence is no sign of safety.
    """
    risk = case.course.questionnaire.risk
    answers = _answers(case, risk) if risk else []
    if risk is None or not answers or answers[-1][1] <= risk.above:
        return
    day, answer = answers[-1]
    why = f"Item {risk.item} of {case.name} was answered {answer:g} on {say_day(day)}. {_beside_before(answers, risk)}"
    rests_on = f"Item {risk.item} of {case.name}; an answer above {risk.above} ({_source(risk)})."
    yield make_signal(case, RISK_ITEM, why, rests_on, Urgency.AT_ONCE, _since(answers, risk))


def _answers(case: Case, risk: Risk) -> list[tuple[date, float]]:
    if case.course.risk_answers is not None:
        return list(case.course.risk_answers)
    held = ((one.day, one.items[risk.item - 1]) for one in case.course.scores if len(one.items) >= risk.item)
    return [(day, answer) for day, answer in held if answer is not None]


def _beside_before(answers: list[tuple[date, float]], risk: Risk) -> str:
    if len(answers) < 2:
        return "It is the first answer that is recorded."
    (_, before), (_, now) = answers[-2:]
    if before <= risk.above:
        return f"That is new: the time before it was {before:g}."
    if now == before:
        return f"It is unchanged: the time before it was {before:g} too."
    return f"It has {'risen' if now > before else 'fallen'}: the time before it was {before:g}."


def _since(answers: list[tuple[date, float]], risk: Risk) -> date:
    began = answers[0][0]
    for (_, before), (day, now) in pairwise(answers):
        if before <= risk.above < now:
            began = day
    return began


def _source(risk: Risk) -> str:
    return risk.source if risk.verified else f"not verified: {risk.reason}"
