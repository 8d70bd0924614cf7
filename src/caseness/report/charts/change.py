"""The headline under every definition of change: a dot with its interval for each, around the programme's own."""

from __future__ import annotations

from caseness.audit.change import JudgedOutcome
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.gaps import Dot, draw_dots
from caseness.report.charts.theme import Width


def draw_change(outcome: JudgedOutcome, width: Width) -> Drawing:
    """Describe one outcome for one width. Definitions without a rate are left out."""
    known = [one for one in outcome.verdicts if one.rate.is_known]
    return draw_dots([Dot(one.label, one.rate) for one in known], outcome.headline.rate, width)
