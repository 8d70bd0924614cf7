"""An administrator's pages of events."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse

from caseness.web.events.models import Kind
from caseness.web.services.events_page import EventsPage, write_lines
from caseness.web.services.pages import page, show, writes_when_sent
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission


@page(Permission.READ_EVENTS)
@writes_when_sent
def events(request: ReaderRequest) -> HttpResponse:
    """What was read and changed, by whom and when."""
    return show(request, "services/events.jinja", {"page": EventsPage(request.reader, request.GET)})


@page(Permission.READ_EVENTS)
def events_file(request: ReaderRequest) -> StreamingHttpResponse:
    """The same as a file. That it was taken is an event, and is in it."""
    shown = EventsPage(request.reader, request.GET)
    request.reader.tell(Kind.EXPORTED, "events", rows=shown.shown.paginator.count)
    answer = StreamingHttpResponse(write_lines(shown.rows()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="events-{request.reader.today}.csv"'
    return answer
