"""Which imports and exports a reader sees: those of the service, by whoever asked for them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from caseness.web.exchange.models import Transfer
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Permission


def transfers_of(reader: Reader) -> QuerySet[Transfer]:
    """The transfers of the reader's service, the newest first. None where the role allows neither way."""
    found = Transfer.objects.filter(service=reader.service).select_related("by", "service")
    may = reader.may(Permission.IMPORT_RECORDS) or reader.may(Permission.EXPORT_RECORDS)
    return found if may else found.none()


def find_transfer(reader: Reader, key: UUID, way: str) -> Transfer:
    """One of them, of one way.

    Raises
    ------
    Http404
        If there is none, or it is not of the reader's service.
    """
    found = transfers_of(reader).filter(key=key, way=way).first()
    if found is None:
        raise Http404
    return found
