"""What the pages of people and teams show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from caseness.web.accounts.models import User
from caseness.web.services.models import Membership, Team
from caseness.web.services.people_actions import belongs_elsewhere
from caseness.web.services.reader import Reader, memberships_on
from caseness.web.services.role_ends import count_left, say_left
from caseness.web.services.roles import DESCRIPTIONS, PERMISSIONS, Permission, Role
from caseness.web.services.scope import memberships_of, teams_of

_OF_CLIENTS = (
    "Clients stay with the person they were given to: ask whoever is in charge to give them to others first. Until then new risk "
    "alerts of theirs go to the next in charge."
)


@dataclass(frozen=True)
class Person:
    """One line of the list: somebody, and all that they are or were in the service."""

    user: User
    memberships: list[Membership]
    reader: Reader

    @property
    def holds(self) -> list[Membership]:
        """What they are today."""
        return [each for each in self.memberships if each.holds_on(self.reader.today)]

    @property
    def state(self) -> str:
        """In a word, what an administrator would look for."""
        if not self.user.is_active or not any(self.is_open(each) for each in self.memberships):
            return "ended"
        if not self.user.has_usable_password():
            return "invited"
        return "active" if self.holds else "not begun"

    def is_open(self, membership: Membership) -> bool:
        """It holds, or is to come, so that it can be ended."""
        return membership.ended is None or membership.ended > self.reader.today


@dataclass(frozen=True)
class PeoplePage:
    """Everybody of the service, and its teams."""

    reader: Reader

    def read(self) -> None:
        """Both lists."""
        _ = self.people, self.teams

    @cached_property
    def people(self) -> list[Person]:
        """Those who belong to it first, each group by name."""
        of_each = groupby(memberships_of(self.reader), key=lambda each: each.user)
        found = [Person(user, list(held), self.reader) for user, held in of_each]
        return sorted(found, key=lambda one: one.state == "ended")

    @cached_property
    def teams(self) -> list[Team]:
        """By name."""
        return list(teams_of(self.reader))

    @property
    def roles(self) -> list[tuple[str, str]]:
        """What each role may see."""
        return [(label, DESCRIPTIONS[Role(value)]) for value, label in Role.choices()]


@dataclass(frozen=True)
class PersonPage:
    """One of them, and what can be changed."""

    reader: Reader
    user: User

    def read(self) -> None:
        """What they are here, and whether they are elsewhere."""
        _ = self.person, self.belongs_elsewhere

    @cached_property
    def person(self) -> Person:
        """With all that they are or were here."""
        return Person(self.user, list(memberships_of(self.reader).filter(user=self.user)), self.reader)

    @cached_property
    def belongs_elsewhere(self) -> bool:
        """Another service shares the account."""
        return belongs_elsewhere(self.reader, self.user)


def say_role(membership: Membership) -> str:
    """A role in words, with the team where it has one: `therapist in Alder team`."""
    role = membership.get_role_display().lower()
    return f"{role} in {membership.team.name}" if membership.team else role


def say_what_ends(membership: Membership, today: date) -> str:
    """What follows when a role is ended now. A role that is to come never begins."""
    if membership.started > today:
        said = "This role has not begun, and never will."
    else:
        said = f"As {say_role(membership)} they see nothing of this service any more, from their next page on."
    return f"{said} Other roles that they have here go on. To take it back, give them the role again."


def say_who_is_left(reader: Reader, person: User, ending: list[Membership]) -> str:
    """Who has no therapist once roles are ended, and what to do before. Nothing where none of them sees clients."""
    if not any(Permission.ANSWER_SIGNALS in PERMISSIONS[Role(one.role)] for one in ending):
        return ""
    many = count_left(reader, person, ending)
    said = say_left(many, "will have")
    return f"{said} {_OF_CLIENTS}" if many else "No open client will be without a therapist by this."


@dataclass(frozen=True)
class ChoicePage:
    """The memberships between which somebody can choose."""

    reader: Reader

    def read(self) -> None:
        """The list."""
        _ = self.memberships

    @cached_property
    def memberships(self) -> list[Membership]:
        """Those that hold today."""
        return memberships_on(self.reader.user, self.reader.today)
