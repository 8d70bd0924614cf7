"""Validation rules as data, one query per table or relation, and what is left of a record when they have spoken."""

from caseness.check.checked import Checked
from caseness.check.checking import check
from caseness.check.model import (
    FILE,
    GROUP,
    PRACTICE_PROFILE,
    PROFILES,
    RECORD,
    SEVERITIES,
    SUBMISSION_PROFILE,
    WARNING,
    Finding,
    Rule,
    TableCount,
)
from caseness.check.quality import FieldQuality
from caseness.check.rules import NOT_CHECKED, RULES, rule, rules_for

__all__ = [
    "FILE",
    "GROUP",
    "NOT_CHECKED",
    "PRACTICE_PROFILE",
    "PROFILES",
    "RECORD",
    "RULES",
    "SEVERITIES",
    "SUBMISSION_PROFILE",
    "WARNING",
    "Checked",
    "FieldQuality",
    "Finding",
    "Rule",
    "TableCount",
    "check",
    "rule",
    "rules_for",
]
