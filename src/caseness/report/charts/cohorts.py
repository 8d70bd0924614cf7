"""A cohort as bars: at each step those known to have come to it, and a line on to all who still can."""

from __future__ import annotations

from caseness.audit.cohorts import Cohort, CohortStep
from caseness.audit.spelling import spell
from caseness.report.charts.bars import Bar, bar_of, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import BLUE, Width


def draw_cohort(cohort: Cohort, width: Width) -> Drawing:
    """Describe one cohort. Steps without a share are left out."""
    return draw_bars([_bar(one) for one in cohort.steps if one.of_received.is_known], width, longest=100.0)


def _bar(step: CohortStep) -> Bar:
    return bar_of(step.of_received, step.step.label, spell(step.of_received), BLUE)
