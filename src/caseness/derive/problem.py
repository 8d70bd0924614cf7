"""What the person came with: codes made alike, the one problem that stands for a referral, and its two categories."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.codes import code_list
from caseness.derive.derivation import REFERRAL, SUBMISSION_ROW, declared_in, derivation

_SIMPLE = "specification of record and measures, section 1.3"
_PATHWAY = "specification of record and measures, section 1.4"
_NULL_CODE = "Null where the scheme or the code is missing."
ICD_10, SNOMED_CT, INVALID = "01", "04", "-3"
OTHER, NOT_STATED = "Other recorded problems", "Not stated, not known or invalid"
_ICD_10 = r"^[A-Z][0-9]{2}[0-9A-Z]{0,3}$"


def validated(scheme: Any, code: Any) -> Any:
    """A finding code as NHS England makes it alike: SNOMED CT as it stands, ICD-10 without dots and in capitals.

    An ICD-10 code of three characters that is valid without a fourth is padded, which no document that was read
    lists; so it is left, and every test of it is by its beginning.
    """
    plain = code.upper().re_replace("[^0-9A-Z]", "")
    return ibis.cases(
        (scheme.isnull() | code.isnull(), ibis.null("string")),
        (scheme == SNOMED_CT, code),
        ((scheme == ICD_10) & plain.re_search(_ICD_10), plain),
        else_=INVALID,
    )


@derivation(
    REFERRAL,
    uid="I603D07",
    official="Validated_PresentingComplaint",
    when_null=_NULL_CODE,
    source=_SIMPLE,
    assumed=("problem-ties", "problem-rows"),
)
def problem(complaint_scheme: Any, complaint: Any) -> Any:
    """The problem of the referral, of one row of its months so far: a row with a code first, then primary before secondary, then the latest, then the last row."""
    return validated(complaint_scheme, complaint)


@derivation(SUBMISSION_ROW, official="Validated_LongTermConditionCode", when_null=_NULL_CODE, source=_SIMPLE)
def validated_condition(condition_scheme: Any, condition: Any) -> Any:
    """The long-term condition, made alike."""
    return validated(condition_scheme, condition)


@derivation(SUBMISSION_ROW, official="Validated_FindingCode", when_null=_NULL_CODE, source=_SIMPLE)
def validated_finding(finding_scheme: Any, finding: Any) -> Any:
    """The finding, made alike."""
    return validated(finding_scheme, finding)


@derivation(
    REFERRAL,
    uid="I101D21",
    official="PresentingComplaintHigherCategory",
    when_null="Null and -3 are not stated.",
    source=_PATHWAY,
)
def problem_higher_category(problem: Any) -> Any:
    """The chapter of the problem, as the official breakdown V011 has it."""
    return _by_list(problem, lambda code: code.group)


@derivation(
    REFERRAL,
    uid="I101D22",
    official="PresentingComplaintLowerCategory",
    when_null="Null and -3 are not stated.",
    source=_PATHWAY,
)
def problem_lower_category(problem: Any) -> Any:
    """The problem by name, as the official breakdown V011 has it."""
    return _by_list(problem, lambda code: code.meaning)


# The first that matches counts: F452 stands before F45.
def _by_list(problem: Any, label: Any) -> Any:
    branches = [
        (problem.startswith(code.code) if code.match == "prefix" else problem == code.code, label(code))
        for code in code_list("PresComp").codes
    ]
    missing = problem.isnull() | (problem == INVALID)
    return ibis.cases((missing, NOT_STATED), *branches, else_=OTHER)


DERIVATIONS = declared_in(globals())
