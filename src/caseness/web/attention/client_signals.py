"""The signals of one client, each with the plans that followed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from caseness.web.attention.held_signals import HeldSignal, all_signals
from caseness.web.attention.models import Plan
from caseness.web.caseload.models import Referral


@dataclass(frozen=True)
class ClientSignal:
    """A signal, and what was planned because of it, the latest first."""

    signal: HeldSignal
    plans: tuple[Plan, ...]

    @property
    def plan(self) -> Plan | None:
        """The latest plan."""
        return self.plans[0] if self.plans else None


def signals_of_referral(referral: Referral) -> list[ClientSignal]:
    """Every signal of a referral that `caseload.scope` gave, those that wait first."""
    plans: dict[object, list[Plan]] = defaultdict(list)
    for one in Plan.objects.filter(signal__referral=referral).select_related("signal", "made_by").order_by("-made"):
        plans[one.signal.key].append(one)
    return [ClientSignal(one, tuple(plans[one.key])) for one in all_signals(referral.pk)]
