"""Who reads: a person in one service, as what they are in it today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest

from caseness.web.accounts.models import User
from caseness.web.events.models import Event, Kind, record_event
from caseness.web.services.models import Membership, Service, Team, holding_on
from caseness.web.services.roles import PERMISSIONS, Permission, Role


@dataclass(frozen=True)
class Reader:
    """Somebody who is signed in, with the membership that holds today. All data is reached through one of these."""

    user: User
    membership: Membership
    today: date

    @property
    def service(self) -> Service:
        """The service that is read."""
        return self.membership.service

    @property
    def team(self) -> Team | None:
        """The team whose clients a supervisor sees."""
        return self.membership.team

    @property
    def role(self) -> Role:
        """What the reader is in this service."""
        return Role(self.membership.role)

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return permission in PERMISSIONS[self.role]

    def tell(self, kind: Kind, what: str, *, client: UUID | None = None, key: UUID | None = None, **details) -> Event:
        """Write an event of what this reader did, in the transaction that is open."""
        return record_event(kind, what, service=self.service.key, by=self.user.key, client=client, key=key, **details)


class ReaderRequest(HttpRequest):
    """A request of somebody who belongs to a service, as every page that states a permission gets it."""

    reader: Reader


def memberships_on(user: User, day: date) -> list[Membership]:
    """The memberships of a person that hold on a day, the oldest first."""
    return list(Membership.objects.filter(holding_on(day), user=user).select_related("service", "team"))


def reader_of(user: User, day: date, chosen: str | None = None) -> Reader | None:
    """A person as a reader, by the membership with that key, or the first that holds. None where none holds."""
    held = memberships_on(user, day)
    picked = next((each for each in held if str(each.key) == chosen), held[0] if held else None)
    return Reader(user, picked, day) if picked else None
