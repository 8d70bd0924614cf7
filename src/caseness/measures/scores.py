"""Whether outcomes can be known: who gave scores once, twice or never, and on the right questionnaire."""

from __future__ import annotations

import ibis

from caseness.measures.algebra import Condition, Expression, Measure, condition, count, ended, percentage
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import finished

# Problem descriptors that have an anxiety measure of their own: the first letters of the code, the columns of its scores,
# and the token of the measure. The construction of M196 and M204 gives them. Any other descriptor has GAD-7.
SPECIFIC = (
    ("F400", "agoraphobia_alone", "AgoraAlone"),
    ("F401", "social_phobia", "SocialPhobia"),
    ("F410", "panic_disorder", "PanicDisorder"),
    ("F42", "ocd", "OCD"),
    ("F431", "ptsd", "PTSD"),
    ("F452", "health_anxiety", "AnxietyInventory"),
    ("83482000", "biq", "BIQ"),
    ("G933", "cfs", "CFQ"),
    ("K58", "ibs", "IBS"),
    ("723916001", "phq15", "MUS"),
)
_PREFIXES = tuple(prefix for prefix, _, _ in SPECIFIC)
_FIRST = tuple(f"{column}_first" for _, column, _ in SPECIFIC)
_LAST = tuple(f"{column}_last" for _, column, _ in SPECIFIC)
_SCORES = len(SPECIFIC)


# The score on the measure that the descriptor asks for. Null where it asks for GAD-7, or where there is none.
def _specific(problem: Expression, scores: tuple[Expression, ...]) -> Expression:
    return ibis.cases(*((problem.startswith(prefix), score) for prefix, score in zip(_PREFIXES, scores, strict=True)))


def _has_first(problem: Expression, gad7: Expression, *scores: Expression) -> Expression:
    return _specific(problem, scores).notnull() | gad7.notnull()


def _has_last(problem: Expression, gad7: Expression, *scores: Expression) -> Expression:
    return _specific(problem, scores).notnull() | gad7.notnull()


def _has_first_only(
    problem: Expression, gad7_first: Expression, gad7_last: Expression, *scores: Expression
) -> Expression:
    first, last = scores[:_SCORES], scores[_SCORES:]
    return _has_first(problem, gad7_first, *first) & ~_has_last(problem, gad7_last, *last)


anxiety_once = Condition(
    ("problem", "gad7_first", "gad7_last", *_FIRST, *_LAST),
    "with a first and no last score on the anxiety measure of the problem or GAD-7",
    _has_first_only,
)
anxiety_never = Condition(
    ("problem", "gad7_first", *_FIRST),
    "with no score on the anxiety measure of the problem or GAD-7",
    lambda *cells: ~_has_first(*cells),
)
anxiety_paired = Condition(
    ("problem", "gad7_last", *_LAST),
    "with a first and a last score on the anxiety measure of the problem or GAD-7",
    _has_last,
)


@condition
def has_own_measure(problem):
    """whose problem has an anxiety measure of its own"""
    return ibis.or_(*(problem.startswith(prefix) for prefix in _PREFIXES))


@condition
def paired_on_own_measure(problem, anxiety_measure):
    """that have a first and a last score on it"""
    return ibis.or_(*(problem.startswith(prefix) & (anxiety_measure == token) for prefix, _, token in SPECIFIC))


@condition
def phq9_once(phq9_first, phq9_last):
    """with a first and no last score on PHQ-9"""
    return phq9_first.notnull() & phq9_last.isnull()


@condition
def phq9_never(phq9_first):
    """with no score on PHQ-9"""
    return phq9_first.isnull()


@condition
def phq9_paired(phq9_last):
    """with a first and a last score on PHQ-9"""
    return phq9_last.notnull()


@condition
def both_paired(phq9_last, anxiety_measure_last):
    """with a first and a last score on PHQ-9 and on the anxiety measure"""
    return phq9_last.notnull() & anxiety_measure_last.notnull()


def _of_finished(figure_id: str, title: str, where: Condition) -> Measure:
    return count(figure_id, title, on=ended, where=finished & where)


anxiety_first_only = _of_finished("M196", "Anxiety measure answered once", anxiety_once)
no_anxiety = _of_finished("M197", "Anxiety measure never answered", anxiety_never)
anxiety_pair = _of_finished("M198", "Anxiety measure answered twice or more", anxiety_paired)
phq9_first_only = _of_finished("M199", "PHQ-9 answered once", phq9_once)
no_phq9 = _of_finished("M200", "PHQ-9 never answered", phq9_never)
phq9_pair = _of_finished("M201", "PHQ-9 answered twice or more", phq9_paired)
pairs = _of_finished("M202", "PHQ-9 and the anxiety measure answered twice or more", both_paired)
needs_own_measure = _of_finished("M203", "Finished, with a problem that has its own anxiety measure", has_own_measure)
own_measure_pairs = _of_finished(
    "M204", "Finished, with its own anxiety measure answered twice or more", paired_on_own_measure
)
own_measure_rate = percentage(
    "M205", "Share with their own anxiety measure answered twice or more", own_measure_pairs, needs_own_measure
)

CHAPTER = Chapter(
    "scores",
    "Scores available",
    "An outcome that was not measured is not known. The rates count it as no recovery.",
    (
        anxiety_first_only,
        no_anxiety,
        anxiety_pair,
        phq9_first_only,
        no_phq9,
        phq9_pair,
        pairs,
        needs_own_measure,
        own_measure_pairs,
        own_measure_rate,
    ),
)
