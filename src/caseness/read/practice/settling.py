"""Rows of a day of which a session is there already, under another name: it is the same, or the row is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from caseness.instruments.tool_codes import by_tool_code
from caseness.read.practice.choices import ATTENDED
from caseness.read.practice.courses import Course
from caseness.read.practice.entries import Entry, Where
from caseness.read.practice.identifiers import NamedCourse, named_by_day
from caseness.read.practice.known import KnownCourse, KnownScore, KnownSession

ELSEWHERE = "date: a session of this client and day is here already, in another course"
SEVERAL = "date: {here} of this client and day are here already, and the sheet has {told}: which is which is not known"
DIFFERS = "a session of this day is here already, and the sheet says something else: {what}"
SCORE_DIFFERS = "a score of this day is here already, and the sheet says something else: {what}"
WITH_ANOTHER = "another row of the course is refused, and without it the course would begin or end elsewhere"


@dataclass(frozen=True)
class Settled:
    """The courses that are left, the rows that are refused, with the reason, and how many sessions were there already."""

    courses: tuple[Course, ...]
    refused: Mapping[Where, str]
    same: int


class _Refused(Exception):
    """Why a row is refused."""


def settle(courses: Sequence[Course], known: Iterable[KnownCourse]) -> Settled:
    """Find the sessions of a sheet that are there already under another name: typed, or read from a record.

    They are known by the client and the day. A session that says the same is taken for the one that is there, and
    scores that lack there are left to it. One with another attendance, or another score on the same questionnaire, is
    refused, and so is one where it is not known which session it is. Scores that were typed are not said a second time.
    """
    of: dict[str, list[KnownCourse]] = {}
    for one in known:
        of.setdefault(one.client, []).append(one)
    refused: dict[Where, str] = {}
    named = list(named_by_day(courses))
    told = _days(named)
    left = [one.course if one.course.client not in of else _Settling(one, of[one.course.client], told).settle(refused) for one in named]  # fmt: skip
    kept = tuple(one for one in left if one.entries)
    return Settled(kept, refused, sum(each.here is not None for one in kept for each in one.sessions))


def _days(named: Sequence[NamedCourse]) -> Mapping[tuple[str, date], list[str]]:
    """The identifiers of the sessions of each client and day."""
    found: dict[tuple[str, date], list[str]] = {}
    for one in named:
        for session, identifier in zip(one.course.sessions, one.contacts, strict=True):
            found.setdefault((session.client, session.day), []).append(identifier)
    return found


@dataclass(frozen=True)
class _Settling:
    """One course of a client who has courses already."""

    named: NamedCourse
    theirs: Sequence[KnownCourse]
    told: Mapping[tuple[str, date], list[str]]

    @property
    def _own(self) -> KnownCourse | None:
        return next((one for one in self.theirs if one.referral == self.named.referral), None)

    def settle(self, refused: dict[Where, str]) -> Course:
        """The course with what is left of it. One that is not there yet is refused whole, since its first row names it."""
        course, own, wrong = self.named.course, self._own, dict[Where, str]()
        sessions = [
            replace(each, identifier=name) for each, name in zip(course.sessions, self.named.contacts, strict=True)
        ]
        left = [each for one in (*sessions, *filter(None, (course.ending,))) for each in self._try(one, own, wrong)]
        if wrong and own is None:
            wrong = {each.where: wrong.get(each.where, WITH_ANOTHER) for each in course.entries}
            left = []
        refused.update(wrong)
        has_ending = course.ending is not None and course.ending.where not in wrong and bool(left)
        known = course.known or (own if wrong else None)
        return replace(
            course, sessions=tuple(left[:-1] if has_ending else left), ending=left[-1] if has_ending else None,
            known=known,
        )  # fmt: skip

    def _try(self, entry: Entry, own: KnownCourse | None, wrong: dict[Where, str]) -> Iterator[Entry]:
        try:
            yield self._session(entry, own) if entry.identifier else self._ending(entry, own)
        except _Refused as why:
            wrong[entry.where] = str(why)

    def _session(self, entry: Entry, own: KnownCourse | None) -> Entry:
        typed = own.typed.get(entry.day, {}) if own else {}
        if any(entry.identifier in one.sessions for one in self.theirs):
            session = next((one for one in own.held if one.identifier == entry.identifier), None) if own else None
            there = {**typed, **(session.scores if session else {})}
            return _without_known(entry, {tool: one for tool, one in there.items() if not one.was_read})
        session = self._other_of(entry, own)
        if session is None:
            return _without_known(entry, typed)
        return _without_known(replace(entry, here=session), {**typed, **session.scores}, session)

    def _other_of(self, entry: Entry, own: KnownCourse | None) -> KnownSession | None:
        """The session of the day that no row of the sheet is of by its name."""
        told = self.told[entry.client, entry.day]
        others = [
            (course, one)
            for course in self.theirs
            for one in course.held
            if one.day == entry.day and one.identifier not in told
        ]
        here = {one for course in self.theirs for one in course.sessions}
        new = [one for one in told if one not in here]
        if not others:
            return None
        if len(others) > 1 or len(new) > 1:
            raise _Refused(SEVERAL.format(here=_count(len(others)), told=_count(len(new))))
        if others[0][0] is not own:
            raise _Refused(ELSEWHERE)
        return others[0][1]

    def _ending(self, entry: Entry, own: KnownCourse | None) -> Entry:
        if own is None:
            return entry
        sessions = [one.scores for one in own.held if one.day == entry.day]
        there = {tool: one for scores in (own.typed.get(entry.day, {}), *sessions) for tool, one in scores.items()}
        return _without_known(entry, {tool: one for tool, one in there.items() if not one.was_read})


def _count(number: int) -> str:
    return f"{number} session{'' if number == 1 else 's'}"


def _without_known(entry: Entry, there: Mapping[str, KnownScore], session: KnownSession | None = None) -> Entry:
    """A row without the scores that are there. Raises `_Refused` if it says something else."""
    attended = entry.get("attended")
    wrong = (
        [_attendances(session.attendance, attended)] if session and attended not in (None, session.attendance) else []
    )
    new: list[tuple[str, str]] = []
    for tool, score in entry.scores:
        known = there.get(tool)
        if known is None or (known.counts is None and plain_score(score) not in known.ever):
            new.append((tool, score))
        elif plain_score(score) not in known.ever:
            wrong.append(f"{_name(tool)} here {known.counts or 'incomplete'}, in the sheet {score}")
    if wrong:
        raise _Refused((DIFFERS if session else SCORE_DIFFERS).format(what=", ".join(wrong)))
    return replace(entry, scores=tuple(new))


def _attendances(here: str, told: str | None) -> str:
    return f"attendance here {_attended(here)}, in the sheet {_attended(told or '')}"


def _attended(code: str) -> str:
    return ATTENDED.words[code][0] if code in ATTENDED.words else code or "booked and not recorded yet"


def _name(tool: str) -> str:
    found = by_tool_code(tool)
    if found is None:
        return tool
    return found[0].short_name if found[1] is None else f"an answer of {found[0].short_name}"


def plain_score(text: str) -> str:
    """A score as it is compared: 12.00 and 12 are the same.

    >>> plain_score("12.00"), plain_score("0"), plain_score("NA")
    ('12', '0', 'NA')
    """
    try:
        return f"{Decimal(text).normalize():f}"
    except ArithmeticError:
        return text
