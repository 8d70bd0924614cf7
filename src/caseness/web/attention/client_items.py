"""Single answers, session by session: where the total hides which question moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseness.instruments import Instrument, Item, instrument
from caseness.web.caseload.models import Score

# The last so many scores with single answers fit beside the wording.
MOST = 8
_LEVELS = 3


@dataclass(frozen=True)
class Answer:
    """One answer. `level` is how heavy it is, 0 lightest to 3; None where it is blank."""

    says: str
    level: int | None
    is_risk: bool


@dataclass(frozen=True)
class ItemRow:
    """One question, in its own words only where the licence lets them be shown."""

    number: int
    words: str
    is_risk: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class ItemTable:
    """The answers on one questionnaire."""

    name: str
    days: tuple[date, ...]
    rows: tuple[ItemRow, ...]
    # Scores of which only the total was recorded.
    totals_alone: int
    options: str
    attribution: str


def item_tables(scores: Iterable[Score]) -> list[ItemTable]:
    """A table for each questionnaire of which single answers are recorded.

    Parameters
    ----------
    scores : current scores of one referral, in the order of days
    """
    by_name: dict[str, list[Score]] = {}
    for one in scores:
        if one.instrument_id:
            by_name.setdefault(one.instrument_id, []).append(one)
    return [_table(instrument(name), held) for name, held in sorted(by_name.items()) if any(one.items for one in held)]


def _table(questionnaire: Instrument, scores: Sequence[Score]) -> ItemTable:
    answered = [one for one in scores if one.items]
    shown = answered[-MOST:]
    return ItemTable(
        name=questionnaire.short_name,
        days=tuple(one.day for one in shown),
        rows=tuple(_row(questionnaire, item, shown) for item in questionnaire.items),
        totals_alone=len(scores) - len(answered),
        options=", ".join(f"{one.value} {one.label.lower()}" for one in questionnaire.options),
        attribution=questionnaire.licence.attribution,
    )


def _row(questionnaire: Instrument, item: Item, scores: Sequence[Score]) -> ItemRow:
    is_risk = questionnaire.risk is not None and questionnaire.risk.item == item.number
    words = item.wording or item.about
    return ItemRow(item.number, words, is_risk, tuple(_answer(questionnaire, item, one) for one in scores))


def _answer(questionnaire: Instrument, item: Item, score: Score) -> Answer:
    given = score.items[item.number - 1] if len(score.items) >= item.number else None
    risk = questionnaire.risk
    if given is None:
        return Answer("", None, is_risk=False)
    is_risk = risk is not None and risk.item == item.number and given > risk.above
    return Answer(f"{given:g}", _level(questionnaire, item, given), is_risk)


def _level(questionnaire: Instrument, item: Item, given: float) -> int | None:
    if item.low is None or item.high is None:
        return None
    part = (given - item.low) / (item.high - item.low)
    is_better = (questionnaire.higher_is == "better") != item.is_reversed
    return round(_LEVELS * (1 - part if is_better else part))
