"""Effect sizes: how far scores fall, in standard deviations of England's scores at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import ibis

from caseness.measures.algebra import Condition, Measure, condition, count, deviation, effect_size, ended, mean
from caseness.measures.conditions import finished, number
from caseness.measures.long_term_conditions import at_caseness
from caseness.measures.outcomes import not_at_caseness

# The five questions of WSAS as the grains call them, with what the report calls each, in its order.
QUESTIONS = {
    "wsas_work": "Work",
    "wsas_home_management": "Home Management",
    "wsas_social_leisure": "Social Leisure Activities",
    "wsas_private_leisure": "Private Leisure Activities",
    "wsas_relationships": "Relationships",
}
# Source: WASASTOTAL, in the metadata of the effect size file.
_ANSWERED = 4
CASENESS = {"At caseness": at_caseness, "Not at caseness": not_at_caseness}


def _answered(*answers: Any) -> Any:
    return sum((answer.notnull().cast("int32") for answer in answers), ibis.literal(0, "int32"))


def _total_of(*answers: Any) -> Any:
    told, number_of = sum((answer.fill_null(0.0) for answer in answers), ibis.literal(0.0)), _answered(*answers)
    return ibis.ifelse(number_of >= _ANSWERED, told * len(answers) / number_of, None)


def _columns(end: str) -> tuple[str, ...]:
    return tuple(f"{question}_{end}" for question in QUESTIONS)


wsas_paired = Condition(
    _columns("last"),
    "that answered four questions of WSAS or more twice",
    lambda *answers: _answered(*answers) >= _ANSWERED,
)


@condition
def _paired(phq9_last, gad7_last, anxiety_measure_last):
    """with two scores on PHQ-9, and on GAD-7 or the anxiety measure"""
    return phq9_last.notnull() & (gad7_last.notnull() | anxiety_measure_last.notnull())


@dataclass(frozen=True)
class Outcome:
    """What is measured at the start and at the end: what the report calls it, both scores, and whom it is of."""

    name: str
    printed: str
    first: Condition
    last: Condition
    of: Condition = finished

    @property
    def is_of_wsas(self) -> bool:
        """Whether it is of work and social adjustment, which has a count of its own."""
        return self.name.startswith("wsas")


def _scores(name: str, printed: str, of: Condition = finished) -> Outcome:
    first, last = (number(f"{name}_{end}", f"{end} scores on {printed}") for end in ("first", "last"))
    return Outcome(name, printed, first, last, of)


PHQ9, GAD7 = _scores("phq9", "PHQ9"), _scores("gad7", "GAD7")
OUTCOMES = (
    PHQ9,
    GAD7,
    *(_scores(name, f"WASAS - {label}", finished & wsas_paired) for name, label in QUESTIONS.items()),
)
_FIRST_TOTAL, _LAST_TOTAL = (Condition(_columns(end), f"{end} totals of WSAS", _total_of) for end in ("first", "last"))
WSAS_TOTAL = Outcome("wsas", "WSAS", _FIRST_TOTAL, _LAST_TOTAL, finished & wsas_paired)


def start_and_end(figure: str, one: Outcome, also: Condition) -> tuple[Measure, Measure, Measure, Measure, Measure]:
    """Mean and deviation at the start, both at the end, and the effect size, over those who are something else besides."""
    whom = one.of & also
    return (
        mean(f"{figure}_mean_start", f"{one.printed}: mean at the start", one.first, on=ended, where=whom),
        deviation(f"{figure}_sd_start", f"{one.printed}: deviation at the start", one.first, on=ended, where=whom),
        mean(f"{figure}_mean_end", f"{one.printed}: mean at the end", one.last, on=ended, where=whom),
        deviation(f"{figure}_sd_end", f"{one.printed}: deviation at the end", one.last, on=ended, where=whom),
        effect_size(f"{figure}_effect_size", f"{one.printed}: effect size", one.first, one.last, on=ended, where=whom),
    )


_FIELDS = ("Mean_Start", "SD_Start", "Mean_End", "SD_End", "EffectSize")


@cache
def effect_cells(printed: str, caseness: str) -> Mapping[str, Measure]:
    """The fields of the file of effect sizes in the line of one measure and caseness at the start.

    >>> list(effect_cells("PHQ9", "At caseness"))[-1], len(effect_cells("WASAS - Work", "Not at caseness"))
    ('EffectSize', 7)
    """
    one, whom = next(each for each in OUTCOMES if each.printed == printed), CASENESS[caseness]
    figure = f"effect_{one.name}_{caseness.lower().replace(' ', '_')}"
    counts = {"Count_FinishedCourseTreatmentByInitialCasenessStatus": count(f"{figure}_paired", "Finished, paired", on=ended, where=finished & _paired & whom)}  # fmt: skip
    if one.is_of_wsas:
        counts["Count_FinishedCourseTreatmentPairedWSAS"] = count(f"{figure}_paired_wsas", "Finished, paired on WSAS", on=ended, where=one.of & whom)  # fmt: skip
    return MappingProxyType({**counts, **dict(zip(_FIELDS, start_and_end(figure, one, whom), strict=True))})
