"""Scores out of a record: with an activity of a contact, or with the referral."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from caseness.instruments import parse_total
from caseness.instruments.tool_codes import by_tool_code
from caseness.instruments.totals import NUMBER
from caseness.web.caseload.models import Score
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.keeping import keep_rows
from caseness.web.exchange.run import Run
from caseness.web.exchange.sessions import Held, Sessions, pieces
from caseness.web.exchange.shapes import ACTIVITY_SCORE, REFERRAL_SCORE

_AT_ONCE = 4000
# What `Score.total` and `Score.as_sent` hold.
_DIGITS, _DECIMALS, _LONGEST, _LONGEST_CODE = 4, 2, 12, 18
WHY = "A later submission of the record gives another score."
Place = tuple[int, int | None, str, date | None, time | None]


@dataclass(frozen=True)
class _Answer:
    """A row of either table, as a score has it."""

    row: Row
    referral: int
    client: int
    day: date
    time: time | None
    contact: int | None = None
    activity: int | None = None

    @property
    def place(self) -> Place:
        """What makes two rows the same questionnaire, answered once."""
        tool = self.row["CodedAssToolType"]
        if self.activity:
            return self.referral, self.activity, tool, None, None
        return self.referral, None, tool, self.day, self.time


def write_scores(run: Run, submission: int, sessions: Sessions) -> None:
    """Write the scores of one submission. One that is no number is kept as it came, since a course cannot show it."""
    for rows in pieces(run.arrival.of(ACTIVITY_SCORE, submission), _AT_ONCE):
        run.tell("scores")
        _write(run, submission, ACTIVITY_SCORE, list(_of_activities(run, rows, sessions)))
    for rows in pieces(run.arrival.of(REFERRAL_SCORE, submission), _AT_ONCE):
        run.tell("scores")
        _write(run, submission, REFERRAL_SCORE, list(_of_referrals(run, rows)))


def _of_activities(run: Run, rows: list[Row], sessions: Sessions) -> Iterable[_Answer]:
    clients = dict(run.referrals.values())
    for row in rows:
        found = sessions.activities.get(row["CareActId"])
        if found is None:
            run.counts["rows without their parent"] += 1
            continue
        activity, held = found
        yield _answer(row, held, activity, clients[held.referral])


def _answer(row: Row, held: Held, activity: int, client: int) -> _Answer:
    return _Answer(row, held.referral, client, held.day, held.time, held.pk, activity)


def _of_referrals(run: Run, rows: list[Row]) -> Iterable[_Answer]:
    for row in rows:
        found = run.referrals.get(row["ServiceRequestId"])
        if found is None:
            run.counts["rows without their parent"] += 1
            continue
        yield _Answer(row, *found, row["AssToolCompDate"], row["AssToolCompTime"])


def _write(run: Run, submission: int, table_id: str, answers: list[_Answer]) -> None:
    readable = [one for one in answers if is_readable(one.row)]
    keep_rows(run, submission, table_id, [(one.client, one.row) for one in answers if not is_readable(one.row)])
    there = _find(readable)
    new = [_score(one, there) for one in readable if one.row["PersScore"] not in _said(there.get(one.place, []))]
    Score.objects.bulk_create(new, batch_size=_AT_ONCE)
    replaced = [one.replaces_id for one in new if one.replaces_id]
    Score.objects.filter(pk__in=replaced).update(is_current=False)
    run.count("scores added", (run.owners[one.referral_id] for one in new if not one.replaces_id))
    run.count("scores corrected", (run.owners[one.referral_id] for one in new if one.replaces_id))


def is_readable(row: Row) -> bool:
    """Whether a score is a number that the application can hold.

    >>> is_readable({"PersScore": "12", "CodedAssToolType": "720433000"})
    True
    >>> is_readable({"PersScore": "NA", "CodedAssToolType": "720433000"})
    False
    """
    text = row["PersScore"] or ""
    whole, _, decimals = text.partition(".")
    fits = len(whole.lstrip("-")) <= _DIGITS and len(decimals) <= _DECIMALS and len(text) <= _LONGEST
    return bool(NUMBER.fullmatch(text)) and fits and len(row["CodedAssToolType"]) <= _LONGEST_CODE


def _find(answers: list[_Answer]) -> dict[Place, list[Score]]:
    """The scores that are there of the same questionnaires, those that were corrected since among them."""
    activities = {one.activity for one in answers if one.activity}
    referrals = {one.referral for one in answers if not one.activity}
    found: dict[Place, list[Score]] = {}
    for score in Score.objects.filter(activity_id__in=activities) if activities else ():
        found.setdefault((score.referral_id, score.activity_id, score.tool_code, None, None), []).append(score)
    days = [one.day for one in answers if not one.activity]
    of_referrals = Score.objects.filter(referral_id__in=referrals, activity=None)
    for score in of_referrals.filter(day__range=(min(days), max(days))) if days else ():
        found.setdefault((score.referral_id, None, score.tool_code, score.day, score.time), []).append(score)
    return found


def _said(scores: list[Score]) -> set[str]:
    return {one.as_sent for one in scores}


def _score(answer: _Answer, there: dict[Place, list[Score]]) -> Score:
    code, text = answer.row["CodedAssToolType"], answer.row["PersScore"]
    current = next((one for one in there.get(answer.place, []) if one.is_current), None)
    return Score(
        referral_id=answer.referral, contact_id=answer.contact, activity_id=answer.activity, day=answer.day,
        time=answer.time, tool_code=code, instrument_id=instrument_of(code, text, answer.day), total=Decimal(text),
        as_sent=text, replaces=current, why_corrected=WHY if current else "",
    )  # fmt: skip


def instrument_of(code: str, text: str, day: date) -> str:
    """The questionnaire whose total a score is, or nothing where it is that of an item, unknown, or out of range.

    >>> instrument_of("720433000", "12", date(2025, 4, 1)), instrument_of("720433000", "99", date(2025, 4, 1))
    ('phq9', '')
    """
    found = by_tool_code(code)
    if found is None or found[1] is not None:
        return ""
    return found[0].id if parse_total(found[0], text, day).value is not None else ""
