"""Small records of one course, told as text tables, for tests of the casebook.

Beside the tables of `derived_records` a test may tell `reviews`, `goals`, `alliance`, `life`, `homes` and `conditions`.
"""

from dataclasses import replace

from built_records import build
from caseness.casebook import case_of, find_referral, make_case
from caseness.casebook.rows import take_rows
from derived_records import read_headers, rows_of, submissions_of

KEY = b"a key for tests, of 32 letters or more"
_OURS = {
    "reviews": ("EXT02EndingReview", {"referral": "ServiceRequestId", "on": "EndingReviewDate", "kind": "EndingKind", "decided": "EndingDecidedBy", "reason": "EndingReason", "note": "EndingNote", "told": "EndingToldBy"}),
    "goals": ("EXT03Goal", {"referral": "ServiceRequestId", "goal": "GoalId", "wording": "GoalWording", "rating": "GoalRating", "on": "GoalRatingDate"}),
    "alliance": ("EXT04AllianceAndExperience", {"referral": "ServiceRequestId", "tool": "AllianceTool", "score": "AllianceScore", "on": "AllianceDate"}),
    "life": ("EXT05LifeCircumstances", {"referral": "ServiceRequestId", "kind": "LifeCircumstanceKind", "on": "LifeCircumstanceDate", "note": "LifeCircumstanceNote"}),
    "homes": ("IDS003AccommStatus", {"patient": "LocalPatientId", "type": "AccommodationType", "on": "AccommodationTypeDate"}),
    "conditions": ("IDS602LongTermCondition", {"referral": "ServiceRequestId", "scheme": "FindSchemeInUse", "code": "LongTermCondition"}),
}  # fmt: skip
REFERRALS = """
    month   | referral | received   | ended      | source | end_code
    2025-04 | R1       | 2025-04-01 |            | B1     |
    2025-05 | R1       | 2025-04-01 |            | B1     |
    2025-06 | R1       | 2025-04-01 | 2025-06-20 | B1     | 46
"""
# A treatment contact each week from 7 April to 16 June, each with an activity.
DAYS = ("04-07", "04-14", "04-21", "04-28", "05-05", "05-12", "05-19", "05-26", "06-02", "06-09", "06-16")
CONTACTS = [
    {"month": f"2025-{day[:2]}", "contact": f"C{n}", "referral": "R1", "on": f"2025-{day}", "type": "02"}
    for n, day in enumerate(DAYS, 1)
]
ACTIVITIES = [
    {"month": f"2025-{day[:2]}", "activity": f"A{n}", "contact": f"C{n}", "staff": "T-SECRET", "therapy": "cbt"}
    for n, day in enumerate(DAYS, 1)
]


def scored(*totals, tool="phq9"):
    """A score of a questionnaire in each contact in turn. None stands for none."""
    pairs = enumerate(zip(DAYS, totals, strict=False), 1)
    return [
        {"month": f"2025-{day[:2]}", "activity": f"A{n}", "tool": tool, "score": str(total)}
        for n, (day, total) in pairs
        if total is not None
    ]


def record_of(folder, provider="ZZ9", notes=(), **tables):
    """A record of one provider in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return _recorded(folder, _submissions(provider, tables), notes)


def record_of_providers(folder, **tables_by_provider):
    """A record of several providers, each with its tables."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [one for provider, tables in tables_by_provider.items() for one in _submissions(provider, tables)]
    return _recorded(folder, found, ())


def _recorded(folder, submissions, notes):
    return replace(read_headers(build(folder, submissions), submissions), notes=tuple(notes))


def _submissions(provider, tables):
    theirs = {name: rows for name, rows in tables.items() if name not in _OURS}
    submissions = submissions_of(provider=provider, **{"referrals": REFERRALS, **theirs})
    by_month = {one["IDS000Header"][0]["ReportingPeriodStartDate"][:7]: one for one in submissions}
    for name in set(tables) & set(_OURS):
        table_id, columns = _OURS[name]
        for each in rows_of(tables[name]) if isinstance(tables[name], str) else tables[name]:
            cells = {columns[column]: cell or None for column, cell in each.items() if column != "month"}
            by_month[each["month"]].setdefault(table_id, []).append(cells)
    return submissions


def course_of(folder, with_notes=False, **tables):
    """The case that a small record makes of its referral R1, without signals."""
    record = record_of(folder, **tables)
    return case_of(take_rows(record, find_referral(record, "R1", KEY)), "case-aaaa-bbbb-cccc", with_notes)


def watched(folder, **tables):
    """The same with its signals."""
    return make_case(record_of(folder, **tables), "R1", KEY)
