"""What the pages of risk alerts show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from caseness.instruments import Item, instrument
from caseness.web.accounts.models import User
from caseness.web.attention.forms import CloseForm
from caseness.web.attention.models import RaisedSignal, RiskAlert
from caseness.web.attention.risk_signals import signals_answered_with
from caseness.web.attention.scope import alerts_seen_by, covered_by, signals_seen_by
from caseness.web.services.reader import Reader

_SHOWN = 50


@dataclass(frozen=True)
class Alert:
    """One alert in words."""

    alert: RiskAlert

    @property
    def item(self) -> Item:
        """The item that was answered."""
        one = instrument(self.alert.score.instrument_id)
        assert one.risk is not None, "an alert is fired by a risk item"
        return one.items[one.risk.item - 1]

    @property
    def what(self) -> str:
        """Which item of which questionnaire."""
        return f"Item {self.item.number} of {instrument(self.alert.score.instrument_id).short_name}"

    @property
    def answer(self) -> str:
        """The answer as the form words it, where its wording may be shown."""
        options = {one.value: one.label for one in instrument(self.alert.score.instrument_id).options}
        label = options.get(self.alert.answer)
        return f"{self.alert.answer}, {label[0].lower()}{label[1:]}" if label else str(self.alert.answer)

    @property
    def change(self) -> str:
        """How it lies beside the answer before."""
        return self.alert.get_change_display()

    @property
    def was_corrected(self) -> bool:
        """The score was corrected or taken back since. The alert stays."""
        return not self.alert.score.is_current

    @property
    def with_whom(self) -> str:
        """Who has it now."""
        holder = self.alert.escalated_to or self.alert.owner
        return holder.user.name if holder else "nobody: this service has nobody in charge of this client"


def say_kept(alert: RiskAlert, reader: Reader) -> str:
    """What is said to whoever sends what was done about an alert that was closed."""
    closed_by = alert.closed_by
    assert closed_by is not None, "a closed alert says who closed it"
    who = "you" if closed_by == reader.user else closed_by.name
    return f"The alert had been closed already, by {who}. What you wrote is kept below, with what was written before."


@dataclass(frozen=True)
class RiskPage:
    """The alerts that a reader sees: those that wait for them, the others that are open, and the last that were closed."""

    reader: Reader
    now: datetime

    def read(self) -> None:
        """The three lists."""
        _ = self.mine, self.closed

    @cached_property
    def _open(self) -> list[Alert]:
        return [Alert(one) for one in alerts_seen_by(self.reader).filter(closed__isnull=True)]

    @cached_property
    def mine(self) -> list[Alert]:
        """Those that the reader owns, or that were escalated to them, or that belong to somebody they cover for."""
        covered = {one.away_id for one in covered_by(self.reader)}
        return [one for one in self._open if self._is_mine(one.alert, covered)]

    @property
    def others(self) -> list[Alert]:
        """Those of others."""
        return [one for one in self._open if one not in self.mine]

    @cached_property
    def closed(self) -> list[Alert]:
        """The last that were closed."""
        found = alerts_seen_by(self.reader).filter(closed__isnull=False).order_by("-closed")
        return [Alert(one) for one in found[:_SHOWN]]

    @property
    def overdue(self) -> int:
        """How many wait longer than they may."""
        return sum(one.alert.acknowledged is None and one.alert.escalate_at <= self.now for one in self._open)

    def _is_mine(self, alert: RiskAlert, covered: set[int]) -> bool:
        held = [one for one in (alert.owner, alert.escalated_to) if one]
        return any(one.user_id == self.reader.user.pk or one.pk in covered for one in held)


@dataclass(frozen=True)
class AlertPage:
    """One alert."""

    shown: Alert
    form: CloseForm
    reader: Reader

    def read(self) -> None:
        """The signals, and what was done."""
        _ = self.signals, self.accounts

    @property
    def alert(self) -> RiskAlert:
        """The alert itself."""
        return self.shown.alert

    @cached_property
    def accounts(self) -> list[tuple[str, User, datetime]]:
        """What was done, by whom and when, in order. The first account closed the alert."""
        one = self.alert
        if one.closed is None or one.closed_by is None:
            return []
        later = one.accounts.select_related("by")
        told = ((each.what_was_done, each.by, each.written) for each in later)
        return [(one.what_was_done, one.closed_by, one.closed), *told]

    @cached_property
    def signals(self) -> list[RaisedSignal]:
        """Those that were acknowledged when it was closed; while it is open, those that will be."""
        if self.alert.closed:
            return list(signals_seen_by(self.reader).filter(answered_with=self.alert).order_by("pk"))
        return signals_answered_with(self.alert, self.reader)
