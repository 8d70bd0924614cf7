"""What somebody had typed when they were signed out."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from caseness.web.accounts.kept_forms import AGAIN, forget_form, kept_forms
from caseness.web.attention.kept_page import show_kept
from caseness.web.events.models import Kind, say_keys
from caseness.web.services.pages import for_any_member, show
from caseness.web.services.reader import ReaderRequest


@for_any_member
def kept(request: ReaderRequest) -> HttpResponse:
    """What was typed, with the form and the client: to go on with, or to throw away."""
    reader = request.reader
    if request.method == "POST":
        forget_form(request.session, request.POST.get("thrown", ""))
        messages.success(request, "It was thrown away.")
    found = [show_kept(one, reader) for one in kept_forms(request.session, reader.user, time.time())]
    if request.method == "POST" and not found:
        return redirect("start")
    clients = [one.referral.client.key for one in found if one.referral]
    if clients:
        reader.tell(Kind.READ, "kept-forms", clients=say_keys(clients))
    return show(request, "services/kept.jinja", {"forms": found, "title": "What you had typed", "again": AGAIN})
