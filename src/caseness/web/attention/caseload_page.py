"""What the page of a caseload shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from caseness.web.caseload.models import Referral
from caseness.web.caseload.scope import referrals_of
from caseness.web.services.reader import Reader


@dataclass(frozen=True)
class CaseloadPage:
    """The open referrals that a reader sees."""

    reader: Reader

    @cached_property
    def referrals(self) -> list[Referral]:
        """Those that are open today."""
        return [one for one in referrals_of(self.reader) if one.is_open_on(self.reader.today)]
