"""A record that lies in a folder, read and checked: what `caseness check` tells of it, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from django.utils import timezone

from caseness.check import PRACTICE_PROFILE, Checked, check
from caseness.check.model import Finding, Unreadable
from caseness.check.telling import tell_finding
from caseness.cli.practice_tables import places_of, practice_to_plain
from caseness.read import open_record, read_record
from caseness.read.practice import Practice, PracticeSheets, read_practice
from caseness.report.findings import verdict_on
from caseness.web.exchange.arriving import choose_submissions
from caseness.web.exchange.known_courses import known_courses, tell_courses
from caseness.web.services.models import Service

# The engine of a process runs one thing at a time.
ENGINE = Lock()
# More rejected rows than these tell nothing more.
_MOST_ROWS = 50
# What is said of a row that reading rejected, in the words of a sheet: it is written out in no file that a page gives.
_OF_FORM = {
    "says": "Each row of the sheet can be used.",
    "remedy": "Mend these rows in the sheet, and check it again.",
}
_SHOWN = ("rule", "severity", "table", "says", "count", "of", "effect", "remedy")


def read_source(source: Path, to: Path, profile: str, service: Service) -> PracticeSheets | None:
    """Read a record, or the sheet of a practice, into typed tables. Gives what the sheet was taken for.

    Raises
    ------
    UnreadableRecord
        If there is none. Nothing is left in `to` then.
    """
    if profile == PRACTICE_PROFILE:
        return read_practice(source, to, practice_of(service))[1]
    read_record(source, to)
    return None


def practice_of(service: Service) -> Practice:
    """How the sheet of a service is read: what is imported outlives it."""
    return Practice(
        provider=service.provider_code, outlives_the_sheet=True, read_on=timezone.localdate(),
        find_known=lambda clients: known_courses(service, clients, with_sessions=True),
    )  # fmt: skip


def tell_sheet(found: PracticeSheets | None, service: Service) -> dict[str, Any]:
    """What each header was taken for, what was assumed, which rows cannot be used, and what becomes of each course.

    No cell of a row is in it, but of a row that says something else of a session than what is here: its reason says both.
    """
    if found is None:
        return {}
    told = practice_to_plain(found)
    return {"sheet": {**told, "rejected": told["rejected"][:_MOST_ROWS], "courses": tell_courses(found, service)}}


def check_read(folder: Path, profile: str) -> Checked:
    """What is left of a record that was read into a folder."""
    return check(open_record(folder), profile)


def tell_checked(checked: Checked, service: Service, sheet: PracticeSheets | None = None) -> dict[str, Any]:
    """Findings and counts for a page, and what would be imported. No value of a row is in it.

    Of a sheet each finding says which rows of it break the rule.

    Raises
    ------
    RecordRefused
        If the record is of another provider.
    """
    arrival = choose_submissions(checked, service)
    own = [one for one in checked.findings if not one.rule.is_consequence]
    return {
        "verdict": verdict_on(checked),
        "made_up": checked.made_up,
        "months": [month or "all of the sheet" for month in arrival.months.values()],
        "left": dict(arrival.left),
        "findings": [_tell_one(one, sheet) for one in own],
        "taken_along": sum(one.count for one in checked.findings if one.rule.is_consequence),
        "tables": [
            {"table": table, "read": one.read, "kept": one.kept, "rejected": one.unreadable + one.rejected}
            for table, one in checked.tables.items()
        ],
        "ignored": [{"file": one.name, "why": one.ignored} for one in checked.record.files if one.ignored][:50],
    }


def _tell_one(finding: Finding, sheet: PracticeSheets | None) -> dict[str, Any]:
    told = tell_finding(finding)
    shown = {name: told[name] for name in _SHOWN}
    if sheet is None:
        return shown
    return {**shown, **(_OF_FORM if _is_of_form(finding) else {}), "rows": _places(finding, sheet)}


def _is_of_form(finding: Finding) -> bool:
    return isinstance(finding.rule.test, Unreadable) and not finding.rule.test.column


def _places(finding: Finding, sheet: PracticeSheets) -> list[dict[str, Any]]:
    """Which rows of the sheet a finding is of, each once, and why they were rejected where reading did that."""
    why = {one.where: "; ".join(one.reasons) for one in sheet.rejected}
    return [
        {"sheet": sheet.sheets[where.sheet - 1].name, "row": where.row, "why": why.get(where, "")}
        for where in places_of(finding, sheet)
    ]


def rows_of(told: Mapping[str, Any]) -> int:
    """How many rows a record that was told of has."""
    return sum(one["read"] for one in told.get("tables", ()))
