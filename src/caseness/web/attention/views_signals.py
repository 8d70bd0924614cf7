"""The pages of a signal: why it was raised, what was agreed, and what happened next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseness.web.attention.actions_signals import acknowledge_signal, make_plan, review_plan
from caseness.web.attention.answering import lead_on, show_form, tell_read
from caseness.web.attention.clinical_support import OUTCOMES
from caseness.web.attention.forms import PlanForm, ReviewForm
from caseness.web.attention.models import RaisedSignal
from caseness.web.attention.scope import audit_for, find_plan, find_signal
from caseness.web.attention.signal_page import SignalPage
from caseness.web.caseload.entry_form import EntryForm, attempt
from caseness.web.services.pages import only_sent, page, show, writes_when_sent
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission


@page(Permission.READ_CLIENTS)
@require_safe
def signal(request: ReaderRequest, key: UUID) -> HttpResponse:
    """One signal, explained."""
    found = find_signal(request.reader, key)
    tell_read(request, "signal", found.referral)
    return _show(request, found, PlanForm(), PlanForm())


@page(Permission.ANSWER_SIGNALS)
@only_sent
def signal_acknowledge(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Say that it was seen."""
    found = find_signal(request.reader, key)
    acknowledge_signal(signal=found, by=request.reader, now=timezone.now())
    return lead_on(request, "You have acknowledged this signal.", _page_of(found))


@page(Permission.ANSWER_SIGNALS)
@only_sent
def signal_plan(request: ReaderRequest, key: UUID) -> HttpResponse:
    """What was agreed."""
    found, form = find_signal(request.reader, key), PlanForm(request.POST)
    if attempt(form, make_plan, signal=found, by=request.reader, now=timezone.now()):
        return lead_on(request, "The plan was saved.", _page_of(found))
    return _show(request, found, form, form)


@page(Permission.ANSWER_SIGNALS)
@only_sent
def plan_review(request: ReaderRequest, key: UUID) -> HttpResponse:
    """What happened next."""
    plan = find_plan(request.reader, key)
    form = ReviewForm(request.POST, auto_id=f"id_{plan.key}_%s")
    if attempt(form, review_plan, plan=plan, by=request.reader, now=timezone.now()):
        return lead_on(request, "What happened next was saved.", _page_of(plan.signal))
    return _show(
        request, find_signal(request.reader, plan.signal.key), PlanForm(), form, review_form=form, reviewed_plan=plan
    )


@page(Permission.READ_AGGREGATES)
@writes_when_sent
@require_safe
def signals_audit(request: ReaderRequest) -> HttpResponse:
    """What became of the signals of the service, as the worker counted it."""
    told = {"title": "What became of signals", "audit": audit_for(request.reader), "outcomes": OUTCOMES}
    return show(request, "work/signals_audit.jinja", told)


def _show(
    request: ReaderRequest, found: RaisedSignal, plan_form: PlanForm, sent: EntryForm, **more: Any
) -> HttpResponse:
    shown = SignalPage(found, request.reader.today, plan_form, **more)
    return show_form(request, sent, found.told["title"], found.referral, template="work/signal.jinja", page=shown)


def _page_of(found: RaisedSignal) -> str:
    return reverse("signal", args=(found.key,))
