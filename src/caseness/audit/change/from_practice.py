"""The finished courses of a practice, from its one submission: a sheet is no series of months, so it has no grains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np

from caseness.audit.change.from_grains import PAIR
from caseness.audit.change.model import Courses, Lines, Outcome, Scores, SessionScores
from caseness.derive.contact import attended, inside, is_treatment
from caseness.derive.derivation import lay_on
from caseness.derive.events import seconds_of
from caseness.derive.staging import since_midnight
from caseness.derive.submissions import KeptRecord
from caseness.engine import fetch
from caseness.errors import NothingToAudit, UnreadableRecord
from caseness.instruments import Instrument, instrument
from caseness.instruments.parts import CASENESS, RELIABLE_CHANGE, Threshold
from caseness.instruments.tool_codes import by_tool_code
from caseness.periods import Period
from caseness.programme import Measure, Programme, load, programme_names
from caseness.read import mark_of

# A finished course has so many treatment contacts, as England's programme counts.
LEAST_CONTACTS = 2
_PAIR = ("phq9", "gad7")


def gather_practice(
    checked: KeptRecord,
    name: str,
    period: Period | None = None,
    questionnaires: Sequence[str] = (),
    programme: Programme | None = None,
) -> Courses:
    """The courses that a practice has finished.

    Parameters
    ----------
    checked : what `caseness.check.check` left of a record of one submission, such as a practice sheet
    name : what the record is called
    period : of the endings; None means all
    questionnaires : which are judged; none means all that have two scores
    programme : by whose rule; None means the one of the package that shares most questionnaires with the record

    Raises
    ------
    UnreadableRecord
        If the record holds more than one submission: a referral would be there once a month.
    NothingToAudit
        If no course was finished, or none of them has a score.
    """
    _require_one_submission(checked, name)
    ended = _ended(checked, period)
    finished = [one for one, contacts in ended.items() if contacts >= LEAST_CONTACTS]
    wanted = {instrument(one).id for one in questionnaires}
    scores = {one: held for one, held in _scores(checked, finished).items() if not wanted or one in wanted}
    _require_scores(name, finished, scores)
    chosen = programme or _nearest(scores)
    return Courses(
        name=name,
        period=period.label if period else "all endings",
        programme=chosen.name,
        outcomes=tuple(_outcomes(scores, chosen)),
        lines={one: _lines(instrument(one), chosen) for one in scores},
        ended=len(ended),
        made_up=mark_of(map(str, checked.record.notes)),
        notes=(f"A course is finished where it has ended after {LEAST_CONTACTS} or more treatment contacts.",),
    )


def _require_one_submission(checked: KeptRecord, name: str) -> None:
    if len(checked.record.submissions) != 1:
        raise UnreadableRecord(
            f"{name} holds {len(checked.record.submissions)} submissions, and a practice has one. Nothing was judged. Leave "
            "out --profile practice for monthly submissions."
        )


def _require_scores(name: str, finished: Sequence[str], scores: Mapping[str, Scores]) -> None:
    if not scores:
        raise NothingToAudit(
            f"{name} holds {len(finished):,} finished courses, and none of them has a score of a questionnaire that was asked "
            "for. Nothing was judged. A course is finished where it has an ending and two sessions."
        )


def _ended(checked: KeptRecord, period: Period | None) -> dict[str, int]:
    referrals = _referrals(checked)
    if period is not None:
        referrals = referrals.filter(referrals.discharge_date.between(period.start, period.end))
    contacts = _contacts(checked)
    treated = contacts.filter(contacts.is_treatment).group_by("referral").agg(sessions=lambda each: each.count())
    beside = referrals.left_join(treated, "referral").select("referral", "sessions").order_by("referral")
    found = fetch(beside).to_pydict()
    return {one: contacts or 0 for one, contacts in zip(found["referral"], found["sessions"], strict=True)}


def _referrals(checked: KeptRecord) -> ibis.Table:
    kept = checked.kept("IDS101Referral")
    named = kept.select(
        referral="ServiceRequestId", referral_date="ReferralRequestReceivedDate", discharge_date="ServDischDate"
    )
    return named.filter(named.discharge_date.notnull())


def _contacts(checked: KeptRecord) -> ibis.Table:
    kept = checked.kept("IDS201CareContact").select(
        contact="CareContactId",
        referral="ServiceRequestId",
        contact_date="CareContDate",
        seconds=lambda each: seconds_of(since_midnight(each.CareContTime)),
        attendance="AttendOrDNACode",
        planned="PlannedCareContIndicator",
        appointment_type="AppType",
    )
    beside = _referrals(checked).inner_join(kept, "referral").mutate(period_end=ibis.null("date"))
    return lay_on(beside, (attended, inside, is_treatment))


@dataclass(frozen=True)
class _Score:
    referral: str
    order: tuple[Any, ...]
    instrument: str
    value: float


def _scores(checked: KeptRecord, finished: Sequence[str]) -> dict[str, Scores]:
    places = {one: place for place, one in enumerate(finished)}
    held: dict[str, dict[int, list[float]]] = {}
    for one in sorted(_all_scores(checked), key=lambda each: each.order):
        if one.referral in places:
            held.setdefault(one.instrument, {}).setdefault(places[one.referral], []).append(one.value)
    return {name: _lay_out(name, of, len(finished)) for name, of in sorted(held.items())}


def _lay_out(name: str, courses: Mapping[int, Sequence[float]], size: int) -> Scores:
    first, last = np.full(size, np.nan), np.full(size, np.nan)
    for place, values in courses.items():
        first[place] = values[0]
        last[place] = values[-1] if len(values) > 1 else np.nan
    every = [(place, number, value) for place, values in courses.items() for number, value in enumerate(values, 1)]
    course, session, score = map(np.array, zip(*every, strict=True))
    sessions = SessionScores(course, session.astype(float), score)
    return Scores(np.where(np.isnan(first), "", name), first, last, sessions)


def _all_scores(checked: KeptRecord) -> Iterator[_Score]:
    contacts = _contacts(checked)
    taken = contacts.filter(contacts.attended & contacts.inside)
    activities = checked.kept("IDS202CareActivity").select(activity="CareActId", contact="CareContactId")
    kept = checked.kept("IDS607CodedScoreAssessmentAct")
    given = kept.select(activity="CareActId", tool="CodedAssToolType", told="PersScore", row="row_id")
    beside = taken.inner_join(activities, "contact").inner_join(given, "activity")
    for row in fetch(beside.select("referral", "contact_date", "seconds", "row", "tool", "told")).to_pylist():
        found = by_tool_code(row["tool"] or "")
        value = _value(found[0], row["told"]) if found and found[1] is None else None
        if found and value is not None:
            yield _Score(row["referral"], (row["contact_date"], row["seconds"], row["row"]), found[0].id, value)


def _value(one: Instrument, told: str | None) -> float | None:
    try:
        value = float(told or "")
    except ValueError:
        return None
    is_total = one.low is not None and one.high is not None and one.low <= value <= one.high
    return value if is_total else None


def _nearest(scores: Mapping[str, Scores]) -> Programme:
    shipped = [load(name) for name in programme_names()]
    return max(shipped, key=lambda one: len({instrument(each.id).id for each in one.measures} & set(scores)))


def _outcomes(scores: Mapping[str, Scores], programme: Programme) -> Iterator[Outcome]:
    judged = {instrument(each.id).id for each in programme.measures}
    if set(_PAIR) <= set(scores) & judged:
        yield Outcome(PAIR, "PHQ-9 with GAD-7, judged together", tuple(scores[one] for one in _PAIR))
    for name, held in scores.items():
        yield Outcome(
            name, f"{instrument(name).short_name} alone" if len(scores) > 1 else instrument(name).short_name, (held,)
        )


def _lines(one: Instrument, programme: Programme) -> Lines:
    measure = next((each for each in programme.measures if instrument(each.id).id == one.id), None)
    if measure is None:
        return Lines(None, None)
    return Lines(
        _line(measure, CASENESS, measure.caseness, measure.case_is),
        _line(measure, RELIABLE_CHANGE, measure.reliable_change, "at or above"),
    )


def _line(measure: Measure, kind: str, value: float | None, operator: str) -> Threshold | None:
    if value is None:
        return None
    return Threshold(kind=kind, value=value, operator=operator, official=False, source=measure.source, verified=True)
