"""The pages of risk alerts, and of who covers for whom."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from caseness.web.attention.actions_risk import acknowledge_alert, add_account, close_alert, end_cover, set_cover
from caseness.web.attention.answering import lead_on, show_form, tell_read
from caseness.web.attention.forms import AccountForm, CloseForm, CoverForm
from caseness.web.attention.models import RiskAlert
from caseness.web.attention.risk_pages import Alert, AlertPage, RiskPage, say_kept
from caseness.web.attention.scope import covers_to_come, find_alert, find_cover
from caseness.web.caseload.entry_form import attempt
from caseness.web.caseload.forms import starting
from caseness.web.events.models import Kind, say_keys
from caseness.web.services.pages import only_sent, page, show, writes_when_sent
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission

_answer = page(Permission.ANSWER_SIGNALS)


@page(Permission.READ_CLIENTS)
@require_safe
def risk(request: ReaderRequest) -> HttpResponse:
    """The alerts that wait for the reader, and others that the reader sees."""
    shown = RiskPage(request.reader, timezone.now())
    clients = [one.alert.referral.client.key for one in (*shown.mine, *shown.others, *shown.closed)]
    request.reader.tell(Kind.READ, "risk", clients=say_keys(clients))
    return show(request, "work/risk.jinja", {"page": shown, "title": "Risk"})


@page(Permission.READ_CLIENTS)
@require_safe
def risk_alert(request: ReaderRequest, key: UUID) -> HttpResponse:
    """One alert: what was answered, who has it, and what was done."""
    alert = find_alert(request.reader, key)
    tell_read(request, "risk-alert", alert.referral)
    return _show(request, alert, AccountForm() if alert.closed else CloseForm())


@_answer
@only_sent
def risk_acknowledge(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Say that the reader looks after it."""
    alert = find_alert(request.reader, key)
    acknowledge_alert(alert=alert, by=request.reader, now=timezone.now())
    return lead_on(request, "You are dealing with this alert. Say below what was done, to close it.", _page_of(alert))


@_answer
@only_sent
def risk_close(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Say what was done. It closes the alert, and is added where somebody has closed it already."""
    alert = find_alert(request.reader, key)
    if alert.closed:
        return _add_account(request, alert)
    form = CloseForm(request.POST)
    if closed := attempt(form, close_alert, alert=alert, by=request.reader, now=timezone.now()):
        answered = " The signal of this answer is acknowledged with it." if closed.answered_signals.exists() else ""
        return lead_on(request, f"The alert is closed.{answered}", _page_of(alert))
    return _show(request, find_alert(request.reader, key), form)


@_answer
@writes_when_sent
@require_http_methods(["GET", "POST"])
def cover(request: ReaderRequest) -> HttpResponse:
    """Who stands in for whom, from when to when."""
    form = CoverForm(
        request.POST or None, reader=request.reader, initial=starting(request.reader.today, "first", "last")
    )
    if request.POST and attempt(form, set_cover, by=request.reader):
        return lead_on(request, "The cover was set.", "cover")
    return show_form(
        request, form, "Cover", None, template="work/cover.jinja", covers=list(covers_to_come(request.reader))
    )


@_answer
@only_sent
def cover_end(request: ReaderRequest, number: int) -> HttpResponse:
    """Take a cover back."""
    end_cover(by=request.reader, cover=find_cover(request.reader, number))
    return lead_on(request, "The cover was taken back.", "cover")


def _add_account(request: ReaderRequest, alert: RiskAlert) -> HttpResponse:
    form = AccountForm(request.POST)
    if attempt(form, add_account, alert=alert, by=request.reader, now=timezone.now()):
        return lead_on(request, say_kept(alert, request.reader), _page_of(alert))
    return _show(request, alert, form)


def _show(request: ReaderRequest, alert: RiskAlert, form: CloseForm) -> HttpResponse:
    shown = AlertPage(Alert(alert), form, request.reader)
    return show_form(request, form, "Risk alert", alert.referral, template="work/risk_alert.jinja", page=shown)


def _page_of(alert: RiskAlert) -> str:
    return reverse("risk-alert", args=(alert.key,))
