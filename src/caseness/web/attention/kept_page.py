"""What was kept of forms, with the form and the client whom each is of, as far as the reader still sees the client."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404
from django.urls import Resolver404, ResolverMatch, resolve

from caseness.web.accounts.kept_forms import KeptForm
from caseness.web.attention.scope import (
    find_alert,
    find_contact,
    find_goal,
    find_medication,
    find_plan,
    find_score,
    find_signal,
    find_struck,
)
from caseness.web.caseload.models import Referral
from caseness.web.caseload.scope import find_referral
from caseness.web.services.reader import Reader

# The forms that enter something, by the names of their pages.
_FORMS = {
    "referral-add": "Add a referral", "referral-end": "End a referral", "referral-reopen": "Open a referral again",
    "referral-allocate": "Allocate a client", "client-change": "Change details", "contact-add": "Add an appointment",
    "contact-change": "Appointment", "score-add": "Enter scores", "score-correct": "Correct a score",
    "score-withdraw": "Take a score back", "goal-add": "Add a goal", "goal-rate": "Rate a goal",
    "circumstance-add": "Add a life circumstance", "medication-add": "Add a medicine", "medication-stop": "End a medicine",
    "note-add": "Add a note", "signal-plan": "Plan after a signal", "plan-review": "What happened after a plan",
    "risk-close": "What was done about a risk alert", "cover": "Cover", "goal-strike": "Strike out a goal",
    "circumstance-strike": "Strike out a life circumstance", "medication-strike": "Strike out a medicine",
    "note-strike": "Strike out a note", "contact-strike": "Strike out an appointment",
}  # fmt: skip
_OTHER = "Another form"
# What leads to the referral, by the first part of the address.
_FOUND_BY: dict[str, Callable[[Reader, Any], Any]] = {
    "clients": find_referral, "contacts": find_contact, "scores": find_score, "goals": find_goal,
    "medication": find_medication, "signals": find_signal, "plans": lambda reader, key: find_plan(reader, key).signal,
    "risk": find_alert,
}  # fmt: skip


@dataclass(frozen=True)
class ShownForm:
    """A form that was kept: which it is, and of which referral; None where it is of none, or of one that the reader sees no longer."""

    kept: KeptForm
    form: str
    referral: Referral | None


def show_kept(kept: KeptForm, reader: Reader) -> ShownForm:
    """Which form it is and of whom, by the address to which it was sent."""
    try:
        match = resolve(urlsplit(kept.path).path)
    except Resolver404:
        return ShownForm(kept, _OTHER, None)
    return ShownForm(kept, _FORMS.get(match.url_name or "", _OTHER), _referral_of(match, reader))


def _referral_of(match: ResolverMatch, reader: Reader) -> Referral | None:
    key, kind, find = match.kwargs.get("key"), match.kwargs.get("kind"), _FOUND_BY.get(match.route.split("/")[0])
    with suppress(Http404):
        if key and kind:
            return find_struck(reader, kind, key).referral
        if key and find:
            found = find(reader, key)
            return found if isinstance(found, Referral) else found.referral
    return None
