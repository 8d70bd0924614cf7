"""What somebody sees who asks for the end of a role that has ended already, as from a page that was open for long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from caseness.web.events.models import Event, Kind
from caseness.web.services.event_scope import Wanted, events_of
from caseness.web.services.models import Membership
from caseness.web.services.people_page import say_role
from caseness.web.services.reader import Reader
from caseness.web.services.scope import people_of


@dataclass(frozen=True)
class EndedPage:
    """A role that is over, with who ended it and when, as far as an event tells."""

    reader: Reader
    membership: Membership

    def read(self) -> None:
        """Who ended it."""
        _ = self.by

    @property
    def role(self) -> str:
        """In words."""
        return say_role(self.membership)

    @cached_property
    def event(self) -> Event | None:
        """The event of its end. A role that ran out on its last day has none."""
        day = self.membership.ended
        found = events_of(self.reader, Wanted(kind=Kind.CHANGED, first=day, last=day))
        of_role = found.filter(what="membership", key=self.membership.key)
        return next((one for one in of_role if "ended" in one.details.get("fields", [])), None)

    @cached_property
    def by(self) -> str:
        """The name of whoever ended it, if somebody of this service did."""
        if self.event is None or self.event.by is None:
            return ""
        return people_of(self.reader).filter(key=self.event.by).values_list("name", flat=True).first() or ""
