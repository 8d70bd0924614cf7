"""What pages that enter something share: the client is read, the form shown, and whoever sent it led on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from caseness.web.caseload.entry_form import EntryForm
from caseness.web.caseload.models import Referral
from caseness.web.events.models import Kind
from caseness.web.services.pages import show
from caseness.web.services.reader import ReaderRequest

_REFUSED = 422


def tell_read(request: ReaderRequest, what: str, referral: Referral) -> Referral:
    """Write that a client's record was read, where a page of it is opened. What is saved tells of itself, and what is refused in `show_form`."""
    if request.method == "GET":
        request.reader.tell(Kind.READ, what, client=referral.client.key, key=referral.key)
    return referral


def show_form(
    request: ReaderRequest, form: EntryForm, title: str, referral: Referral | None, **more: Any
) -> HttpResponse:
    """The page of a form: as it was sent, with what is wrong beside each field, or drawn anew."""
    back = client_page(referral) if referral else reverse("caseload")
    problems = form.problems() if form.is_bound else []
    told = {"form": form, "title": title, "referral": referral, "back": back, "errors": problems, **more}
    template = told.pop("template", "work/form.jinja")
    if problems:
        _tell_shown_again(request, form, referral)
    return show(request, template, told, status=_REFUSED if problems else 200)


# What was sent back and refused shows the client again: that is read like the page that was opened.
def _tell_shown_again(request: ReaderRequest, form: EntryForm, referral: Referral | None) -> None:
    what = request.resolver_match.url_name if request.resolver_match else ""
    if referral:
        request.reader.tell(Kind.READ, what or "form", client=referral.client.key, key=referral.key, is_refused=True)
    elif form.named:
        request.reader.tell(Kind.READ, what or "form", client=form.named, is_refused=True)


def lead_on(request: ReaderRequest, said: str, to: str) -> HttpResponseRedirect:
    """To another page, with a sentence that says what was done."""
    messages.success(request, said)
    return redirect(to)


def client_page(referral: Referral) -> str:
    """The address of the client's page."""
    return reverse("client", args=(referral.key,))
