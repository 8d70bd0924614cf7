"""Finished courses of a record, judged under every definition of change, side by side."""

from caseness.audit.change.definitions import DEFINITIONS, PROGRAMME, Definition, find_definition
from caseness.audit.change.judge import judge_change
from caseness.audit.change.model import (
    Agreement,
    Courses,
    Judged,
    JudgedOutcome,
    Lines,
    NotJudged,
    OfficialFigure,
    Outcome,
    Scores,
    SessionScores,
    SmallestChange,
    Verdict,
)

__all__ = [
    "DEFINITIONS",
    "PROGRAMME",
    "Agreement",
    "Courses",
    "Definition",
    "Judged",
    "JudgedOutcome",
    "Lines",
    "NotJudged",
    "OfficialFigure",
    "Outcome",
    "Scores",
    "SessionScores",
    "SmallestChange",
    "Verdict",
    "find_definition",
    "judge_change",
]
