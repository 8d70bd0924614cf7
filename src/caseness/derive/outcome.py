"""The anxiety measure of a referral, and what became of the person: caseness, recovery and reliable change."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.derivation import REFERRAL, Derivation, derivation
from caseness.derive.lists import ANXIETY_TOOLS, GAD7_TOKEN, PHQ9, SPECIFIC, cut_off, smallest_change
from caseness.instruments.judging import DIGITS

_SCORES = "specification of record and measures, section 1.5, item 5"
_OUTCOME = "specification of record and measures, section 3.1"
_FALSE = "A missing score is no sign of a case or of change: false. False until a course has been completed."
_CUT, _CHANGE = ("unverified-cut-offs",), ("reliable-change", "unverified-reliable-change")
_TOKENS = tuple(ANXIETY_TOOLS)


@derivation(
    REFERRAL,
    uid="I101D53",
    official="CompletedTreatment_Flag",
    when_null="Without an end: false.",
    source="specification of record and measures, section 1.4",
)
def completed_treatment(discharge_date: Any, treatment_contacts: Any) -> Any:
    """The referral has ended and had at least two treatment sessions."""
    return discharge_date.notnull() & (treatment_contacts >= 2)


@derivation(REFERRAL, when_null="Without a problem: GAD-7.", source=_SCORES, is_wide=True)
def anxiety_problem(problem: Any) -> Any:
    """The anxiety measure that belongs to the problem."""
    tests = (
        ((problem == one.problem) if one.is_whole else problem.startswith(one.problem), one.token) for one in SPECIFIC
    )
    return ibis.cases(*tests, else_=GAD7_TOKEN)


# The measure of the problem if it is paired, else GAD-7 if that is, else whichever has a first score.
def _scale(**given: Any) -> Any:
    own, own_first, own_last = given["anxiety_problem"], *_own(given)
    return ibis.cases(
        (own_last.notnull(), own),
        (given["gad7_last"].notnull(), GAD7_TOKEN),
        (own_first.notnull(), own),
        (given["gad7_first"].notnull(), GAD7_TOKEN),
        else_=ibis.null("string"),
    )


def _own(given: Any) -> tuple[Any, Any]:
    return tuple(_picked(given["anxiety_problem"], given, end) for end in ("first", "last"))  # pyright: ignore[reportReturnType]


def _picked(token: Any, given: Any, end: str) -> Any:
    return ibis.cases(
        *((token == each, given[f"{name}_{end}"]) for each, name in ANXIETY_TOOLS.items()), else_=ibis.null("float64")
    )


_FIRSTS = tuple(f"{name}_first" for name in ANXIETY_TOOLS.values())
_LASTS = tuple(f"{name}_last" for name in ANXIETY_TOOLS.values())


def _of_scores(name: str, meaning: str, parameters: tuple[str, ...], compute: Any, **declared: Any) -> Derivation:
    return Derivation(
        name,
        REFERRAL,
        declared.pop("uid", ""),
        meaning,
        parameters,
        source=_SCORES,
        compute=compute,
        is_wide=True,
        **declared,
    )


anxiety_scale = _of_scores(
    "anxiety_scale", "The questionnaire that stands for anxiety: that of the problem if it is paired, else GAD-7 if that is, else "
    "whichever has a first score.", ("anxiety_problem", *_FIRSTS, *_LASTS), _scale,
    when_null="Null where there is no first score on either.",
)  # fmt: skip
anxiety_measure_first = _of_scores(
    "anxiety_measure_first", "The first score of the questionnaire that stands for anxiety.", ("anxiety_scale", *_FIRSTS),
    lambda **given: _picked(given["anxiety_scale"], given, "first"), uid="I101D91", official="ADSM_FirstScore",
    when_null="Null where there is no first score on either.",
)  # fmt: skip
anxiety_measure_last = _of_scores(
    "anxiety_measure_last", "The last score of the questionnaire that stands for anxiety.", ("anxiety_scale", *_LASTS),
    lambda **given: _picked(given["anxiety_scale"], given, "last"), uid="I101D92", official="ADSM_LastScore",
    when_null="Null where neither is paired.",
)  # fmt: skip


# M204 takes the token of a specific measure to mean that it is paired, so an unpaired one has no token.
@derivation(
    REFERRAL,
    uid="I101D90",
    official="ADSM",
    when_null="Null where no score stands for anxiety, or a specific one that is not paired.",
    source=_SCORES,
    is_wide=True,
)
def anxiety_measure(anxiety_scale: Any, anxiety_measure_last: Any) -> Any:
    """The name of the questionnaire that stands for anxiety."""
    return ibis.ifelse((anxiety_scale == GAD7_TOKEN) | anxiety_measure_last.notnull(), anxiety_scale, None)


@derivation(
    REFERRAL,
    uid="I101D105",
    official="Caseness_Flag",
    when_null="One score is enough. False until a course has been completed.",
    source=_OUTCOME,
    is_wide=True,
    assumed=_CUT,
)
def at_caseness(
    completed_treatment: Any, phq9_first: Any, anxiety_measure_first: Any, anxiety_scale: Any, options: Any
) -> Any:
    """At caseness on PHQ-9 or on the anxiety measure when therapy began."""
    return completed_treatment & (
        _is_case(PHQ9, phq9_first, options) | _is_anxiety_case(anxiety_scale, anxiety_measure_first, options)
    )


@derivation(
    REFERRAL, uid="I101D106", official="NotCaseness_Flag", when_null=_FALSE, source=_OUTCOME, is_wide=True, assumed=_CUT
)
def not_at_caseness(
    completed_treatment: Any, phq9_first: Any, anxiety_measure_first: Any, anxiety_scale: Any, options: Any
) -> Any:
    """Below both cut-offs when therapy began: there is nothing to recover from."""
    return completed_treatment & _below_both(phq9_first, anxiety_measure_first, anxiety_scale, options)


@derivation(
    REFERRAL, uid="I101D107", official="Recovery_Flag", when_null=_FALSE, source=_OUTCOME, is_wide=True, assumed=_CUT
)
def recovery(at_caseness: Any, phq9_last: Any, anxiety_measure_last: Any, anxiety_scale: Any, options: Any) -> Any:
    """At caseness when therapy began, and below both cut-offs at the last scores."""
    return at_caseness & _below_both(phq9_last, anxiety_measure_last, anxiety_scale, options)


@derivation(REFERRAL, when_null=_FALSE, source=_OUTCOME, is_wide=True)
def paired(completed_treatment: Any, phq9_last: Any, anxiety_measure_last: Any) -> Any:
    """A completed course with two scores on PHQ-9 and two on the anxiety measure."""
    return completed_treatment & phq9_last.notnull() & anxiety_measure_last.notnull()


@derivation(REFERRAL, when_null="A missing score is no fall.", source=_OUTCOME, is_wide=True, assumed=_CHANGE)
def has_fallen(
    phq9_first: Any,
    phq9_last: Any,
    anxiety_measure_first: Any,
    anxiety_measure_last: Any,
    anxiety_scale: Any,
    options: Any,
) -> Any:
    """PHQ-9 or the anxiety measure has fallen reliably."""
    return _either(phq9_first - phq9_last, anxiety_measure_first - anxiety_measure_last, anxiety_scale, options)


@derivation(REFERRAL, when_null="A missing score is no rise.", source=_OUTCOME, is_wide=True, assumed=_CHANGE)
def has_risen(
    phq9_first: Any,
    phq9_last: Any,
    anxiety_measure_first: Any,
    anxiety_measure_last: Any,
    anxiety_scale: Any,
    options: Any,
) -> Any:
    """PHQ-9 or the anxiety measure has risen reliably."""
    return _either(phq9_last - phq9_first, anxiety_measure_last - anxiety_measure_first, anxiety_scale, options)


@derivation(
    REFERRAL,
    uid="I101D108",
    official="ReliableImprovement_Flag",
    when_null=_FALSE,
    source=_OUTCOME,
    is_wide=True,
    assumed=_CHANGE,
)
def reliable_improvement(paired: Any, has_fallen: Any, has_risen: Any) -> Any:
    """One measure has fallen reliably, and neither has risen reliably."""
    return paired & has_fallen & ~has_risen


@derivation(
    REFERRAL,
    uid="I101D110",
    official="ReliableDeterioration_Flag",
    when_null=_FALSE,
    source=_OUTCOME,
    is_wide=True,
    assumed=_CHANGE,
)
def reliable_deterioration(paired: Any, has_fallen: Any, has_risen: Any) -> Any:
    """One measure has risen reliably, and neither has fallen reliably."""
    return paired & has_risen & ~has_fallen


@derivation(
    REFERRAL, uid="I101D109", official="NoChange_Flag", when_null=_FALSE, source=_OUTCOME, is_wide=True, assumed=_CHANGE
)
def no_change(paired: Any, has_fallen: Any, has_risen: Any) -> Any:
    """Neither measure has changed reliably, or one has fallen and the other risen."""
    return paired & (has_fallen == has_risen)


@derivation(REFERRAL, when_null=_FALSE, source=_OUTCOME, is_wide=True, assumed=(*_CUT, *_CHANGE))
def reliable_recovery(recovery: Any, reliable_improvement: Any) -> Any:
    """Recovered, and reliably improved."""
    return recovery & reliable_improvement


def _is_case(name: str, score: Any, options: Any) -> Any:
    line = cut_off(name, options)
    return line.holds(score).fill_null(False) if line else ibis.literal(False)


def _is_below(name: str, score: Any, options: Any) -> Any:
    line = cut_off(name, options)
    return (~line.holds(score)).fill_null(False) if line else ibis.literal(False)


def _by_scale(scale: Any, judged: Any) -> Any:
    return ibis.cases(*((scale == token, judged(name)) for token, name in ANXIETY_TOOLS.items()), else_=False)


def _is_anxiety_case(scale: Any, score: Any, options: Any) -> Any:
    return _by_scale(scale, lambda name: _is_case(name, score, options))


def _below_both(phq9: Any, anxiety: Any, scale: Any, options: Any) -> Any:
    return _is_below(PHQ9, phq9, options) & _by_scale(scale, lambda name: _is_below(name, anxiety, options))


# Where no reliable change is known for a measure, no change on it is reliable, and PHQ-9 decides alone.
def _either(phq9_by: Any, anxiety_by: Any, scale: Any, options: Any) -> Any:
    on_anxiety = _by_scale(scale, lambda name: _is_reliable(name, anxiety_by, options))
    return _is_reliable(PHQ9, phq9_by, options) | on_anxiety


def _is_reliable(name: str, by: Any, options: Any) -> Any:
    line = smallest_change(name, options)
    return line.holds(by.round(DIGITS)).fill_null(False) if line else ibis.literal(False)


CHOICE = (anxiety_problem, anxiety_scale, anxiety_measure_first, anxiety_measure_last, anxiety_measure)
FLAGS = (
    at_caseness, not_at_caseness, recovery, paired, has_fallen, has_risen, reliable_improvement, no_change,
    reliable_deterioration, reliable_recovery,
)  # fmt: skip
DERIVATIONS = (completed_treatment, *CHOICE, *FLAGS)
