"""One person's course as a case study knows it: days from the referral, and nothing that names anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from caseness.feedback import Signal
from caseness.instruments import Change, Instrument

# How an appointment went. The codes of the data set tell late arrivals apart, which no case study needs.
ATTENDED = "attended"
NOT_ATTENDED = "did not attend"
CANCELLED_BY_PERSON = "cancelled by the person"
CANCELLED_BY_PROVIDER = "cancelled by the provider"
NOT_RECORDED = "not recorded"
ATTENDANCES = (ATTENDED, NOT_ATTENDED, CANCELLED_BY_PERSON, CANCELLED_BY_PROVIDER, NOT_RECORDED)


@dataclass(frozen=True)
class Meeting:
    """One appointment. `therapist` numbers the therapists of the course in the order in which they appear."""

    day: int
    attendance: str
    purpose: str
    is_assessment: bool
    is_treatment: bool
    is_follow_up: bool
    medium: str
    minutes: int | None
    therapies: tuple[str, ...]
    intensities: tuple[str, ...]
    therapist: int | None
    medication: str

    @property
    def was_attended(self) -> bool:
        """The person was seen."""
        return self.attendance == ATTENDED


@dataclass(frozen=True)
class Score:
    """One score that counts, or one after the end. `session` is 1 at the first score, and one more with each day of treatment."""

    day: int
    total: float
    session: int
    in_contact: bool
    is_after_end: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A score that is shown nowhere in the course, and why."""

    day: int | None
    questionnaire: str
    why: str


@dataclass(frozen=True)
class TurningPoint:
    """A sudden gain or loss: from which day to which, and by how much. `is_reversed`: more than half of it was lost later."""

    day_before: int
    day: int
    before: float
    after: float
    is_gain: bool
    is_reversed: bool


@dataclass(frozen=True)
class Lines:
    """The lines that are drawn beside scores. None where the questionnaire has none that is verified, or there is no first score.

    `improved` is the score at which a change from the first score is reliable, and `worsened` the same the other way.
    """

    caseness: float | None
    caseness_says: str
    reliable: float | None
    reliable_says: str
    improved: float | None
    worsened: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What similar courses had, session by session, where norms allow it: a day, the low and the high end of the band."""

    points: tuple[tuple[int, float, float], ...]
    says: str
    made_up: str = ""


@dataclass(frozen=True)
class Raised:
    """A signal that would have been raised along the course, as it read on its first day.

    `questionnaire` is empty where it is of none in particular. `first` and `last` are the first and the last day on
    which it held, of those that were looked at. `holds` says whether it still held at the end of the course, or of the
    record.
    """

    questionnaire: str
    signal: Signal
    first: int
    last: int
    holds: bool


@dataclass(frozen=True)
class Scores:
    """A person's scores on one questionnaire, in their order, with what they say."""

    questionnaire: Instrument
    scores: tuple[Score, ...]
    lines: Lines
    change: Change
    began_as_case: bool | None
    ended_as_case: bool | None
    turning_points: tuple[TurningPoint, ...]
    steps_judged: int
    expected: Expected | None = None

    @property
    def within(self) -> tuple[Score, ...]:
        """The scores up to the end of the course."""
        return tuple(one for one in self.scores if not one.is_after_end)

    @property
    def best(self) -> Score:
        """The best score of the course, the first of those that are equal."""
        return min(self.within or self.scores, key=self._worse)

    @property
    def worst(self) -> Score:
        """The worst score of the course, the first of those that are equal."""
        return max(self.within or self.scores, key=self._worse)

    def _worse(self, one: Score) -> float:
        return one.total if self.questionnaire.higher_is == "worse" else -one.total


@dataclass(frozen=True)
class Stretch:
    """A stretch without an attended contact: its first and last day, and what was missed or cancelled in it."""

    since: int
    until: int
    missed: int
    cancelled: int

    @property
    def days(self) -> int:
        """How long it was."""
        return self.until - self.since


@dataclass(frozen=True)
class Review:
    """A review of the ending: by whose account, on which day, and what it says."""

    day: int
    told_by: str
    kind: str
    decided_by: str
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Ending:
    """How a course ended: the day and the code of the record, and each account of it."""

    day: int | None
    code: str
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class Rated:
    """A goal, or a questionnaire on the alliance, with its ratings by day. `wording` is there only where it was asked for."""

    name: str
    ratings: tuple[tuple[int, float], ...]
    low: float | None
    high: float | None
    wording: str = ""


@dataclass(frozen=True)
class Told:
    """Something of the person's life that the record tells: the day, where it has one, what it is, and a note where asked for."""

    day: int | None
    about: str
    what: str
    note: str = ""


@dataclass(frozen=True)
class Official:
    """How the official measures count the course: derived columns and their values, or why there are none."""

    claims: tuple[tuple[str, str], ...]
    why_none: str = ""


NOT_ASKED = Official((), "The official measures were not asked for.")


@dataclass(frozen=True)
class Case:
    """One course as a case study knows it. All days are counted from the referral, which is day 0.

    `received` is the day of the referral: it is told only where dates are asked for. `known_until` is the last day that
    the record covers. `notes_left_out` counts free text that was not asked for. `demonstration` says which norms were used for
    one, and is empty where there was none.
    """

    pseudonym: str
    received: date
    known_until: int
    age_group: str
    gender: str
    source: str
    problem: str
    problem_months: int | None
    other_referrals: int
    meetings: tuple[Meeting, ...] = ()
    logs: int = 0
    measured: tuple[Scores, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    ending: Ending = Ending(None, "", ())
    goals: tuple[Rated, ...] = ()
    alliance: tuple[Rated, ...] = ()
    life: tuple[Told, ...] = ()
    official: Official = NOT_ASKED
    signals: tuple[Raised, ...] = ()
    norms_say: str = ""
    demonstration: str = ""
    norms_of_others: str = ""
    notes_left_out: int = 0
    has_notes: bool = False
    remarks: tuple[str, ...] = ()
    made_up: str = ""

    @property
    def attendance(self) -> Mapping[str, int]:
        """How many appointments went which way."""
        return {kind: sum(one.attendance == kind for one in self.meetings) for kind in ATTENDANCES}

    @property
    def treatments(self) -> tuple[Meeting, ...]:
        """The attended treatment contacts, in order."""
        return tuple(one for one in self.meetings if one.was_attended and one.is_treatment)
