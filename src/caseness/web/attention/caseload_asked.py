"""What somebody asked of a caseload: words to look for, which to show, in which order, which team, which page, how much of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

ALL, ATTENTION, NO_THERAPIST, NOT_SEEN, DUE, WAITING, ANSWERED, ENDED = (
    "all", "attention", "no-therapist", "not-seen", "due", "waiting", "answered", "ended",
)  # fmt: skip
SHOWN = {
    ALL: "All",
    ATTENTION: "Needs attention",
    NO_THERAPIST: "No therapist",
    NOT_SEEN: "Not seen for 15 days",
    DUE: "Measures due",
    WAITING: "Waiting for a first appointment",
    ANSWERED: "Signals answered",
    ENDED: "Ended",
}
BY_ATTENTION, BY_NAME, BY_LAST_SEEN, BY_NEXT, BY_RECEIVED = "attention", "name", "last-seen", "next", "received"
SORTED = {
    BY_ATTENTION: "Who needs attention first",
    BY_NAME: "Name",
    BY_LAST_SEEN: "Last seen longest ago",
    BY_NEXT: "Next appointment",
    BY_RECEIVED: "Referred longest ago",
}
SHOWN_REASONS = "shown"
# So many letters are looked for. What is longer is cut, and the page says so.
LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """It came in an address. What is not known there counts as not asked."""

    words: str = ""
    show: str = ALL
    sort: str = BY_ATTENTION
    team: str = ""
    page: int = 1
    # Each reason is open from the start. Else a client is a line, and the reasons are opened one by one.
    reasons: str = ""

    @property
    def is_cut(self) -> bool:
        """The words are as long as they can be: what came after them was not looked for."""
        return len(self.words) == LONGEST

    def address(self, **changed: Any) -> str:
        """The query of an address that asks the same, but for what is changed; the first page, where none is named.

        >>> Asked(words="khan").address(show="due")
        '?words=khan&show=due'
        """
        wanted = replace(self, **{"page": 1, **changed})
        usual = Asked()
        fields = {name: value for name, value in vars(wanted).items() if value != getattr(usual, name)}
        return f"?{urlencode(fields)}"


def read_asked(query: Mapping[str, str]) -> Asked:
    """What the query of an address asks.

    >>> read_asked({"show": "due", "sort": "nonsense", "page": "x"})
    Asked(words='', show='due', sort='attention', team='', page=1, reasons='')
    """
    show, sort, page = query.get("show", ALL), query.get("sort", BY_ATTENTION), query.get("page", "1")
    return Asked(
        words=query.get("words", "").strip()[:LONGEST],
        show=show if show in SHOWN else ALL,
        sort=sort if sort in SORTED else BY_ATTENTION,
        team=query.get("team", "")[:LONGEST],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
        reasons=SHOWN_REASONS if query.get("reasons") == SHOWN_REASONS else "",
    )
