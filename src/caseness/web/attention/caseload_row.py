"""One referral as a caseload shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from caseness.feedback import Urgency
from caseness.feedback.rules import read_rules
from caseness.web.attention.held_signals import HeldSignal
from caseness.web.attention.standings import Standing


@dataclass(frozen=True)
class Row:
    """One referral of a caseload."""

    pk: int
    key: UUID
    client: UUID
    name: str
    identifier: str
    received: date
    ended: date | None
    therapist: str
    team: str
    today: date
    # Whoever has the client is there, and sees clients. Else since when not, where anybody had the client.
    has_therapist: bool = True
    therapist_left: date | None = None
    last_attended: date | None = None
    last_treated: date | None = None
    # The last attended appointment at which questionnaires are asked.
    last_asked: date | None = None
    last_score: date | None = None
    next_day: date | None = None
    next_time: time | None = None
    # The first appointment of today whose time has passed, and of which nobody has recorded what became.
    passed_time: time | None = None
    not_recorded: int = 0
    due: tuple[str, ...] = ()
    signals: tuple[HeldSignal, ...] = ()
    alerts: int = 0
    standings: tuple[Standing, ...] = field(default=(), repr=False)

    @property
    def last_seen(self) -> date | None:
        """The last day with an attended contact or a score, as `feedback` has it."""
        return max(filter(None, (self.last_attended, self.last_score)), default=None)

    @property
    def days_since_seen(self) -> int | None:
        """Days since then, None where nothing was seen."""
        seen = self.last_seen
        return None if seen is None else (self.today - seen).days

    @property
    def waits_for_first(self) -> bool:
        """Nobody has seen the client yet, and the referral is open."""
        return self.last_attended is None and self.ended is None

    @property
    def waits_for_treatment(self) -> bool:
        """Assessed, and not treated yet: a waiting list, which is not for a therapist to end."""
        return self.last_attended is not None and self.last_treated is None

    @property
    def not_seen_for(self) -> int | None:
        """The line that was passed without being seen, 15 or 30 days as the rules of signals have it. None: neither."""
        days = self.days_since_seen
        if days is None or self.waits_for_treatment:
            return None
        lines = [read_rules().whole(name) for name in ("not_seen_days", "not_seen_long_days")]
        return max((line for line in lines if days >= line), default=None)

    @property
    def lacks_therapist(self) -> bool:
        """No therapist has the client now, and the referral is open."""
        return not self.has_therapist and (self.ended is None or self.ended > self.today)

    @property
    def was_left(self) -> bool:
        """Somebody had the client, or treated them, and nobody has them now. Whoever waits for a first therapist was not left."""
        return self.lacks_therapist and bool(self.therapist or self.last_treated)

    @property
    def is_urgent(self) -> bool:
        """A signal waits that is to be looked at the same day."""
        return any(one.waits and one.urgency == Urgency.AT_ONCE for one in self.signals)

    @property
    def needs_attention(self) -> bool:
        """A risk alert waits, or a signal does that is more than information, or the client was left without a therapist."""
        return self.alerts > 0 or self.was_left or any(one.needs_attention for one in self.signals)

    @property
    def has_answered_signal(self) -> bool:
        """A signal holds that somebody has acknowledged."""
        return any(not one.waits for one in self.signals)

    @property
    def others(self) -> str:
        """The signals after the foremost in a few words, each title once with its questionnaires."""
        told: dict[str, list[str]] = {}
        for one in self.signals[1:]:
            said = one.title.lower() if one.waits else f"{one.title.lower()}, acknowledged"
            told.setdefault(said, []).extend(filter(None, [one.questionnaire]))
        return "; ".join(f"{said} ({', '.join(names)})" if names else said for said, names in told.items())

    @property
    def more(self) -> int:
        """How many signals stand after the foremost."""
        return max(0, len(self.signals) - 1)

    @property
    def foremost(self) -> HeldSignal | None:
        """The signal to look at first."""
        return self.signals[0] if self.signals else None
