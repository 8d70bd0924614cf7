"""The pages that enter scores, and correct them with trace."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from caseness.instruments import instrument
from caseness.web.attention.actions_work import amend_score, save_scores, take_back_score
from caseness.web.attention.answering import client_page, lead_on, show_form, tell_read
from caseness.web.attention.saved_scores import AlsoChoice, page_of_alert, say_saved
from caseness.web.attention.scope import find_score
from caseness.web.caseload.entry_form import attempt
from caseness.web.caseload.forms import starting
from caseness.web.caseload.models import Referral, Score
from caseness.web.caseload.scope import find_referral
from caseness.web.caseload.sheet_form import CorrectionForm, SheetForm, WithdrawalForm
from caseness.web.caseload.sheets import sheet_of
from caseness.web.services.pages import only_sent, page
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission

_change = page(Permission.CHANGE_CLIENTS)
_form = require_http_methods(["GET", "POST"])
_SHEET, _CORRECTION = "work/scores.jinja", "work/correction.jinja"


@_change
@_form
def score_add(request: ReaderRequest, key: UUID) -> HttpResponse:
    """The questionnaires of a session, saved together."""
    referral = tell_read(request, "score-add", find_referral(request.reader, key))
    sheet = sheet_of(referral.problems.all(), request.GET.getlist("also"))
    form = SheetForm(request.POST or None, questionnaires=sheet, initial=starting(request.reader.today, "day"))
    given = {"referral": referral, "by": request.reader, "now": timezone.now()}
    saved = attempt(form, save_scores, **given) if request.POST else None
    if saved:
        return _after(request, saved, referral)
    return show_form(request, form, "Enter scores", referral, template=_SHEET, also=AlsoChoice(sheet))


@_change
@_form
def score_correct(request: ReaderRequest, key: UUID) -> HttpResponse:
    """A score that was entered wrongly: a new one in its place, and the old one to be seen."""
    score = find_score(request.reader, key)
    referral = tell_read(request, "score-correct", score.referral)
    form = CorrectionForm(request.POST or None, score=score, questionnaire=instrument(score.instrument_id))
    made = attempt(form, amend_score, score=score, by=request.reader, now=timezone.now()) if request.POST else None
    if made:
        return _after(request, [made], referral)
    more = {"template": _CORRECTION, "score": score, "withdrawal": WithdrawalForm()}
    return show_form(request, form, f"Correct {instrument(score.instrument_id).short_name}", referral, **more)


@_change
@only_sent
def score_withdraw(request: ReaderRequest, key: UUID) -> HttpResponse:
    """A score that should not be here: it stays to be seen, and counts no longer."""
    score = find_score(request.reader, key)
    form = WithdrawalForm(request.POST)
    if attempt(form, take_back_score, score=score, by=request.reader, now=timezone.now()):
        return lead_on(request, "The score was taken back. It counts no longer.", client_page(score.referral))
    return show_form(request, form, "Take this score back", score.referral, button_text="Take it back")


# An alert comes before anything else: whoever saved the item looks at it at once.
def _after(request: ReaderRequest, saved: Sequence[Score], referral: Referral) -> HttpResponseRedirect:
    return lead_on(request, say_saved(saved), page_of_alert(saved) or client_page(referral))
