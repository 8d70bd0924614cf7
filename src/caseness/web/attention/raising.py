"""Signals are raised once, in the transaction that saved what they rest on, and end when they hold no longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseness.feedback import Urgency
from caseness.web.attention.holding import Holding, Mark, holding_on
from caseness.web.attention.models import RaisedSignal
from caseness.web.caseload.accepting import hold
from caseness.web.caseload.models import Referral, Score
from caseness.web.events.models import Kind, record_event
from caseness.web.services.reader import Reader

NO_LONGER, NEVER_HELD, REFERRAL_ENDED = RaisedSignal.NO_LONGER, RaisedSignal.NEVER_HELD, RaisedSignal.REFERRAL_ENDED


@dataclass(frozen=True)
class Look:
    """One look at a referral: when, by whom (None: the worker), after which scores, and whether one was corrected."""

    referral: Referral
    now: datetime
    by: Reader | None = None
    scores: tuple[Score, ...] = ()
    is_correction: bool = False

    @property
    def day(self) -> date:
        """The day of the look, by the clock on the wall."""
        return timezone.localdate(self.now)

    def tell(self, kind: Kind, what: str, key: UUID, **details: Any) -> None:
        """Write an event of what the look changed."""
        client = self.referral.client.key
        if self.by:
            self.by.tell(kind, what, client=client, key=key, **details)
        else:
            record_event(kind, what, service=self.referral.service.key, by=None, client=client, key=key, **details)

    def score_of(self, instrument_id: str) -> Score | None:
        """The score of a questionnaire whose saving brought the look about."""
        return next((one for one in reversed(self.scores) if one.instrument_id == instrument_id), None)


@transaction.atomic
def look_again(
    referral: Referral,
    *,
    now: datetime,
    by: Reader | None = None,
    scores: Iterable[Score] = (),
    is_correction: bool = False,
) -> None:
    """Bring the raised signals of a referral to what holds now: raise what is new, and end what holds no longer.

    It may be called at any time and as often as one likes. Whatever changes a course calls it in the same transaction;
    the referral is locked, so that two who save at once are looked at in turn.
    """
    look = Look(hold(referral), now, by, tuple(scores), is_correction)
    holding = holding_on(look.referral, look.day)
    raised = {(one.kind, one.instrument_id, one.since): one for one in look.referral.signals.all()}
    for mark, one in holding.items():
        _raise(look, one, raised.get(mark))
    for mark, kept in raised.items():
        if mark not in holding and kept.ended is None:
            _end(look, mark, kept)


def _raise(look: Look, one: Holding, kept: RaisedSignal | None) -> None:
    if kept is None:
        made = RaisedSignal.objects.create(
            referral=look.referral, kind=one.signal.id, instrument_id=one.instrument_id, urgency=one.urgency,
            since=one.signal.since, raised=look.now, score=look.score_of(one.instrument_id), told=one.told,
        )  # fmt: skip
        look.tell(Kind.SIGNAL_RAISED, "signal", made.key)
    elif kept.ended is not None:
        _revive(look, kept)
    elif one.signal.urgency > Urgency[kept.urgency.upper()]:
        _strengthen(look, one, kept)


# A correction was corrected, or a referral opened again: what was raised holds after all. It is one signal, not two.
def _revive(look: Look, kept: RaisedSignal) -> None:
    kept.ended, kept.why_ended = None, ""
    kept.save(update_fields=("ended", "why_ended"))
    look.tell(Kind.SIGNAL_RAISED, "signal", kept.key, again=True)


# It became more urgent while it held: whoever acknowledged it saw less, so it asks to be looked at anew.
def _strengthen(look: Look, one: Holding, kept: RaisedSignal) -> None:
    kept.urgency, kept.told = one.urgency, one.told
    kept.acknowledged = kept.acknowledged_by = kept.answered_with = None
    kept.save(update_fields=("urgency", "told", "acknowledged", "acknowledged_by", "answered_with"))
    look.tell(Kind.CHANGED, "signal", kept.key, fields=["urgency", "told", "acknowledged"])


def _end(look: Look, mark: Mark, kept: RaisedSignal) -> None:
    kept.ended, kept.why_ended = look.now, _why_ended(look, mark, kept)
    kept.save(update_fields=("ended", "why_ended"))
    look.tell(Kind.CHANGED, "signal", kept.key, fields=["ended"], why=kept.why_ended)


# A correction shows that a signal never held if, with what is known now, it would not have held when it was raised.
def _why_ended(look: Look, mark: Mark, kept: RaisedSignal) -> str:
    if not look.referral.is_open_on(look.day):
        return REFERRAL_ENDED
    if look.is_correction and mark not in holding_on(look.referral, timezone.localdate(kept.raised)):
        return NEVER_HELD
    return NO_LONGER
