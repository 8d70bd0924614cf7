"""The pages of a day's work."""

from django.http import HttpResponse
from django.shortcuts import render

from caseness.web.attention.caseload_page import CaseloadPage
from caseness.web.services.pages import page
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission


@page(Permission.READ_CLIENTS)
def caseload(request: ReaderRequest) -> HttpResponse:
    """Who needs attention today, and why."""
    return render(request, "attention/caseload.jinja", {"page": CaseloadPage(request.reader), "title": "Your caseload"})
