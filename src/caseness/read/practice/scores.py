"""Scores of one row: totals as they are written, and items scored by their questionnaire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from caseness.instruments import Instrument, Item, parse_answer, parse_total, score
from caseness.instruments.tool_codes import tool_code
from caseness.read.practice.cells import read_number, text_of

# What is written where a questionnaire was not answered. It is a legal answer of some, and of those it is kept.
_NOT_ANSWERED = ("NA", "N/A", "NONE", "NOT DONE", "MISSING", "X", "?")
_ALLIANCE = "alliance"
# No column of scores in the record is wider.
SCORE_CHARACTERS = 5

OUT_OF_RANGE = (
    "Scores outside the range of their questionnaire: {n}. They are kept as they stand, and no outcome uses them."
)
INCOMPLETE = "Questionnaires with an item missing: {n}. No total is recorded for them, since only a whole form has one."


@dataclass
class ScoresOfRow:
    """What the score columns of one row come to. It is filled while the row is read, and by nobody after."""

    scores: list[tuple[str, str]] = field(default_factory=list)
    alliance: list[tuple[str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_scores(
    cells: Mapping[tuple[str, int | None], object], instruments: Mapping[str, Instrument], on: date | None
) -> ScoresOfRow:
    """Read the score cells of one row.

    A key of `cells` is the id of a questionnaire with the number of an item, or None for its total.
    `instruments` holds the questionnaires by their ids.
    """
    found = ScoresOfRow()
    for name in dict.fromkeys(name for name, _ in cells):
        one = instruments[name]
        total = _total(one, cells.get((name, None)), on, found)
        items = {number: cell for (each, number), cell in cells.items() if each == name and number}
        scored = _from_items(one, items, found) if any(text_of(cell) for cell in items.values()) else None
        if total and scored and float(total) != float(scored):
            found.reasons.append(f"{one.short_name}: the total is not that of its items")
        if text := total or scored:
            _keep(one, text, found)
    return found


def _keep(one: Instrument, text: str, found: ScoresOfRow) -> None:
    if not one.snomed and any(line.kind == _ALLIANCE for line in one.thresholds):
        found.alliance.append((one.id, text))
    else:
        found.scores.append((tool_code(one), text))


def _total(one: Instrument, cell: object, on: date | None, found: ScoresOfRow) -> str | None:
    text = text_of(cell)
    if not text or text.upper() in _NOT_ANSWERED:
        return None
    number = read_number(cell)
    if number is None or len(number) > SCORE_CHARACTERS:
        found.reasons.append(f"{one.short_name}: not a score")
        return None
    if parse_total(one, number, on).reason:
        found.remarks.append(OUT_OF_RANGE)
    return number


def _from_items(one: Instrument, cells: Mapping[int, object], found: ScoresOfRow) -> str | None:
    answers = {item.number: _answer(one, item, cells.get(item.number), found) for item in one.items}
    found.scores.extend(_coded(one, answers))
    if one.total == "none" or any(isinstance(answer, str) for answer in answers.values()):
        return None
    scored = score(one, [answer if isinstance(answer, float) else None for answer in answers.values()])
    if scored.total is None or not scored.may_be_submitted:
        found.remarks.append(INCOMPLETE)
        return None
    return f"{scored.total:g}"


def _answer(one: Instrument, item: Item, cell: object, found: ScoresOfRow) -> float | str | None:
    text = read_number(cell) or text_of(cell)
    if not text:
        return None
    parsed = parse_answer(item, text)
    if parsed.word or parsed.value is not None:
        return parsed.word or parsed.value
    if text.upper() not in _NOT_ANSWERED:
        found.reasons.append(f"{one.short_name}, item {item.number}: {parsed.reason}")
    return None


def _coded(one: Instrument, answers: Mapping[int, float | str | None]) -> Iterator[tuple[str, str]]:
    """Items that have a code of their own are recorded one by one."""
    for item in one.items:
        answer = answers[item.number]
        if item.snomed and answer is not None:
            yield item.snomed, answer if isinstance(answer, str) else f"{answer:g}"
