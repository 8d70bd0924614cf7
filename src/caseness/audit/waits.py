"""How long people waited: for the first treatment, for the second, and those still waiting."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class TargetThen:
    """A target as it stood in the period: `value` in percent, `since` its first day as a label, `source` where it was read."""

    value: float
    label: str
    since: str
    source: str
    verified: bool


@dataclass(frozen=True)
class WaitShare:
    """The share of a group of people who waited up to, or more than, so long.

    `wait` is accessing (referral to first treatment) or second (first to second
    treatment). `of` says in words who is counted. `printed` is the percentage as
    published, where it was. `meets` is None without a target or where the interval
    leaves it open.
    """

    id: str
    label: str
    wait: str
    of: str
    basis: str
    part: Quantity
    whole: Quantity
    share: Quantity
    printed: Quantity
    target: TargetThen | None
    meets: bool | None
    note: str


@dataclass(frozen=True)
class WaitLength:
    """A mean or median wait in days. `note` says how a year was made of months, or why it cannot be."""

    id: str
    label: str
    statistic: str
    basis: str
    days: Quantity
    note: str


@dataclass(frozen=True)
class WaitingList:
    """Those still waiting for a first treatment at the end of `month`: a stock, not a flow."""

    month: Period
    basis: str
    waiting: Quantity
    over_18_weeks: Quantity
    over_90_days: Quantity
    over_18_weeks_share: Quantity
    over_90_days_share: Quantity


@dataclass(frozen=True)
class HiddenWait:
    """The wait that no target counts: first treatment quick, second late.

    `first` is the share with a first treatment within 6 weeks, `second` the share whose
    second came more than 90 days later, both on `basis` and of the groups named.
    """

    basis: str
    first: WaitShare
    second: WaitShare
    statement: str


@dataclass(frozen=True)
class Waits:
    """The waits of one organisation and period, on every basis there is."""

    organisation: str
    period: Period
    shares: tuple[WaitShare, ...]
    lengths: tuple[WaitLength, ...]
    waiting_list: WaitingList | None
    hidden: tuple[HiddenWait, ...]

    def share(self, share_id: str, basis: str) -> WaitShare | None:
        """A share on one basis, or None where that basis has none."""
        return next((one for one in self.shares if (one.id, one.basis) == (share_id, basis)), None)
