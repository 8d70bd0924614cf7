"""How the official measures count a course: its own rows derived as those of a whole record are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from caseness.casebook.model import Official
from caseness.casebook.rows import CaseRows
from caseness.derive import derive, find_derivation
from caseness.engine import fetch
from caseness.errors import CannotDerive

# The claims that are shown, in the order of the journey. Their meaning is that of the derivation.
CLAIMS = (
    "completed_treatment",
    "at_caseness",
    "not_at_caseness",
    "recovery",
    "reliable_improvement",
    "no_change",
    "reliable_deterioration",
    "reliable_recovery",
)
_NO_MONTHS = (
    "The official measures count months of submissions, and this record has none, such as that of a practice. What the scores say by "
    "the same lines stands with each questionnaire."
)


def official_of(rows: CaseRows) -> Official:
    """Derive the rows of one referral, and read how it is counted. The rows were not checked."""
    with TemporaryDirectory(prefix="caseness-case-") as folder:
        try:
            grains = derive(rows, Path(folder))
        except CannotDerive:
            return Official((), _NO_MONTHS)
        found = fetch(grains.referral).to_pylist()
    return Official(_claims(max(found, key=lambda each: each["month"])))


def _claims(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    if row["discharge_date"] is None:
        return (("The course is open, so no outcome is counted yet.", "open"),)
    return tuple((find_derivation(name).meaning, "yes" if row[name] else "no") for name in CLAIMS)
