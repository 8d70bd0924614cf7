"""What the page of one signal shows: why it was raised, how often such a signal is right, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from caseness.feedback import INTENDED_PURPOSE, Urgency
from caseness.web.attention.clinical_support import DOMAINS, OUTCOMES
from caseness.web.attention.forms import PlanForm, ReviewForm
from caseness.web.attention.held_signals import COLOURS
from caseness.web.attention.models import Plan, RaisedSignal

_TITLES = {one.id: one.title for one in DOMAINS}
_OUTCOMES = dict(OUTCOMES)


@dataclass(frozen=True)
class PlanShown:
    """One plan, and its review."""

    plan: Plan
    review: ReviewForm
    today: date

    @property
    def domains(self) -> list[tuple[str, str]]:
        """What was agreed, by the title of the domain, in the order of the five."""
        return [(title, self.plan.domains[name]) for name, title in _TITLES.items() if name in self.plan.domains]

    @property
    def is_due(self) -> bool:
        """Its day has come, and nobody has said what happened next."""
        return self.plan.reviewed is None and self.plan.review_on <= self.today

    @property
    def what_happened(self) -> str:
        """What happened next, in words; empty until it is reviewed."""
        return _OUTCOMES.get(self.plan.what_happened, "")


@dataclass(frozen=True)
class SignalPage:
    """One raised signal."""

    signal: RaisedSignal
    today: date
    plan_form: PlanForm
    review_form: ReviewForm | None = None
    reviewed_plan: Plan | None = None

    intended_purpose = INTENDED_PURPOSE

    def read(self) -> None:
        """The plans."""
        _ = self.plans

    @property
    def told(self) -> dict[str, Any]:
        """What was told when it was raised."""
        return self.signal.told

    @property
    def look(self) -> str:
        """When to look at it."""
        return Urgency[self.signal.urgency.upper()].says

    @property
    def colour(self) -> str:
        """That of its tag: grey once it is over."""
        return "grey" if self.signal.ended else COLOURS[Urgency[self.signal.urgency.upper()]]

    @property
    def state(self) -> str:
        """Whether it holds, and if not why."""
        one = self.signal
        return "It holds today." if one.ended is None else f"{one.get_why_ended_display() or 'It holds no longer'}."

    @cached_property
    def plans(self) -> list[PlanShown]:
        """The plans that followed, the last first."""
        found = self.signal.plans.select_related("made_by", "reviewed_by").order_by("-made", "-pk")
        return [PlanShown(one, self._review_of(one), self.today) for one in found]

    # A review that was sent and refused is shown as it was sent.
    def _review_of(self, plan: Plan) -> ReviewForm:
        is_sent = self.review_form is not None and self.reviewed_plan == plan
        return self.review_form if is_sent and self.review_form else ReviewForm(auto_id=f"id_{plan.key}_%s")
