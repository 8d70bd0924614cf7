"""The pages of import and export. Those that read, check or write a whole record have no transaction around them: each step has its own."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseness.check import PRACTICE_PROFILE, SUBMISSION_PROFILE
from caseness.web.events.models import Kind
from caseness.web.exchange.models import Way
from caseness.web.exchange.pages import ExchangePage, TransferPage
from caseness.web.exchange.refusals import UploadRefused
from caseness.web.exchange.scope import find_transfer
from caseness.web.exchange.transfers import ARCHIVE, ask_for_export, confirm, discard, receive
from caseness.web.services.pages import only_sent, page, show, writes_when_sent
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.roles import Permission

TITLE = "Import and export"


@page(Permission.IMPORT_RECORDS)
@writes_when_sent
@require_safe
def exchange(request: ReaderRequest) -> HttpResponse:
    """Forms to import and export, and what was done last."""
    return show(request, "exchange/exchange.jinja", {"page": ExchangePage(request.reader), "title": TITLE})


@page(Permission.IMPORT_RECORDS)
@transaction.non_atomic_requests
@only_sent
def upload(request: ReaderRequest) -> HttpResponse:
    """Take a record in. What is refused is told on the same page."""
    profile = PRACTICE_PROFILE if request.POST.get("profile") == PRACTICE_PROFILE else SUBMISSION_PROFILE
    file = request.FILES.get("file")
    try:
        if file is None:
            raise UploadRefused("Choose a file first. Nothing was imported.")
        transfer = receive(upload=file, profile=profile, by=request.reader, now=timezone.now())
    except UploadRefused as problem:
        told = {"page": ExchangePage(request.reader), "title": TITLE, "errors": {profile: str(problem)}}
        return show(request, "exchange/exchange.jinja", told, status=400)
    return redirect("import", transfer.key)


@page(Permission.IMPORT_RECORDS)
@writes_when_sent
@require_safe
def import_(request: ReaderRequest, key: UUID) -> HttpResponse:
    """What was found in a record, and whether to import it."""
    transfer = find_transfer(request.reader, key, Way.IN)
    return show(request, "exchange/import.jinja", {"page": TransferPage(transfer), "title": "Import a record"})


@page(Permission.IMPORT_RECORDS)
@transaction.non_atomic_requests
@only_sent
def import_confirm(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Import it."""
    confirm(transfer=find_transfer(request.reader, key, Way.IN), by=request.reader, now=timezone.now())
    return redirect("import", key)


@page(Permission.IMPORT_RECORDS)
@only_sent
def import_discard(request: ReaderRequest, key: UUID) -> HttpResponse:
    """Import nothing of it."""
    discard(transfer=find_transfer(request.reader, key, Way.IN), by=request.reader, now=timezone.now())
    return redirect("exchange")


@page(Permission.EXPORT_RECORDS)
@transaction.non_atomic_requests
@only_sent
def export_ask(request: ReaderRequest) -> HttpResponse:
    """Ask for an export."""
    with_words = request.POST.get("with_words") == "yes"
    transfer = ask_for_export(with_words=with_words, by=request.reader, now=timezone.now())
    return redirect("export", transfer.key)


@page(Permission.EXPORT_RECORDS)
@writes_when_sent
@require_safe
def export(request: ReaderRequest, key: UUID) -> HttpResponse:
    """What an export holds, and where it is downloaded."""
    transfer = find_transfer(request.reader, key, Way.OUT)
    return show(request, "exchange/export.jinja", {"page": TransferPage(transfer), "title": "Export of the record"})


@page(Permission.EXPORT_RECORDS)
@require_safe
def export_file(request: ReaderRequest, key: UUID) -> HttpResponseBase:
    """The archive."""
    transfer = find_transfer(request.reader, key, Way.OUT)
    path = transfer.folder / ARCHIVE
    if not path.is_file():
        raise Http404
    request.reader.tell(Kind.READ, "export", key=transfer.key)
    name = f"record-{request.reader.service.provider_code}-{transfer.asked:%Y-%m-%d}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
