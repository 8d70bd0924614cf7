"""What the page of one client shows, of one referral."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from caseness.codes import code_list
from caseness.feedback import INTENDED_PURPOSE
from caseness.feedback.norms import Norms
from caseness.instruments import instrument
from caseness.web.attention.client_changes import say_changes, standing, struck_out
from caseness.web.attention.client_contacts import BOOKED, Appointment, appointments_of, say_attendance
from caseness.web.attention.client_corrections import Correction, corrections_of
from caseness.web.attention.client_course import ClientCourse, make_course
from caseness.web.attention.client_endings import say_reopening
from caseness.web.attention.client_items import ItemTable, item_tables
from caseness.web.attention.client_signals import ClientSignal, signals_of_referral
from caseness.web.attention.due import due_of
from caseness.web.attention.models import RiskAlert
from caseness.web.attention.norms import is_demonstration, norms_of
from caseness.web.attention.problems import Recorded, foremost, say_problem
from caseness.web.attention.standings import place_of
from caseness.web.caseload.courses import KINDS, trajectories
from caseness.web.caseload.models import (
    Circumstance,
    ClientChange,
    Contact,
    Goal,
    Medication,
    Note,
    Problem,
    Referral,
    Reopening,
    Score,
)
from caseness.web.caseload.staff import say_therapist
from caseness.web.caseload.striking import Struck
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Permission

_NEEDED = (
    "contacts__activities", "scores__entered_by", "problems", "goals__ratings", "goals__struck_by", "circumstances__struck_by", "medication__struck_by", "notes__by", "notes__struck_by",
    "risk_alerts__owner__user", "risk_alerts__score", "risk_alerts__acknowledged_by", "risk_alerts__accounts__by", "reopenings__by", "client__changes__by",
)  # fmt: skip


@dataclass(frozen=True)
class ClientPage:
    """One referral with all that is recorded of it. `referral` came from `caseload.scope`."""

    reader: Reader
    referral: Referral

    def __post_init__(self) -> None:
        prefetch_related_objects([self.referral], *_NEEDED)
        # The page is drawn when the transaction that tells of the reading is over: all that it shows is read now.
        _ = self.signals, self.norms, self.therapist, self._struck_contacts

    @property
    def name(self) -> str:
        """What the client is called."""
        return self.referral.client.name

    @property
    def today(self) -> date:
        """The day of the page."""
        return self.reader.today

    @property
    def age(self) -> int | None:
        """In whole years today, None where no day of birth is held."""
        born = self.referral.client.birth_date
        return age_on(born, self.today) if born else None

    @property
    def problem(self) -> str:
        """The problem that stands for the referral, in words."""
        return say_problem(self._problem)

    @property
    def other_problems(self) -> list[str]:
        """What else the client came with."""
        found: Iterable[Problem] = self.referral.problems.all()
        return [said for one in found if one.code != self._problem and (said := say_problem(one.code))]

    @cached_property
    def _problem(self) -> str:
        found = self.referral.problems.all()
        return foremost(Recorded(one.code, one.significance, one.recorded, one.pk) for one in found if one.code)

    @cached_property
    def therapist(self) -> str:
        """Who has the client, or had until when; nothing where nobody ever had."""
        return say_therapist(self.referral, self.today)

    @property
    def is_open(self) -> bool:
        """The referral has not ended."""
        return self.referral.is_open_on(self.today)

    @property
    def may_allocate(self) -> bool:
        """The reader's role gives clients to therapists."""
        return self.reader.may(Permission.ALLOCATE_CLIENTS)

    @property
    def may_change(self) -> bool:
        """The reader's role changes what is recorded of a client."""
        return self.reader.may(Permission.CHANGE_CLIENTS)

    @cached_property
    def appointments(self) -> list[Appointment]:
        """Every appointment, the latest first."""
        return appointments_of(self.referral.contacts.all(), self.today)

    @property
    def next_appointment(self) -> Appointment | None:
        """The booked one that comes first."""
        return next((one for one in reversed(self.appointments) if one.came == BOOKED), None)

    @property
    def attendance(self) -> str:
        """What became of appointments so far, counted."""
        return say_attendance(self.appointments)

    @property
    def waited(self) -> str:
        """How long the client waited for a first appointment, or has waited, in words."""
        seen = [one.day for one in self.appointments if one.was_attended]
        if seen:
            return f"{_days((min(seen) - self.referral.received).days)} for the first appointment"
        return f"{_days((self.today - self.referral.received).days)} so far" if self.is_open else "never seen"

    @cached_property
    def signals(self) -> list[ClientSignal]:
        """Every signal, those that hold and wait first."""
        return signals_of_referral(self.referral)

    @property
    def held(self) -> list[ClientSignal]:
        """The signals that hold."""
        return [one for one in self.signals if one.signal.ended is None]

    @property
    def ended_signals(self) -> list[ClientSignal]:
        """Those that hold no longer."""
        return [one for one in self.signals if one.signal.ended is not None]

    @property
    def alerts(self) -> list[RiskAlert]:
        """The risk alerts, those that wait first and then the latest."""
        found = self.referral.risk_alerts.all()
        return sorted(found, key=lambda one: (one.acknowledged is not None, -one.fired.timestamp()))

    @cached_property
    def scores(self) -> list[Score]:
        """The scores that are current, in the order of their days."""
        return [one for one in self.referral.scores.all() if one.is_current and one.day <= self.today]

    @property
    def incomplete(self) -> list[tuple[str, Score]]:
        """Scores without a total, since answers lack, each with the name of its questionnaire, the latest first."""
        found = [one for one in self.scores if one.instrument_id and one.total is None]
        return [(instrument(one.instrument_id).short_name, one) for one in reversed(found)]

    @cached_property
    def corrections(self) -> list[Correction]:
        """Scores that were corrected or taken back."""
        return corrections_of(self.referral.scores.all())

    @cached_property
    def norms(self) -> Norms | None:
        """The norms of the service, of which bands may or may not be drawn."""
        return norms_of(self.reader.service)

    @cached_property
    def courses(self) -> list[ClientCourse]:
        """The course on each questionnaire."""
        found = trajectories(self.referral, self.today, made_up=self.reader.service.is_made_up)
        demonstration = is_demonstration(self.reader.service)
        return [
            make_course(
                one,
                [each for each in self.scores if each.instrument_id == one.instrument_id and each.total is not None],
                self.norms,
                demonstration,
            )
            for one in sorted(found, key=lambda one: place_of(one.instrument_id))
        ]

    @cached_property
    def items(self) -> list[ItemTable]:
        """Single answers, where they are recorded."""
        return item_tables(self.scores)

    @property
    def due(self) -> tuple[str, ...]:
        """Questionnaires that were not answered at the last attended appointment."""
        asked = [
            one.day for one in self.referral.contacts.all() if one.appointment_type in KINDS and one.day <= self.today
        ]
        attended = {one.day for one in self.appointments if one.was_attended}
        last = {one.instrument_id: one.day for one in self.scores if one.total is not None}
        return due_of(self._problem, max(attended.intersection(asked), default=None), last) if self.is_open else ()

    @property
    def goals(self) -> list[ClientGoal]:
        """What the client wants, open ones first."""
        found = sorted(standing(self.referral.goals.all()), key=lambda one: not one.is_open)
        return [
            ClientGoal(one, tuple(sorted(one.ratings.all(), key=lambda each: (each.day, each.pk)))) for one in found
        ]

    @property
    def circumstances(self) -> list[tuple[str, Circumstance]]:
        """What happens in the client's life, each with what its code says."""
        names = code_list("LifeCircumstanceKind")
        return [(names.meaning_of(one.kind) or one.kind, one) for one in standing(self.referral.circumstances.all())]

    @property
    def medication(self) -> list[Medication]:
        """What the client takes first, and then what was stopped."""
        return sorted(standing(self.referral.medication.all()), key=lambda one: one.stopped is not None)

    @property
    def reopenings(self) -> list[tuple[str, Reopening]]:
        """Ends that were taken back, each in words, the latest first."""
        return [(say_reopening(one), one) for one in self.referral.reopenings.all()]

    @property
    def changes(self) -> list[tuple[list[tuple[str, str, str]], ClientChange]]:
        """Details of the client that were changed, the latest first."""
        return say_changes(self.referral.client.changes.all())

    @property
    def notes(self) -> list[Note]:
        """Notes, the latest first."""
        return standing(self.referral.notes.all())

    @property
    def struck(self) -> list[tuple[str, Struck]]:
        """What was entered by mistake and struck out, the latest first."""
        held = self.referral
        noted = (held.goals, held.circumstances, held.medication, held.notes)
        return struck_out([*(one for found in noted for one in found.all()), *self._struck_contacts])

    @cached_property
    def _struck_contacts(self) -> list[Contact]:
        return list(Contact.every.filter(referral=self.referral, struck__isnull=False).select_related("struck_by"))

    @property
    def intended_purpose(self) -> str:
        """What signals are for, shown wherever one is."""
        return INTENDED_PURPOSE


@dataclass(frozen=True)
class ClientGoal:
    """A goal with its ratings in the order of days."""

    goal: Goal
    ratings: tuple[Any, ...]

    @property
    def first(self) -> Any:
        """The first rating, None where there is none."""
        return self.ratings[0] if self.ratings else None

    @property
    def last(self) -> Any:
        """The last rating, None where there is none."""
        return self.ratings[-1] if self.ratings else None


def age_on(born: date, day: date) -> int:
    """Whole years from a birth to a day.

    >>> age_on(date(1990, 3, 21), date(2026, 3, 20))
    35
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _days(many: int) -> str:
    return f"{many} {'day' if many == 1 else 'days'}"
