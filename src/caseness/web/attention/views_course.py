"""The pages that enter a referral, appointments, and what else is recorded of a course."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from caseness.web.attention.actions_work import add_contact, amend_contact, close_referral, take_back_end
from caseness.web.attention.answering import client_page, lead_on, show_form, tell_read
from caseness.web.attention.client_endings import say_end
from caseness.web.attention.scope import find_contact, find_goal, find_medication
from caseness.web.caseload import forms
from caseness.web.caseload.actions_course import (
    add_circumstance,
    add_goal,
    add_medication,
    add_note,
    rate_goal,
    stop_medication,
)
from caseness.web.caseload.actions_referrals import add_referral, allocate_referral
from caseness.web.caseload.entry_form import EntryForm, attempt
from caseness.web.caseload.forms import starting
from caseness.web.caseload.models import Referral
from caseness.web.caseload.scope import find_referral, is_seen_by
from caseness.web.design.environment import say_day
from caseness.web.services.pages import page, writes_when_sent
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission

_change = page(Permission.CHANGE_CLIENTS)
_form = require_http_methods(["GET", "POST"])


@_change
@writes_when_sent
@_form
def referral_add(request: ReaderRequest) -> HttpResponse:
    """A new client, or a new referral of one who is here."""
    form = forms.ReferralForm(request.POST or None, reader=request.reader, initial=starting(request.reader.today))
    made = attempt(form, add_referral, by=request.reader) if request.POST else None
    if made:
        return lead_on(request, "The referral was added.", _page_after(request, made))
    return show_form(request, form, "Add a referral", None, button_text="Add the referral")


@page(Permission.ALLOCATE_CLIENTS)
@_form
def referral_allocate(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Who has this client."""
    referral = tell_read(request, "referral-allocate", find_referral(request.reader, key))
    form = forms.AllocateForm(
        request.POST or None, reader=request.reader, referral=referral, initial=starting(request.reader.today)
    )
    if request.POST and attempt(form, allocate_referral, referral=referral, by=request.reader):
        return lead_on(request, "It was given to whom you chose.", _page_after(request, referral))
    return show_form(request, form, "Give this client to somebody", referral)


@_change
@_form
def referral_end(request: ReaderRequest, key: UUID) -> HttpResponse:
    """The end of a referral."""
    referral = tell_read(request, "referral-end", find_referral(request.reader, key))
    form = forms.EndForm(request.POST or None, initial=starting(request.reader.today, "ended"))
    return _entered(
        request, form, close_referral, "End this referral", "The referral has ended.", referral, now=timezone.now()
    )


@_change
@_form
def referral_reopen(request: ReaderRequest, key: UUID) -> HttpResponse:
    """A referral that was ended wrongly goes on."""
    referral = tell_read(request, "referral-reopen", find_referral(request.reader, key))
    form, title = forms.ReopenForm(request.POST or None), "Open this referral again"
    more = {"about": say_end(referral), "now": timezone.now()}
    return _entered(request, form, take_back_end, title, "The referral is open again.", referral, **more)


@_change
@_form
def contact_add(request: ReaderRequest, key: UUID) -> HttpResponse:
    """An appointment, booked or over."""
    referral = tell_read(request, "contact-add", find_referral(request.reader, key))
    form = forms.ContactForm(request.POST or None, reader=request.reader, initial=starting(request.reader.today, "day"))
    return _entered(
        request, form, add_contact, "Add an appointment", "The appointment was saved.", referral, now=timezone.now()
    )


@_change
@_form
def contact_change(request: ReaderRequest, key: UUID) -> HttpResponse:
    """What became of an appointment."""
    contact = find_contact(request.reader, key)
    referral = tell_read(request, "contact-change", contact.referral)
    form = forms.ContactChangeForm(request.POST or None, reader=request.reader, contact=contact)
    given = {"contact": contact, "now": timezone.now(), "strike": reverse("contact-strike", args=(contact.key,))}
    title = f"Appointment on {say_day(contact.day)}"
    return _entered(request, form, amend_contact, title, "The appointment was saved.", referral, **given)


@_change
@_form
def goal_add(request: ReaderRequest, key: UUID) -> HttpResponse:
    """What the client wants."""
    return _add(request, key, forms.GoalForm, add_goal, "Add a goal", "The goal was saved.")


@_change
@_form
def goal_rate(request: ReaderRequest, key: UUID) -> HttpResponse:
    """How far a goal is reached."""
    goal = find_goal(request.reader, key)
    referral = tell_read(request, "goal-rate", goal.referral)
    form = forms.RatingForm(request.POST or None, initial=starting(request.reader.today, "day"))
    more = {"goal": goal, "about": f"“{goal.wording}”"}
    return _entered(
        request, form, rate_goal, "How far is this goal reached?", "The rating was saved.", referral, **more
    )


@_change
@_form
def circumstance_add(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Something in the client's life."""
    said = "The circumstance was saved."
    return _add(request, key, forms.CircumstanceForm, add_circumstance, "Add a life circumstance", said)


@_change
@_form
def medication_add(request: ReaderRequest, key: UUID) -> HttpResponse:
    """A medicine that the client takes."""
    return _add(request, key, forms.MedicationForm, add_medication, "Add a medicine", "The medicine was saved.")


@_change
@_form
def medication_stop(request: ReaderRequest, key: UUID) -> HttpResponse:
    """The client takes a medicine no longer."""
    medication = find_medication(request.reader, key)
    referral = tell_read(request, "medication-stop", medication.referral)
    form = forms.StopForm(request.POST or None, initial=starting(request.reader.today, "stopped"))
    more = {"medication": medication, "about": medication.name}
    return _entered(request, form, stop_medication, "Taken no longer", "The medicine was ended.", referral, **more)


@_change
@_form
def note_add(request: ReaderRequest, key: UUID) -> HttpResponse:
    """A note of the therapist."""
    return _add(request, key, forms.NoteForm, add_note, "Add a note", "The note was saved.")


def _add(
    request: ReaderRequest, key: UUID, form_of: type[EntryForm], action: Callable[..., Any], title: str, said: str
) -> HttpResponse:
    referral = tell_read(request, title.lower().replace(" ", "-"), find_referral(request.reader, key))
    form = form_of(request.POST or None, initial=starting(request.reader.today, "day"))
    return _entered(request, form, action, title, said, referral, referral=referral)


def _entered(
    request: ReaderRequest,
    form: EntryForm,
    action: Callable[..., Any],
    title: str,
    said: str,
    of: Referral,
    **given: Any,
) -> HttpResponse:
    shown = {name: given.pop(name, "") for name in ("about", "strike")}
    given = given if {"contact", "goal", "medication"} & set(given) else {**given, "referral": of}
    if request.POST and attempt(form, action, by=request.reader, **given):
        return lead_on(request, said, client_page(of))
    return show_form(request, form, title, of, **shown)


# Whoever gives a client away may see the client no longer.
def _page_after(request: ReaderRequest, referral: Referral) -> str:
    return client_page(referral) if is_seen_by(request.reader, referral) else "caseload"
