"""The details of a client are changed with trace."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from caseness.web.caseload.accepting import require_alike, require_text
from caseness.web.caseload.client_details import DETAILS, require_details
from caseness.web.caseload.models import Client, ClientChange, Referral
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.events.models import Kind
from caseness.web.services.reader import Reader


@dataclass(frozen=True, kw_only=True)
class Details:
    """The details of a client as they should be. Blank: it is not recorded."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    nhs_number: str = ""
    gender: str = ""
    ethnic_category: str = ""
    preferred_language: str = ""


@transaction.atomic
def change_client(*, referral: Referral, by: Reader, entry: uuid.UUID, details: Details, why: str) -> ClientChange:
    """Change the details of a client. What was recorded before stays to be seen, with the reason.

    Raises
    ------
    NotAccepted
        If nobody says why, nothing changes, a detail cannot be, or the form was saved already with something else.
    """
    client = Client.objects.select_for_update().get(pk=referral.client_id)
    if saved := ClientChange.objects.filter(key=entry, client=client).first():
        is_alike = _as_left_by(saved, client) == {name: _as_text(details, name) for name in DETAILS}
        require_alike(is_alike and saved.why == why.strip(), "why")
        return saved
    require_text(why, "why", "Write why it is changed. What was recorded stays to be seen with this reason.")
    _require(details, client, by)
    changed = [name for name in DETAILS if getattr(client, name) != getattr(details, name)]
    if not changed:
        raise NotAccepted("why", "Nothing was changed.")
    before, since = ({name: _as_text(one, name) for name in changed} for one in (client, details))
    made = ClientChange.objects.create(
        key=entry, client=client, before=before, since=since, why=why.strip(), by=by.user
    )
    for name in changed:
        setattr(client, name, getattr(details, name))
    client.save(update_fields=changed)
    by.tell(Kind.CORRECTED, "client", client=client.key, key=made.key, fields=changed)
    return made


def _require(details: Details, client: Client, by: Reader) -> None:
    require_details(details, by.today)
    first = client.referrals.order_by("received").values_list("received", flat=True).first()
    if details.birth_date and first and details.birth_date >= first:
        raise NotAccepted("birth_date", "The day of birth is before the day of the referral.")


# What was changed since is taken back in thought, from the newest on.
def _as_left_by(saved: ClientChange, client: Client) -> dict[str, str | None]:
    left = {name: _as_text(client, name) for name in DETAILS}
    for later in client.changes.filter(pk__gt=saved.pk).order_by("-pk"):
        left |= later.before
    return left | saved.since


def _as_text(of: Client | Details, name: str) -> str:
    held = getattr(of, name)
    return held.isoformat() if isinstance(held, date) else held
