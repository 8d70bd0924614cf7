"""Pages for whoever runs the application."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from caseness.web.services.pages import for_anyone


@for_anyone
def health(request: HttpRequest) -> HttpResponse:
    """Whether the application answers, and its database with it."""
    connection.ensure_connection()
    return JsonResponse({"status": "well"})
