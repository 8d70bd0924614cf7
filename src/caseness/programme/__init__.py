"""A programme's own rules as data: stages, outcome rule, endings, dated targets and breaks."""

from caseness.programme.model import Break, EndCode, EndGroup, Measure, Outcome, Programme, Stage, Target
from caseness.programme.reading import load, read_programme

__all__ = [
    "Break",
    "EndCode",
    "EndGroup",
    "Measure",
    "Outcome",
    "Programme",
    "Stage",
    "Target",
    "load",
    "read_programme",
]
