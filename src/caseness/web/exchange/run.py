"""One import under way: what arrives, into which service, what is known so far, and what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from caseness.web.exchange.arriving import Arrival
from caseness.web.services.models import Membership, Service


@dataclass(eq=False)
class Run:
    """An import while it writes. Clients and referrals are held by their identifiers; all else goes by month."""

    service: Service
    arrival: Arrival
    now: datetime
    tell: Callable[[str], None]
    counts: Counter[str] = field(default_factory=Counter)
    clients: dict[str, int] = field(default_factory=dict)
    referrals: dict[str, tuple[int, int]] = field(default_factory=dict)

    # What was added to each client, or changed, by its row.
    of_clients: dict[int, Counter[str]] = field(default_factory=dict)

    def count(self, counted: str, clients: Iterable[int]) -> None:
        """Count what was written, in all and of each client. It names the client once for each row."""
        written = Counter(clients)
        self.counts[counted] += written.total()
        for client, number in written.items():
            self.of_clients.setdefault(client, Counter())[counted] += number

    @cached_property
    def owners(self) -> dict[int, int]:
        """The client of each referral, by their rows. It is known when the referrals are written."""
        return dict(self.referrals.values())

    @cached_property
    def therapists(self) -> dict[str, int]:
        """The memberships of the service by the identifier of the care professional. Of several the last begun counts."""
        rows = Membership.objects.filter(service=self.service).exclude(care_person_id="").order_by("started")
        return dict(rows.values_list("care_person_id", "pk"))
