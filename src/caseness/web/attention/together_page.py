"""What a client and a therapist look at together: their own line, in plain words, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from caseness.web.attention.client_course import ClientCourse
from caseness.web.attention.client_page import ClientGoal, ClientPage
from caseness.web.attention.standings import BETTER, FIRST, NEITHER, WORSE
from caseness.web.attention.together_words import questions_of


@dataclass(frozen=True)
class SharedCourse:
    """One questionnaire in words for whoever filled it in."""

    course: ClientCourse

    @property
    def heading(self) -> str:
        """What it asks about, without an ending that says when."""
        return self.course.about.rstrip(".")

    @property
    def way(self) -> str:
        """Which way is which."""
        worse = self.course.standing.questionnaire.higher_is == "worse"
        return f"The higher a dot, the {'more trouble' if worse else 'better'} you told of."

    @property
    def line(self) -> str:
        """What the dashed line means; nothing where there is none."""
        found = self.course.standing.questionnaire.caseness()
        if found is None:
            return ""
        return (
            f"The dashed line is at {found.value:g}. Many people who come for help are {found.operator.split()[-1]} it. It is a "
            "line on a questionnaire, and does not say who is ill and who is well."
        )

    @property
    def moved(self) -> str:
        """From where to where, and whether that is more than chance."""
        standing = self.course.standing
        start = f"When we began it was {standing.first.total:g}."
        if standing.verdict == FIRST:
            return f"{start} It was filled in once so far, so there is nothing to compare yet."
        now = f"Last time it was {standing.last.total:g}: {self._points}."
        return f"{start} {now} {_MEANS.get(standing.verdict, '')}".strip()

    @property
    def _points(self) -> str:
        points = self.course.standing.last.total - self.course.standing.first.total
        if not points:
            return "the same"
        return f"{abs(points):g} {'point' if abs(points) == 1 else 'points'} {'higher' if points > 0 else 'lower'}"


_MEANS = {
    BETTER: "That is more than the ups and downs that everybody has on this questionnaire: something has become easier.",
    WORSE: "That is more than the ups and downs that everybody has on this questionnaire: it is worth talking about.",
    NEITHER: "That is within the ups and downs that everybody has on this questionnaire.",
}


@dataclass(frozen=True)
class TogetherPage:
    """One client's course in plain words. Signals and risk are not named on it."""

    client: ClientPage
    is_to_print: bool = False

    @property
    def name(self) -> str:
        """How the client is called here: by the given name where one is held."""
        return self.client.referral.client.given_name or self.client.name

    @property
    def today(self) -> date:
        """The day of the page."""
        return self.client.today

    @cached_property
    def courses(self) -> list[SharedCourse]:
        """The course on each questionnaire."""
        return [SharedCourse(one) for one in self.client.courses]

    @property
    def has_gaps(self) -> bool:
        """A line is broken where nothing was filled in."""
        return any(one.course.drawing and len(one.course.drawing.lines) > 1 for one in self.courses)

    @property
    def goals(self) -> list[ClientGoal]:
        """What the client wants, as long as it is open."""
        return [one for one in self.client.goals if one.goal.is_open]

    @property
    def questions(self) -> tuple[str, ...]:
        """What to talk about."""
        return questions_of(one.signal.kind for one in self.client.held)
