"""A programme's own rules as data: stages, outcome rule, endings, dated targets and breaks."""

from caseness.programme.model import Break, EndCode, EndGroup, Measure, Outcome, Programme, Stage, Target, Unknown
from caseness.programme.reading import load, programme_names, read_programme

__all__ = [
    "Break",
    "EndCode",
    "EndGroup",
    "Measure",
    "Outcome",
    "Programme",
    "Stage",
    "Target",
    "Unknown",
    "load",
    "programme_names",
    "read_programme",
]
