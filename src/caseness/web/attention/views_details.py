"""The pages that put right what is recorded of a client, with trace."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from caseness.web.attention.answering import client_page, lead_on, show_form, tell_read
from caseness.web.attention.client_changes import say_entry
from caseness.web.attention.scope import find_struck
from caseness.web.attention.striking import strike_entry
from caseness.web.caseload.actions_clients import change_client
from caseness.web.caseload.client_form import DetailsForm
from caseness.web.caseload.entry_form import attempt
from caseness.web.caseload.forms import StrikeForm
from caseness.web.caseload.scope import find_referral
from caseness.web.services.pages import page
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission

_CALLED = {
    "goal": "goal",
    "circumstance": "life circumstance",
    "medication": "medicine",
    "note": "note",
    "contact": "appointment",
}


@page(Permission.CHANGE_CLIENTS)
@require_http_methods(["GET", "POST"])
def client_change(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Name, day of birth and NHS number, put right with trace."""
    referral = tell_read(request, "client-change", find_referral(request.reader, key))
    form = DetailsForm(request.POST or None, client=referral.client)
    if request.POST and attempt(form, change_client, referral=referral, by=request.reader):
        return lead_on(request, "The details were changed.", client_page(referral))
    return show_form(request, form, "Change details", referral)


@page(Permission.CHANGE_CLIENTS)
@require_http_methods(["GET", "POST"])
def entry_strike(request: ReaderRequest, kind: str, key: UUID) -> HttpResponse:
    """A goal, circumstance, medicine, note or appointment that was entered by mistake."""
    found = find_struck(request.reader, kind, key)
    referral = tell_read(request, "entry-strike", found.referral)
    form = StrikeForm(request.POST or None)
    if request.POST and attempt(form, strike_entry, entered=found, by=request.reader, now=timezone.now()):
        return lead_on(request, "It was struck out. It stays to be seen, with the reason.", client_page(referral))
    return show_form(request, form, f"Strike out this {_CALLED[kind]}", referral, about=say_entry(found))
