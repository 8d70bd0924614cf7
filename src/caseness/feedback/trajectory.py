"""One person's course on one questionnaire: its scores, its contacts and the day on which it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from caseness.instruments import Instrument, instrument

# `changed`: low first and high later, or the reverse. How its sessions go on from there no norms tell.
LOW, HIGH, CHANGED, OTHER, UNKNOWN = "low", "high", "changed", "other", "unknown"
INTENSITIES = (LOW, HIGH, CHANGED, OTHER, UNKNOWN)
TREATMENT, ASSESSMENT, FOLLOW_UP, OTHER_CONTACT = "treatment", "assessment", "follow-up", "other"
CONTACT_KINDS = (TREATMENT, ASSESSMENT, FOLLOW_UP, OTHER_CONTACT)


@dataclass(frozen=True)
class SessionScore:
    """One total. Session 1 is that of the first score. `items` are the answers in order, None where one is blank.

    `items` is empty where only the total is recorded, as in every record that is submitted to NHS England.
    """

    session: int
    day: date
    total: float
    items: tuple[float | None, ...] = ()

    def __post_init__(self) -> None:
        if self.session < 1:
            raise ValueError("The first session is 1.")


@dataclass(frozen=True)
class Contact:
    """One appointment. `attended` is None where nobody recorded whether the person came."""

    day: date
    attended: bool | None
    kind: str = TREATMENT

    def __post_init__(self) -> None:
        if self.kind not in CONTACT_KINDS:
            raise ValueError(f"A contact is for one of {', '.join(CONTACT_KINDS)}, not {self.kind!r}.")


@dataclass(frozen=True)
class Trajectory:
    """One person's course on one questionnaire, as known at the end of a day.

    `reference` is opaque: whoever reads it learns nothing of the person. `instrument_id` is one of
    `caseness.instruments`. `ended` is the day on which the course was closed, None while it is open. `made_up` says
    that nobody in it is real, in words that can be shown, and is empty otherwise. `risk_answers` are the days and answers
    of the item about risk, in order, with those of questionnaires that have no total; None where `scores` hold all of them.

    Raises
    ------
    ValueError
        If scores, contacts or answers about risk are not in order of days, a session number falls, or one of them is
        after `as_of`.
    UnknownName
        If there is no such questionnaire.

    Examples
    --------
    >>> course = Trajectory(
    ...     "a1", "phq9", (SessionScore(1, date(2026, 3, 2), 17), SessionScore(2, date(2026, 3, 9), 12)), date(2026, 3, 20))
    >>> course.intake, course.latest.total, course.is_open, course.questionnaire.short_name
    (17, 12, True, 'PHQ-9')
    """

    reference: str
    instrument_id: str
    scores: tuple[SessionScore, ...]
    as_of: date
    intensity: str = UNKNOWN
    contacts: tuple[Contact, ...] = ()
    ended: date | None = None
    made_up: str = ""
    risk_answers: tuple[tuple[date, float], ...] | None = None

    def __post_init__(self) -> None:
        instrument(self.instrument_id)
        if self.intensity not in INTENSITIES:
            raise ValueError(f"Intensity is one of {', '.join(INTENSITIES)}, not {self.intensity!r}.")
        of_answers = [day for day, _ in self.risk_answers or ()]
        for days in ([one.day for one in self.scores], [one.day for one in self.contacts], of_answers):
            if days != sorted(days) or any(day > self.as_of for day in days):
                raise ValueError(
                    "Scores, contacts and answers are in order of days, and none is after the day they are seen on."
                )
        if any(after.session < before.session for before, after in pairwise(self.scores)):
            raise ValueError("Sessions are numbered in order.")

    @property
    def questionnaire(self) -> Instrument:
        """The questionnaire, with its range, direction and thresholds."""
        return instrument(self.instrument_id)

    @property
    def intake(self) -> float | None:
        """The first score, None where there is none yet."""
        return self.scores[0].total if self.scores else None

    @property
    def latest(self) -> SessionScore | None:
        """The last score, None where there is none yet."""
        return self.scores[-1] if self.scores else None

    @property
    def is_open(self) -> bool:
        """The course had not been closed on the day it is looked at."""
        return self.ended is None or self.ended > self.as_of

    @property
    def last_seen(self) -> date | None:
        """The last day with an attended contact or a score, None where there is neither."""
        days = [one.day for one in self.contacts if one.attended] + [one.day for one in self.scores]
        return max(days, default=None)

    def until(self, day: date) -> Trajectory:
        """What was known at the end of an earlier day.

        Examples
        --------
        >>> whole = Trajectory("a1", "gad7", (SessionScore(1, date(2026, 3, 2), 9),), date(2026, 3, 20))
        >>> whole.until(date(2026, 3, 1)).scores
        ()
        """
        return Trajectory(
            self.reference,
            self.instrument_id,
            tuple(one for one in self.scores if one.day <= day),
            day,
            self.intensity,
            tuple(one for one in self.contacts if one.day <= day),
            self.ended if self.ended is not None and self.ended <= day else None,
            self.made_up,
            None if self.risk_answers is None else tuple(one for one in self.risk_answers if one[0] <= day),
        )

    def days_since_seen(self) -> int | None:
        """Days from `last_seen` to the day it is looked at, None where nothing was seen."""
        seen = self.last_seen
        return None if seen is None else (self.as_of - seen) // timedelta(days=1)
