"""The pages of a day's work that are read."""

from uuid import UUID

from django.http import HttpResponse

from caseness.web.attention.caseload_asked import read_asked
from caseness.web.attention.caseload_page import CaseloadPage
from caseness.web.attention.reading import read_client
from caseness.web.attention.together_page import TogetherPage
from caseness.web.events.models import Kind, say_keys
from caseness.web.services.pages import page, show
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission


@page(Permission.READ_CLIENTS)
def caseload(request: ReaderRequest) -> HttpResponse:
    """Who needs attention today, and why."""
    shown = CaseloadPage(request.reader, read_asked(request.GET))
    clients = [*(one.client for one in shown.shown), *(one.client_key for one in shown.alerts)]
    request.reader.tell(Kind.READ, "caseload", clients=say_keys(clients))
    return show(request, "attention/caseload.jinja", {"page": shown, "title": shown.title})


@page(Permission.READ_CLIENTS)
def client(request: ReaderRequest, key: UUID) -> HttpResponse:
    """One client: what was noticed, the course, and what is recorded."""
    shown = read_client(request.reader, key, "page")
    return show(request, "attention/client.jinja", {"page": shown, "title": shown.name})


@page(Permission.READ_CLIENTS)
def together(request: ReaderRequest, key: UUID) -> HttpResponse:
    """The course as client and therapist look at it together."""
    shown = TogetherPage(read_client(request.reader, key, "together"))
    return show(request, "attention/together.jinja", {"page": shown, "title": "How it has been"})


@page(Permission.READ_CLIENTS)
def together_to_print(request: ReaderRequest, key: UUID) -> HttpResponse:
    """The same, on paper."""
    shown = TogetherPage(read_client(request.reader, key, "print"), is_to_print=True)
    return show(request, "attention/together.jinja", {"page": shown, "title": "How it has been"})
