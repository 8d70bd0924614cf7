"""What the page of a caseload shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from caseness.feedback import INTENDED_PURPOSE
from caseness.web.attention import caseload_asked as asking
from caseness.web.attention.caseload_asked import Asked
from caseness.web.attention.caseload_row import Row
from caseness.web.attention.caseload_rows import rows_of, with_standings
from caseness.web.attention.caseload_scope import (
    TeamOf,
    WaitingAlert,
    asked_referrals,
    count_without_therapist,
    is_across_teams,
    name_of_team,
    names_a_part,
    teams_of,
    waiting_alerts,
)  # fmt: skip
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Role

PAGE_SIZE = 60
# A page looks at no more than so many referrals, in the order of names, to sort and count them. A caseload or a team
# has fewer; whoever looks for a name in a whole service is asked for more of it.
MOST = 600

_SHOWS: dict[str, Callable[[Row], bool]] = {
    asking.ALL: lambda row: True,
    asking.ATTENTION: lambda row: row.needs_attention,
    asking.NO_THERAPIST: lambda row: row.lacks_therapist,
    asking.NOT_SEEN: lambda row: row.not_seen_for is not None,
    asking.DUE: lambda row: bool(row.due),
    asking.WAITING: lambda row: row.waits_for_first,
    asking.ANSWERED: lambda row: row.has_answered_signal,
    asking.ENDED: lambda row: True,
}


@dataclass(frozen=True)
class Choice:
    """Something that can be asked, with how many it would show."""

    text: str
    address: str
    is_chosen: bool
    count: int | None = None
    value: str = ""


@dataclass(frozen=True)
class CaseloadPage:
    """The referrals that a reader asked for, with who needs attention and why."""

    reader: Reader
    asked: Asked

    def read(self) -> None:
        """Whose it is, who stands in it, and between which teams one chooses."""
        _ = self.team_name, self.shown, self.alerts, self.asks_for_team and (self.teams, self.without_therapist)

    @property
    def title(self) -> str:
        """Whose caseload it is."""
        if self.reader.role == Role.THERAPIST:
            return "Your caseload"
        return f"Caseload of {self.team_name or self.reader.service.name}"

    @cached_property
    def team_name(self) -> str:
        """The team whose clients are shown; nothing where they are of no one team."""
        if self.reader.role == Role.SUPERVISOR:
            return self.reader.team.name if self.reader.team else "no team"
        return name_of_team(self.reader, self.asked.team) if self.asked.team else ""

    @property
    def names_therapists(self) -> bool:
        """More than one therapist's clients are shown, so each is told with the name of theirs."""
        return self.reader.role != Role.THERAPIST

    @cached_property
    def alerts(self) -> list[WaitingAlert]:
        """Risk alerts that wait, of any client whom the reader sees."""
        return waiting_alerts(self.reader)

    @property
    def asks_for_team(self) -> bool:
        """A whole service is too many: a team is chosen first, or a name is looked for."""
        is_whole = self.reader.role == Role.SERVICE_LEAD and not names_a_part(self.asked)
        return is_whole and not self.is_across_teams

    @property
    def is_across_teams(self) -> bool:
        """Clients without a therapist are shown, of every team."""
        return is_across_teams(self.reader, self.asked)

    @cached_property
    def teams(self) -> list[TeamOf]:
        """The teams to choose from."""
        return teams_of(self.reader)

    @cached_property
    def without_therapist(self) -> int:
        """How many clients of the teams have no therapist."""
        return count_without_therapist(self.reader)

    @cached_property
    def rows(self) -> list[Row]:
        """Every referral that was looked at, in the order of names."""
        if self.asks_for_team:
            return []
        found = asked_referrals(self.reader, self.asked)[: MOST + 1]
        return rows_of(found, self.reader.today, [one.referral_id for one in self.alerts])

    @property
    def are_too_many(self) -> bool:
        """There are more than a page looks at."""
        return len(self.rows) > MOST

    @cached_property
    def matching(self) -> list[Row]:
        """Those that are asked for, in the order that is asked for."""
        shown = filter(_SHOWS[self.asked.show], self.rows[:MOST])
        return list(shown) if self.asked.show == asking.ENDED else sorted(shown, key=_ORDERS[self.asked.sort])

    @cached_property
    def shown(self) -> list[Row]:
        """Those of this page, with where each client stands."""
        start = (self.page - 1) * PAGE_SIZE
        return with_standings(self.matching[start : start + PAGE_SIZE])

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.matching) // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page that is shown: the last where a later one was asked for."""
        return min(max(1, self.asked.page), self.pages)

    @property
    def count(self) -> str:
        """How many there are, in words that are read out when the list changes."""
        many = len(self.matching)
        return f"{many} {'client' if many == 1 else 'clients'}"

    @property
    def choices(self) -> list[Choice]:
        """What can be shown, each with how many that is. Of those that ended nothing is counted."""
        asked, is_counted = self.asked, self.asked.show != asking.ENDED
        return [
            Choice(
                text,
                asked.address(show=show),
                show == asked.show,
                sum(map(_SHOWS[show], self.rows[:MOST])) if is_counted and show != asking.ENDED else None,
            )
            for show, text in asking.SHOWN.items()
            # Whose own caseload it is has each of them.
            if show != asking.NO_THERAPIST or self.names_therapists
        ]

    @property
    def orders(self) -> list[Choice]:
        """How the list can be sorted."""
        return [
            Choice(text, self.asked.address(sort=sort), sort == self.asked.sort, value=sort)
            for sort, text in asking.SORTED.items()
        ]

    @property
    def every_reason(self) -> Choice:
        """The same list with each reason open, or closed again."""
        is_chosen = bool(self.asked.reasons)
        reasons = "" if is_chosen else asking.SHOWN_REASONS
        text = "Hide the reasons" if is_chosen else "Show every reason"
        return Choice(text, self.asked.address(reasons=reasons, page=self.page), is_chosen)

    @property
    def intended_purpose(self) -> str:
        """What signals are for, shown wherever one is."""
        return INTENDED_PURPOSE


# Nobody's day is later than that of anybody.
_LATEST = date.max.toordinal()


def _by_attention(row: Row) -> tuple[object, ...]:
    first = row.foremost
    order = first.order if first else (True, 1, 0, "")
    # After a risk alert and what is for the same day, whoever was left without a therapist comes before all that can wait.
    return row.alerts == 0, not row.is_urgent, not row.was_left, order, row.name.casefold(), row.pk


def _by_name(row: Row) -> tuple[object, ...]:
    return row.name.casefold(), row.pk


def _by_last_seen(row: Row) -> tuple[object, ...]:
    seen = row.last_seen
    return seen.toordinal() if seen else _LATEST, row.pk


def _by_next(row: Row) -> tuple[object, ...]:
    return row.next_day.toordinal() if row.next_day else _LATEST, row.pk


def _by_received(row: Row) -> tuple[object, ...]:
    return row.received, row.pk


_ORDERS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    asking.BY_ATTENTION: _by_attention,
    asking.BY_NAME: _by_name,
    asking.BY_LAST_SEEN: _by_last_seen,
    asking.BY_NEXT: _by_next,
    asking.BY_RECEIVED: _by_received,
}
