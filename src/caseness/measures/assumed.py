"""Which assumed rules a measure or a breakdown rests on.

The rules are declared by `derive`, each with its options. Three of them say which row stands for a pathway or a person, and
so touch every measure; the others touch the columns that are named here.
"""

from __future__ import annotations

from caseness.derive.experience import DATES, QUESTIONS
from caseness.measures.algebra import Measure
from caseness.measures.breakdown import Variable
from caseness.measures.columns import REFERRAL, UIDS
from caseness.measures.lineage import columns_read

EVERYWHERE = ("submissions", "person", "pathway")

_ENDS, _NO_SCORES = ("first", "last"), ("sick_pay", "psychotropic")
_SCORES = tuple(name for name in UIDS[REFERRAL] if name.endswith(_ENDS) and not name.startswith(_NO_SCORES))
_FLAGS = ("at_caseness", "not_at_caseness", "recovery", "reliable_improvement", "no_change", "reliable_deterioration")
_SESSIONS = (
    "first_session_date",
    "second_session_date",
    "last_session_date",
    "treatment_contacts",
    "completed_treatment",
)
_SUPPORT_SESSIONS = ("support.treatment_contacts", "support.completed_treatment", "annual.completed_treatment")
_STATUSES = tuple(
    f"support.status_{name}" for name in ("at_start", "at_end", "before_support", "after_support", "so_far_in_support")
)
_OF_SCORES = (*_SCORES, *_FLAGS, "anxiety_measure")
_CHANGES = _FLAGS[3:]
ANSWER_DATES, ANSWERS = (tuple(one.name for one in told) for told in (DATES, QUESTIONS))

# Columns of the grain of referrals, unless a grain is named.
_TOUCHED: dict[str, tuple[str, ...]] = {
    "support-in-sessions": (*_SESSIONS, *_SUPPORT_SESSIONS, "stage.first_stage", "stage.first_session_date"),
    "second-session": ("second_session_date",),
    "log-inside": (
        *_SESSIONS,
        *_SUPPORT_SESSIONS,
        "care_contacts",
        "other_high_intensity_contacts",
        "annual.therapy_at_end",
        "stage.first_stage",
    ),
    "high-intensity": ("stage.days_to_first_stage", "stage.days_between_stages"),
    "stage-intensity": ("stage.first_stage", "stage.second_stage"),
    "scores-of-support": _OF_SCORES,
    "scores-of-missed-contacts": _OF_SCORES,
    "scores-of-follow-up": _OF_SCORES,
    "scores-after-discharge": _OF_SCORES,
    "score-ties": _OF_SCORES,
    "problem-ties": ("problem", "anxiety_measure", "anxiety_measure_last", *_FLAGS),
    "reliable-change": _CHANGES,
    "unverified-cut-offs": ("at_caseness", "not_at_caseness", "recovery"),
    "unverified-reliable-change": _CHANGES,
    "in-training": ("contact.staff_standing",),
    "record-start": ("support.record_start_date",),
    "employment-rows": (*_STATUSES, "support.suitable_for_support"),
    "employment-groups": _STATUSES,
    "blank-sickness": _STATUSES[:-1],
    "support-ended": ("support.support_ended_date",),
    "follow-up-contacts": ("annual.followed_up",),
    "employment-answers": ("annual.employment_at_end",),
    "experience-day": tuple(f"annual.{name}" for name in (*ANSWER_DATES, *ANSWERS)),
}


def assumptions_of(measure: Measure) -> tuple[str, ...]:
    """The ids of the assumed rules that a measure rests on, without those that touch every measure.

    >>> from caseness.measures.catalogue import find_measure
    >>> assumptions_of(find_measure("M184"))
    ('support-in-sessions', 'second-session', 'log-inside')
    >>> assumptions_of(find_measure("M056"))
    ()
    """
    read = set(columns_read(measure))
    return tuple(rule for rule, columns in _TOUCHED.items() if read & set(map(_in_full, columns)))


def status_of(measure: Measure) -> str:
    """Whether a measure is exact, or rests on assumed rules, and on which. Every measure can be computed.

    >>> from caseness.measures.catalogue import find_measure
    >>> status_of(find_measure("M056"))
    'exact'
    """
    rules = assumptions_of(measure)
    return f"rests on {', '.join(rules)}" if rules else "exact"


def status_of_variable(variable: Variable) -> str:
    """Whether a variable is exact, rests on assumed rules, or cannot be told from a record alone.

    >>> from caseness.measures.variables import find_variable
    >>> status_of_variable(find_variable("V002")), status_of_variable(find_variable("V001"))
    ('exact', 'rests on breakdown-age')
    """
    if variable.needs_deciles:
        return "not computable from a record alone: it needs a file of deciles by postcode (--deprivation)"
    return f"rests on {', '.join(variable.assumed)}" if variable.assumed else "exact"


def _in_full(column: str) -> str:
    return column if "." in column else f"{REFERRAL}.{column}"
