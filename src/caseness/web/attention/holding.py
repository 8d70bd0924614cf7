"""Which signals hold for a referral on a day: those of each questionnaire, and of being away once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseness.feedback import Signal, Trajectory
from caseness.feedback.norms import Norms
from caseness.feedback.signals import signals_of
from caseness.instruments import instrument
from caseness.web.attention.norms import is_demonstration, norms_of
from caseness.web.caseload.courses import NEEDED, bare_trajectory, trajectories
from caseness.web.caseload.models import Referral

# A signal begins to hold once: by its kind, the questionnaire (none for being away), and the day from which it holds.
Mark = tuple[str, str, date]


@dataclass(frozen=True)
class Holding:
    """A signal that holds, and the questionnaire it was seen in."""

    instrument_id: str
    signal: Signal

    @property
    def mark(self) -> Mark:
        """What makes it one of its kind."""
        return self.signal.id, self.instrument_id, self.signal.since

    @property
    def urgency(self) -> str:
        """The urgency as a model keeps it, such as `at_once`."""
        return self.signal.urgency.name.lower()

    @property
    def told(self) -> dict[str, Any]:
        """What is told of it, to be kept as it was told."""
        one = self.signal
        return {
            "title": one.title,
            "why": one.why,
            "rests_on": one.rests_on,
            "accuracy": one.accuracy,
            "consider": list(one.consider),
            "about": one.kind.name.lower(),
            "questionnaire": instrument(self.instrument_id).short_name if self.instrument_id else "",
        }


def holding_on(referral: Referral, day: date) -> dict[Mark, Holding]:
    """The signals that hold for a referral, as known at the end of a day. After its end none holds.

    The referral is read anew, with all that its course is made of.
    """
    found = Referral.objects.prefetch_related(*NEEDED).select_related("service").get(pk=referral.pk)
    if not found.is_open_on(day):
        return {}
    made_up = is_demonstration(found.service)
    courses = trajectories(found, day, made_up=made_up, has_every_score=True) or (
        bare_trajectory(found, day, made_up=made_up),
    )
    return {one.mark: one for one in holding_of(courses, norms_of(found.service), made_up)}


def holding_of(courses: Iterable[Trajectory], norms: Norms | None, demonstration: bool) -> Iterator[Holding]:
    """The signals of the courses of one referral. Being away is told once, by the course that was seen last."""
    away: list[tuple[date | None, Holding | None]] = []
    for course in courses:
        missed = None
        for signal in signals_of(course, norms, demonstration=demonstration):
            if signal.is_of_scores:
                yield Holding(course.instrument_id, signal)
            else:
                missed = Holding("", signal)
        away.append((course.last_seen, missed))
    latest = max(away, key=lambda one: one[0] or date.min)[1]
    if latest:
        yield latest
