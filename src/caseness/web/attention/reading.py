"""To read one client's record: found within what the reader sees, and told as an event in the same transaction."""

from __future__ import annotations

from uuid import UUID

from caseness.web.attention.client_page import ClientPage
from caseness.web.caseload.scope import find_referral
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader


def read_client(reader: Reader, key: UUID, shown_as: str) -> ClientPage:
    """The record of the referral with a key, and the event that tells who read it and as which page.

    Raises
    ------
    Http404
        If the reader sees no such referral.
    """
    referral = find_referral(reader, key)
    reader.tell(Kind.READ, "client", client=referral.client.key, key=referral.key, shown_as=shown_as)
    return ClientPage(reader, referral)
