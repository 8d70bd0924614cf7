"""A check as plain content, for JSON and CSV: counts and row ids, never a value of a row."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from caseness.check.checked import Checked
from caseness.check.model import Finding, SubmissionHeader


def tell(checked: Checked) -> dict[str, Any]:
    """The whole check as plain content."""
    return {
        "profile": checked.profile,
        "worst": checked.worst,
        "score": checked.score,
        "submissions": [_tell_submission(one, checked) for one in checked.record.submissions],
        "tables": [
            {"table": table, **asdict(count), "score": checked.score_of(table)}
            for table, count in checked.tables.items()
        ],
        "findings": [tell_finding(finding) for finding in checked.findings],
        "fields": [{**asdict(each), "cells": each.cells, "score": each.score} for each in checked.fields],
        "not_applicable": [rule.id for rule in checked.not_applicable],
        "ignored": [{"file": one.name, "why": one.ignored} for one in checked.record.files if one.ignored],
        "notes": list(checked.record.notes),
    }


def tell_finding(finding: Finding) -> dict[str, Any]:
    """One finding as plain content."""
    rule = finding.rule
    return {
        "rule": rule.id,
        "official": list(rule.official),
        "severity": rule.severity,
        "table": rule.table,
        "columns": list(rule.columns),
        "says": rule.says,
        "count": finding.count,
        "of": finding.of,
        "share": finding.share,
        "submissions": sorted(one for one in finding.by_submission if one is not None),
        "rows": list(finding.rows),
        "effect": rule.effect,
        "remedy": rule.remedy,
        "source": rule.source,
        "verified": rule.verified,
        "reason": rule.reason,
    }


def _tell_submission(one: SubmissionHeader, checked: Checked) -> dict[str, Any]:
    return {
        "submission": one.id,
        "provider": one.provider,
        "version": one.version,
        "period_start": one.period_start.isoformat(),
        "period_end": one.period_end.isoformat(),
        "rejected_by": list(checked.refused.get(one.id, ())),
    }
