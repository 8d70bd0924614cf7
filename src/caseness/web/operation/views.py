"""Pages for whoever runs the application."""

from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST

from caseness.web.operation.metrics import may_read_metrics, written_metrics
from caseness.web.operation.readiness import lacks_migrations
from caseness.web.services.pages import for_anyone


@for_anyone
@transaction.non_atomic_requests
def health(request: HttpRequest) -> HttpResponse:
    """The application answers. The database is not asked."""
    return JsonResponse({"status": "well"})


@for_anyone
@transaction.non_atomic_requests
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers too, and is as this version needs it."""
    try:
        is_lacking = lacks_migrations()
    except DatabaseError:
        return JsonResponse({"status": "not well", "what": "the database does not answer"}, status=503)
    if is_lacking:
        return JsonResponse({"status": "not well", "what": "the database lacks migrations"}, status=503)
    return JsonResponse({"status": "well"})


@for_anyone
@transaction.non_atomic_requests
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers that a monitor reads."""
    if not may_read_metrics(request):
        raise Http404
    return HttpResponse(written_metrics(), content_type=CONTENT_TYPE_LATEST)
