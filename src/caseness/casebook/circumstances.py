"""The ending by each account, goals, the alliance, and what the record tells of the person's life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from caseness.casebook.meetings import meaning
from caseness.casebook.model import Ending, Meeting, Rated, Review, Told
from caseness.casebook.rows import CaseRows, Row
from caseness.errors import UnknownName
from caseness.instruments import instrument
from caseness.instruments.tool_codes import by_tool_code

# Free text that may identify a person. It stands in a case study only where it is asked for.
FREE_TEXT = (
    ("EXT02EndingReview", "EndingNote"),
    ("EXT03Goal", "GoalWording"),
    ("EXT05LifeCircumstances", "LifeCircumstanceNote"),
)

_NO_CONDITION = "748031000000103"


def ending_of(rows: CaseRows, referral: Row, received: date, with_notes: bool) -> Ending:
    """How the course ended, with every review of the ending in the order of days."""
    ended = referral["ServDischDate"]
    reviews = sorted(
        _once(rows.rows("EXT02EndingReview"), "EndingReviewDate", "EndingToldBy"),
        key=lambda each: each["EndingReviewDate"],
    )
    return Ending(
        None if ended is None else (ended - received).days,
        meaning("EndCode", referral["EndCode"]),
        tuple(_review(each, received, with_notes) for each in reviews),
    )


def goals_of(rows: CaseRows, received: date, with_notes: bool) -> tuple[Rated, ...]:
    """The goals in the order in which they were first rated. A goal is numbered, and its own identifier not shown."""
    found = _grouped(rows.rows("EXT03Goal"), "GoalId", "GoalRatingDate", "GoalRating", received)
    words = {each["GoalId"]: each["GoalWording"] or "" for each in rows.rows("EXT03Goal")}
    return tuple(
        Rated(f"Goal {number}", ratings, 0, 10, words[name] if with_notes else "")
        for number, (name, ratings) in enumerate(found.items(), start=1)
    )


def alliance_of(rows: CaseRows, received: date) -> tuple[Rated, ...]:
    """The questionnaires on the alliance and on the experience, each with its scores that are numbers."""
    numbers = [each for each in rows.rows("EXT04AllianceAndExperience") if _is_number(each["AllianceScore"])]
    found = _grouped(numbers, "AllianceTool", "AllianceDate", "AllianceScore", received)
    return tuple(Rated(*_named(tool, ratings)) for tool, ratings in found.items())


def life_of(rows: CaseRows, meetings: Sequence[Meeting], received: date, with_notes: bool) -> tuple[Told, ...]:
    """What the record tells of work, home, health, medication and life, by day; what has no day comes first."""
    told = [*_work(rows, received), *_home(rows, received), *_health(rows), *_medication(meetings)]
    told += _circumstances(rows, received, with_notes)
    return tuple(sorted(dict.fromkeys(told), key=lambda one: (one.day is not None, one.day or 0)))


def count_notes(rows: CaseRows) -> int:
    """How many different free texts the record has of the course."""
    return sum(len({each[column] for each in rows.rows(name) if each[column]}) for name, column in FREE_TEXT)


def _review(each: Row, received: date, with_notes: bool) -> Review:
    return Review(
        (each["EndingReviewDate"] - received).days,
        meaning("EndingToldBy", each["EndingToldBy"]),
        meaning("EndingKind", each["EndingKind"]),
        meaning("EndingDecidedBy", each["EndingDecidedBy"]),
        meaning("EndingReason", each["EndingReason"]),
        (each["EndingNote"] or "") if with_notes else "",
    )


def _grouped(
    rows: Iterable[Row], name: str, on: str, value: str, received: date
) -> Mapping[str, tuple[tuple[int, float], ...]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for each in sorted(rows, key=lambda row: (row[on], row["row_id"])):
        found.setdefault(each[name], []).append(((each[on] - received).days, float(each[value])))
    return {key: tuple(dict.fromkeys(ratings)) for key, ratings in found.items()}


def _named(
    tool: str, ratings: tuple[tuple[int, float], ...]
) -> tuple[str, tuple[tuple[int, float], ...], float | None, float | None]:
    try:
        known = by_tool_code(tool) or (instrument(tool), None)
    except UnknownName:
        return "A questionnaire that is not known here", ratings, None, None
    return known[0].short_name, ratings, known[0].low, known[0].high


def _is_number(text: str | None) -> bool:
    return bool(text) and str(text).isascii() and str(text).replace(".", "", 1).isdigit()


def _work(rows: CaseRows, received: date) -> Iterable[Told]:
    return _changes(rows.rows("IDS004EmpStatus"), "EmployStatus", "EmployStatusRecDate", "work", received)


def _home(rows: CaseRows, received: date) -> Iterable[Told]:
    return _changes(rows.rows("IDS003AccommStatus"), "AccommodationType", "AccommodationTypeDate", "home", received)


# What is recorded again and again is told where it differs from what was recorded before.
def _changes(rows: Iterable[Row], column: str, on: str, about: str, received: date) -> Iterable[Told]:
    before = None
    for each in sorted(rows, key=lambda row: (row[on] or date.min, row["row_id"])):
        if each[column] and each[column] != before:
            before = each[column]
            yield Told(_day(each[on], received), about, meaning(column, before))


def _health(rows: CaseRows) -> Iterable[Told]:
    for each in rows.rows("IDS602LongTermCondition"):
        told = meaning("LongTermCondition", each["LongTermCondition"])
        yield Told(
            None, "health", told if each["LongTermCondition"] == _NO_CONDITION else f"Long-term condition: {told}"
        )


# What an appointment says of medication is told where it differs from the one before.
def _medication(meetings: Sequence[Meeting]) -> Iterable[Told]:
    before = ""
    for one in meetings:
        if one.medication and one.medication != before:
            before = one.medication
            yield Told(
                one.day, "medication", f"Psychotropic medication: {one.medication[0].lower()}{one.medication[1:]}"
            )


def _circumstances(rows: CaseRows, received: date, with_notes: bool) -> Iterable[Told]:
    for each in rows.rows("EXT05LifeCircumstances"):
        note = (each["LifeCircumstanceNote"] or "") if with_notes else ""
        kind = meaning("LifeCircumstanceKind", each["LifeCircumstanceKind"])
        yield Told(_day(each["LifeCircumstanceDate"], received), "told by the person", kind, note)


def _day(on: date | None, received: date) -> int | None:
    return None if on is None else (on - received).days


def _once(rows: Iterable[Row], *columns: str) -> list[Row]:
    return list({tuple(each[name] for name in columns): each for each in rows}.values())
