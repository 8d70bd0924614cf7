"""Courses out of the grains of a record: cohorts for norms, and open courses for signals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from caseness.derive import Grains
from caseness.derive.lists import TOOLS, Tool
from caseness.engine import fetch
from caseness.errors import UnknownName, UnreadableInput
from caseness.feedback import trajectory
from caseness.feedback.case import usual_change
from caseness.feedback.cohort import Cohort
from caseness.feedback.flags import Courses
from caseness.feedback.rules import Rules
from caseness.feedback.trajectory import CHANGED, HIGH, LOW, UNKNOWN, Contact, SessionScore, Trajectory
from caseness.instruments import Instrument, instrument

# Norms are fitted to these apart. Courses whose intensity changed lend what they had before.
_TOLD = (LOW, HIGH)
# Scores of a single item, as those of the WSAS are, have no norms.
WHOLE_TOOLS = tuple(one for one in TOOLS if not one.item)

# Source: IAPT v2.1, end codes; see outcome science B5: agreed, earlier than planned, earlier than asked for.
_AGREED, _EARLIER_THAN_PLANNED, _EARLIER_THAN_ASKED = "46", "47", "48"
_AGES = (18, 26, 36, 46, 56, 66)
# Sexes and genders as the data set codes them: IDS001MPI.Gender.
_GENDERS = {"1": "male", "2": "female", "3": "non-binary", "4": "other"}
_CONTACT_KINDS = {
    "01": trajectory.ASSESSMENT, "02": trajectory.TREATMENT, "03": trajectory.TREATMENT, "05": trajectory.TREATMENT,
    "06": trajectory.FOLLOW_UP,
}  # fmt: skip


def choose_tools(names: Sequence[str]) -> tuple[Tool, ...]:
    """Questionnaires by any of their names; all where none is named.

    Raises
    ------
    UnknownName
        If one is no questionnaire, or none whose scores are derived.

    Examples
    --------
    >>> [one.name for one in choose_tools(["PHQ-9", "ocd"])]
    ['phq9', 'ocd']
    """
    if not names:
        return WHOLE_TOOLS
    by_name = {one.name: one for one in WHOLE_TOOLS}
    by_id = {one.instrument_id: one for one in WHOLE_TOOLS}
    return tuple(by_name[name] if name in by_name else _by_id(by_id, name) for name in names)


def _by_id(by_id: Mapping[str, Tool], name: str) -> Tool:
    found = instrument(name).id
    if found not in by_id:
        raise UnknownName(
            "questionnaire with derived scores", name, by_id, "`caseness derivations` lists what is derived."
        )
    return by_id[found]


def cohorts(grains: Grains, rules: Rules, tools: Sequence[Tool] = WHOLE_TOOLS) -> Iterator[Cohort]:
    """The courses on each questionnaire, of each intensity: one score a session, the first of session 1 and else the last.

    Raises
    ------
    UnreadableInput
        If the record was derived without the grain of scores.
    """
    scores = _scores(grains)
    for tool in tools:
        of_tool = scores.filter(scores.tool == tool.name)
        marked = of_tool.mutate(fitted_with=_fitted_with())
        told = fetch(marked.group_by("pathway").agg(**_COURSE).order_by("pathway"))
        kept = marked.filter((marked.intensity_so_far != CHANGED).fill_null(True))
        sessions = fetch(kept.group_by("pathway", "score_session").agg(score=_one_a_session()).order_by(_BY_SESSION))
        for intensity in _intensities(told):
            found = _cohort(instrument(tool.instrument_id), intensity, told, sessions, rules)
            if found.size:
                yield found


# Where some courses tell their intensity, those that do not are no group of their own: most came to no treatment.
def _intensities(told: pa.Table) -> tuple[str, ...]:
    return _TOLD if np.isin(_texts(told, "intensity"), _TOLD).any() else (UNKNOWN,)


_BY_SESSION = ("pathway", "score_session")


def _scores(grains: Grains) -> ibis.Table:
    if grains.score is None:
        raise UnreadableInput(
            f"{grains.folder.name} was derived without the grain of scores, and there is nothing else to read courses from. "
            "Derive the record again with `caseness derive --scores`, or name the record itself."
        )
    return grains.score


# What is known of a course before its intensity changed, if it did.
def _fitted_with() -> ibis.Deferred:
    return ibis._.intensity_so_far.nullif(CHANGED).max().over(group_by="pathway")


def _one_a_session() -> ibis.Deferred:
    one = ibis._
    return ibis.ifelse(
        one.score_session.min() == 1, one.score.argmin(one.score_number), one.score.argmax(one.score_number)
    )


_COURSE = {
    "person": ibis._.person.max(),
    "intensity": ibis._.fitted_with.max(),
    "whole": ibis._.course_intensity.max(),
    "was_changed": (ibis._.intensity_so_far == CHANGED).fill_null(False).max(),
    "is_finished": ibis._.completed_treatment.max(),
    "scores": ibis._.score_number.max(),
    "last": ibis._.score.argmax(ibis._.score_number),
    "end_code": ibis._.end_code.max(),
    "age": ibis._.age_at_period_end.max(),
    "gender": ibis._.gender.max(),
}


def _cohort(one: Instrument, intensity: str, told: pa.Table, sessions: pa.Table, rules: Rules) -> Cohort:
    known, whole = _texts(told, "intensity"), _texts(told, "whole")
    # Before the first treatment no intensity is known: such a course goes with what it came to.
    of = np.where(known != "", known, np.where(np.isin(whole, _TOLD), whole, UNKNOWN))
    pathways = _numbers(told, "pathway", np.int64)
    held = np.isin(pathways, _numbers(sessions, "pathway", np.int64))
    chosen = held & (of == intensity) & ((known != "") | (whole != CHANGED))
    ours = np.isin(_numbers(sessions, "pathway", np.int64), pathways[chosen])
    scores = sessions.filter(pa.array(ours))
    course = np.unique(_numbers(scores, "pathway", np.int64), return_inverse=True)[1]
    session, score = _numbers(scores, "score_session", np.int64), _numbers(scores, "score", float)
    return _described(
        Courses(one, usual_change(one, rules), course, session, score), intensity, told.filter(pa.array(chosen))
    )


def _described(courses: Courses, intensity: str, told: pa.Table) -> Cohort:
    last = _numbers(told, "last", float)
    codes = _texts(told, "end_code")
    known = np.isin(codes, (_AGREED, _EARLIER_THAN_PLANNED, _EARLIER_THAN_ASKED))
    return Cohort(
        courses,
        intensity,
        _texts(told, "person"),
        ~_flags(told, "was_changed"),
        _flags(told, "is_finished"),
        np.where(_numbers(told, "scores", np.int64) > 1, last, np.nan),
        np.where(known, codes == _EARLIER_THAN_PLANNED, np.nan),
        {"age": _age_groups(_numbers(told, "age", float)), "gender": _genders(_texts(told, "gender"))},
    )


def _age_groups(ages: NDArray[np.float64]) -> NDArray[np.str_]:
    names = [
        f"under {_AGES[0]}",
        *(f"{a} to {b - 1}" for a, b in pairwise(_AGES)),
        f"{_AGES[-1]} or more",
    ]
    place = np.searchsorted(_AGES, ages, side="right")
    return np.where(np.isnan(ages), "not known", np.array(names)[place])


def _genders(codes: NDArray[np.str_]) -> NDArray[np.str_]:
    found = np.full(len(codes), "not known", dtype="<U12")
    for code, name in _GENDERS.items():
        found[codes == code] = name
    return found


def _numbers(table: pa.Table, name: str, kind: type) -> NDArray:
    return table[name].to_numpy().astype(kind)


def _texts(table: pa.Table, name: str) -> NDArray[np.str_]:
    return np.array([text or "" for text in table[name].to_pylist()], dtype=str)


def _flags(table: pa.Table, name: str) -> NDArray[np.bool_]:
    return np.array([bool(flag) for flag in table[name].to_pylist()], dtype=bool)


def providers_of(grains: Grains) -> tuple[str, ...]:
    """The codes of the providers in a record, in order."""
    told = fetch(grains.referral.select("provider").distinct())["provider"].to_pylist()
    return tuple(sorted(one for one in told if one))


def open_courses(grains: Grains) -> tuple[Trajectory, ...]:
    """The courses that are open at the end of the record, one for each questionnaire, as known on its last day.

    A course is open whose referral is in the last month of the record and has no end. The reference is the number of
    its pathway in the grains. Answers to single items are in no record that is submitted, so there are none.

    Raises
    ------
    UnreadableInput
        If the record was derived without the grain of scores.
    """
    scores, last = _scores(grains), max(grains.periods)
    opened = scores.filter((scores.month == last.start) & scores.discharge_date.isnull())
    whole = opened.filter(opened.tool.isin([one.name for one in WHOLE_TOOLS]))
    rows = fetch(whole.order_by(("pathway", "tool", "score_number"))).to_pylist()
    contacts = fetch(
        grains.contact.semi_join(whole, "pathway").order_by(("pathway", "contact_date", "contact"))
    ).to_pylist()
    met: dict[int, list[Contact]] = {}
    for one in contacts:
        if one["contact_date"] <= last.end:
            met.setdefault(one["pathway"], []).append(_contact(one))
    return tuple(_courses(rows, met, last.end, grains.made_up))


def _courses(rows: Iterable[dict], met: dict[int, list[Contact]], as_of: date, made_up: str) -> Iterator[Trajectory]:
    held: dict[tuple[int, str], list[dict]] = {}
    for row in rows:
        held.setdefault((row["pathway"], row["tool"]), []).append(row)
    ids = {one.name: one.instrument_id for one in WHOLE_TOOLS}
    for (pathway, tool), scores in held.items():
        intensity = scores[-1]["course_intensity"] or UNKNOWN
        seen = tuple(met.get(pathway, ()))
        yield Trajectory(str(pathway), ids[tool], _one_of_each(scores), as_of, intensity, seen, None, made_up)


# As for cohorts: the first of session 1, and else the last.
def _one_of_each(scores: Iterable[dict]) -> tuple[SessionScore, ...]:
    found: dict[int, SessionScore] = {}
    for one in scores:
        session = one["score_session"]
        if session != 1 or session not in found:
            found[session] = SessionScore(session, one["score_date"], one["score"])
    return tuple(found.values())


def _contact(row: dict) -> Contact:
    kind = _CONTACT_KINDS.get(row["appointment_type"] or "", trajectory.OTHER_CONTACT)
    is_known = row["attended"] or row["attendance"] is not None
    return Contact(row["contact_date"], row["attended"] if is_known else None, kind)
