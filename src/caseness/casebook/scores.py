"""Scores in their order, by questionnaire: which count, which do not and why, and the lines that are drawn beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from caseness.casebook.meetings import ACTIVITY, CONTACT, attendance_of, key_of
from caseness.casebook.model import ATTENDED, LeftOut, Lines, Meeting, Score, Scores
from caseness.casebook.rows import CaseRows, Row
from caseness.casebook.turning_points import find_turning_points
from caseness.codes import code_list
from caseness.derive.contact import FOLLOW_UP
from caseness.instruments import Instrument, change, instruments, is_case
from caseness.instruments.parts import CASENESS, RELIABLE_CHANGE
from caseness.instruments.scoring import score
from caseness.instruments.tool_codes import OWN, by_tool_code
from caseness.record import SUBMISSION

REFERRAL_SCORE, ACTIVITY_SCORE = "IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct"
_WSAS = "wsas"


@dataclass(frozen=True)
class _Given:
    """A score as it stands in the record, with when and where it was given."""

    on: date
    at: time
    row: int
    tool: str
    text: str
    in_contact: bool
    attended: bool = True
    is_follow_up: bool = False

    @property
    def order(self) -> tuple[date, time, int]:
        return self.on, self.at, self.row


def measured_of(
    rows: CaseRows, received: date, ended: date | None, meetings: Sequence[Meeting]
) -> tuple[tuple[Scores, ...], tuple[LeftOut, ...]]:
    """The scores of a course by questionnaire in the order of the list of questionnaires, and those that are left out."""
    given = sorted(
        {(one.on, one.at, one.tool, one.text): one for one in _all(rows)}.values(), key=lambda one: one.order
    )
    kept: dict[str, list[tuple[_Given, float]]] = {}
    left_out: list[LeftOut] = []
    for one in given:
        found = by_tool_code(one.tool)
        why = _why_left_out(one, found is not None, received)
        if why or found is None:
            left_out.append(LeftOut((one.on - received).days, found[0].short_name if found else "", why))
        elif found[1] is None:
            kept.setdefault(found[0].id, []).append((one, float(one.text)))
    kept |= _totals_of_items(given, received)
    order = [one for one in instruments() if one.id in kept]
    return tuple(_scores(one, kept[one.id], received, ended, meetings) for one in order), tuple(left_out)


def _all(rows: CaseRows) -> Iterable[_Given]:
    for each in rows.rows(REFERRAL_SCORE):
        at = each["AssToolCompTime"] or time.min
        yield _Given(each["AssToolCompDate"], at, each["row_id"], each["CodedAssToolType"], each["PersScore"], False)
    contacts = {key_of(each): each for each in rows.rows(CONTACT)}
    activities = {(each[SUBMISSION], each["CareActId"]): contacts.get(key_of(each)) for each in rows.rows(ACTIVITY)}
    for each in rows.rows(ACTIVITY_SCORE):
        contact = activities.get((each[SUBMISSION], each["CareActId"]))
        if contact is not None:
            yield _in_contact(each, contact)


def _in_contact(row: Row, contact: Row) -> _Given:
    at = contact["CareContTime"] or time.min
    attended, follow_up = attendance_of(contact) == ATTENDED, contact["AppType"] == FOLLOW_UP
    return _Given(
        contact["CareContDate"], at, row["row_id"], row["CodedAssToolType"], row["PersScore"], True, attended, follow_up
    )


def _why_left_out(one: _Given, is_known: bool, received: date) -> str:
    if not is_known:
        return "a questionnaire that is not known here"
    if one.on < received:
        return "given before the referral"
    if not one.attended:
        return "in a contact that was not attended"
    if not _permits(one.tool, one.text):
        return "a value that the questionnaire cannot give"
    return ""


# An item may say that it does not apply, which is no number and no fault.
def _permits(tool: str, text: str) -> bool:
    known = code_list("OwnAssToolType" if tool.startswith(OWN) else "CodedAssToolType").find(tool)
    return bool(known and known.permits(text) and text not in known.words) or _is_item_word(tool, text)


def _is_item_word(tool: str, text: str) -> bool:
    found = by_tool_code(tool)
    return bool(found and found[1] and text in (*found[1].words, *found[1].not_applicable))


# WSAS is submitted item by item. Its total is that of the items of one day.
def _totals_of_items(given: Sequence[_Given], received: date) -> Mapping[str, list[tuple[_Given, float]]]:
    items = [(one, by_tool_code(one.tool)) for one in given if not _why_left_out(one, True, received)]
    of_wsas = [(one, found[1]) for one, found in items if found and found[0].id == _WSAS and found[1]]
    totals: list[tuple[_Given, float]] = []
    for _, day in groupby(of_wsas, key=lambda pair: (pair[0].on, pair[0].at)):
        held = list(day)
        questionnaire = by_tool_code(held[0][0].tool)
        assert questionnaire is not None, "an item belongs to a questionnaire"
        answers = {item.number: one.text for one, item in held}
        row = [_number(answers.get(item.number)) for item in questionnaire[0].items]
        total = score(questionnaire[0], row).total if None not in row else None
        totals += [(held[0][0], total)] if total is not None else []
    return {_WSAS: totals} if totals else {}


def _number(text: str | None) -> float | None:
    return float(text) if text and text.replace(".", "", 1).isdigit() else None


def _scores(
    one: Instrument,
    given: Sequence[tuple[_Given, float]],
    received: date,
    ended: date | None,
    meetings: Sequence[Meeting],
) -> Scores:
    begun = (given[0][0].on - received).days
    treated = {each.day for each in meetings if each.was_attended and each.is_treatment and each.day > begun}
    scores = tuple(_score(each, total, received, ended, treated) for each, total in given)
    within = [each for each in scores if not each.is_after_end]
    first, last = (within[0].total if within else None), (within[-1].total if len(within) > 1 else None)
    lines = lines_of(one, first, received)
    points, judged = find_turning_points(one, within, meetings, lines.reliable)
    is_case_at = _is_case(one, first), _is_case(one, last)
    return Scores(one, scores, lines, change(one, first, last), *is_case_at, points, judged)


def _score(given: _Given, total: float, received: date, ended: date | None, treated: Iterable[int]) -> Score:
    day = (given.on - received).days
    is_after = given.is_follow_up or (ended is not None and given.on > ended)
    return Score(day, total, 1 + sum(each <= day for each in treated), given.in_contact, is_after)


def lines_of(one: Instrument, first: float | None, on: date | None = None) -> Lines:
    """The lines of a questionnaire, and of a first score on it, as they held on a day.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> lines = lines_of(instrument("phq9"), 16)
    >>> lines.caseness, lines.improved, lines.worsened
    (10, 10, 22)
    >>> lines_of(instrument("ors"), 20).notes[0][:35]
    'The caseness of ORS is not verified'
    """
    caseness, reliable = one.caseness(on), one.reliable_change(on)
    sign = 1 if one.higher_is == "worse" else -1
    step = reliable.value * sign if reliable and first is not None else None
    return Lines(
        caseness.value if caseness else None,
        str(caseness) if caseness else "",
        reliable.value if reliable else None,
        str(reliable) if reliable else "",
        _within(one, first - step) if first is not None and step is not None else None,
        _within(one, first + step) if first is not None and step is not None else None,
        tuple(_notes(one, on)),
    )


def _within(one: Instrument, at: float) -> float | None:
    is_on_scale = one.low is not None and one.high is not None and one.low <= at <= one.high
    return round(at, 6) if is_on_scale else None


def _notes(one: Instrument, on: date | None) -> Iterable[str]:
    for kind, found in ((CASENESS, one.caseness(on)), (RELIABLE_CHANGE, one.reliable_change(on))):
        if found is None:
            yield one.why_none(kind, on)
        elif not found.official:
            yield f"The {kind} of {one.short_name} comes from the literature and is in no official measure. Source: {found.source}."


def _is_case(one: Instrument, total: float | None) -> bool | None:
    if total is None:
        return None
    return is_case(one, [total]).tolist()[0]
