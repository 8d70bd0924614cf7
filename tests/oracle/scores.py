"""Which scores of a pathway are its first and last, and which anxiety measure judges it (section 1.5)."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from oracle.cells import code, minute, text
from oracle.lists import MEASURE_OF_CONCEPT, MEASURE_OF_PREFIX, TOOLS
from oracle.record import Answer, Row

GENERAL = "GAD7"
ICD_10, SNOMED = "01", "04"
INVALID = "-3"
ICD_10_CODE = re.compile(r"[A-Z]\d[0-9A-Z]{1,3}")


class Pair(NamedTuple):
    """The first and the last score of one tool; `last` only where there are two scores and the referral ended."""

    first: Fraction | None = None
    last: Fraction | None = None


def pairs(answers: Iterable[Answer], inside: Callable[[date | None], bool], ended: bool) -> dict[str, Pair]:
    """First and last score of every tool, over the answers that may count."""
    taken: dict[str, list[Answer]] = {name: [] for name in TOOLS}
    for answer in answers:
        if inside(answer.day) and not answer.barred and within_range(answer):
            taken[answer.tool].append(answer)
    return {name: _pair(sorted(found, key=_order), ended) for name, found in taken.items()}


def within_range(answer: Answer) -> bool:
    tool = TOOLS[answer.tool]
    return answer.score is not None and tool.lowest <= answer.score <= tool.highest


# The two tables number their rows apart, so the table settles what date, time and row number leave open.
def _order(answer: Answer) -> tuple[object, ...]:
    return answer.day, minute(answer.clock), answer.row_id, answer.source


def _pair(found: list[Answer], ended: bool) -> Pair:
    first = found[0].score if found else None
    return Pair(first, found[-1].score if ended and len(found) >= 2 else None)


def problem(complaint: Row) -> str | None:
    """The validated code of a presenting complaint: ICD-10 put into one form, SNOMED as it is.

    >>> problem({"FindSchemeInUse": "01", "PresComp": "f42.1"}), problem({"FindSchemeInUse": "1", "PresComp": "?"})
    ('F421', '-3')
    """
    scheme, submitted = code(complaint.get("FindSchemeInUse"), 2), text(complaint.get("PresComp"))
    if scheme is None or submitted is None:
        return None
    if scheme == SNOMED:
        return submitted
    bare = re.sub(r"[^0-9A-Z]", "", submitted.upper())
    if scheme != ICD_10 or not ICD_10_CODE.fullmatch(bare):
        return INVALID
    return bare if len(bare) > 3 else f"{bare}X"


def chosen_problem(complaints: list[tuple[date, Row]]) -> str | None:
    """The problem of the one complaint that stands for a pathway."""
    return problem(max((row for _, row in complaints), key=_weight)) if complaints else None


# With a code before without; primary before secondary; then the latest date; then the highest row number.
def _weight(complaint: Row) -> tuple[object, ...]:
    significance = {"1": 2, "2": 1}.get(code(complaint.get("PresCompCodSig")) or "", 0)
    day = complaint.get("PresCompDate")
    return problem(complaint) is not None, significance, day is not None, day or date.min, complaint["row_id"]


def specific_measure(chosen: str | None) -> str | None:
    """The anxiety measure made for a problem, or null where GAD-7 is the one to use."""
    if chosen is None:
        return None
    named = (tool for prefix, tool in MEASURE_OF_PREFIX.items() if chosen.startswith(prefix))
    return MEASURE_OF_CONCEPT.get(chosen) or next(named, None)


def anxiety_measure(specific: str | None, scores: dict[str, Pair]) -> str:
    """The measure that judges: the specific one if paired, else GAD-7 if paired, else whichever was begun."""
    if specific is None or scores[specific].last is not None:
        return specific or GENERAL
    if scores[GENERAL].last is not None:
        return GENERAL
    return specific if scores[specific].first is not None else GENERAL
