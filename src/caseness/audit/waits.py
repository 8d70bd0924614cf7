"""How long people waited: for the first treatment, for the second, and those still waiting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caseness.audit.cube import Cube
from caseness.audit.quantity import Quantity, nothing, quantity_of
from caseness.audit.record import Record
from caseness.audit.terms import add_up, pick, read_terms, share_quantity
from caseness.audit.wait_table import LENGTHS, SECOND, WAITS, Length, Source, Wait
from caseness.periods import Period
from caseness.programme import Programme, Target
from caseness.results import MONTHLY, SUMMED
from caseness.stats.bounds import Bounded, total
from caseness.stats.weighting import weighted_mean

FIRST_WAIT, SECOND_WAIT = "six_weeks_finished", "second_over_90_days"
NO_TARGET_FOR_SECOND = "No target covers the wait between the first and the second treatment."
NO_YEARLY_MEDIAN = "The median of a year cannot be made from the medians of its months."


@dataclass(frozen=True)
class TargetThen:
    """A target as it stood in the period: at least `value` per cent, since the day `since`, read in `source`.

    One that is not verified carries the `reason` why.
    """

    value: float
    label: str
    since: str
    source: str
    verified: bool
    reason: str


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
    """A mean or median wait in days. `note` says how a year was made of monthly files, or why it cannot be."""

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


def measure(record: Record, period: Period, organisation: str, programme: Programme) -> Waits:
    """Measure the waits of one organisation and period, against the targets as in force then.

    Parameters
    ----------
    record : Record
    period : Period
        A month, or a financial year: then both the annual report and the sum of the
        monthly files, which count different groups and are never mixed.
    organisation : str
    programme : Programme
        Gives the targets, and the days between which they were in force.

    Returns
    -------
    Waits
        Shares in per cent, lengths in days. The waiting list is that of the last month.

    Examples
    --------
    >>> from caseness.audit.record import gather
    >>> from caseness.periods import financial_year
    >>> from caseness.programme import load
    >>> from caseness.published import Embedded
    >>> waits = measure(gather(Embedded()), financial_year(2024), "ENGLAND", load("england"))
    >>> late = [waits.share("second_over_90_days", basis).share.value for basis in ("annual report", "sum of monthly files")]
    >>> [round(share, 1) for share in late]
    [23.7, 24.1]
    """
    shares = tuple(
        share
        for wait in WAITS
        for source in wait.sources
        for basis in record.whole_bases(period)
        if basis in source.bases
        and (share := _share(record.cube(basis), wait, source, period, organisation, programme)) is not None
    )
    lengths = (_length(record, length, period, organisation) for length in LENGTHS)
    return Waits(
        organisation,
        period,
        shares,
        tuple(lengths),
        _waiting_list(record.cube(MONTHLY), period.months()[-1], organisation),
        tuple(_hidden(shares, period)),
    )


def _share(
    cube: Cube, wait: Wait, source: Source, period: Period, organisation: str, programme: Programme
) -> WaitShare | None:
    part, whole = _counts(cube, source, period, organisation)
    if not part.is_known.all() or not whole.is_known.all():
        return None
    share = share_quantity(part, whole)
    printed = quantity_of(pick(cube.plane(source.printed), cube, period, organisation), "percentage")
    target = _target(wait, period, programme)
    return WaitShare(
        wait.id,
        wait.label,
        wait.wait,
        source.of,
        cube.basis,
        quantity_of(part),
        quantity_of(whole),
        share,
        printed,
        target,
        None if target is None else _meets(share, target.value),
        NO_TARGET_FOR_SECOND if wait.wait == SECOND else "",
    )


def _counts(cube: Cube, source: Source, period: Period, organisation: str) -> tuple[Bounded, Bounded]:
    def of(figure_id: str, wait: str | None, band: str | None) -> Bounded:
        return pick(cube.plane(figure_id, wait, band), cube, period, organisation)

    part = total([of(cell.figure_id, cell.wait, cell.band) for cell in source.part])
    return part, of(source.whole.figure_id, source.whole.wait, source.whole.band)


def _target(wait: Wait, period: Period, programme: Programme) -> TargetThen | None:
    in_force = programme.targets_for(wait.target, period) if wait.target else ()
    return _then(in_force[0]) if in_force else None


def _then(target: Target) -> TargetThen:
    return TargetThen(
        target.at_least, target.label, target.since.isoformat(), target.source, target.verified, target.reason
    )


def _meets(share: Quantity, target: float) -> bool | None:
    if share.low is None or share.high is None or share.low < target <= share.high:
        return None
    return share.low >= target


def _length(record: Record, length: Length, period: Period, organisation: str) -> WaitLength:
    monthly = record.cube(MONTHLY)
    if period.kind == "month":
        days, note = quantity_of(pick(monthly.plane(length.figure_id), monthly, period, organisation), "days"), ""
    elif length.statistic == "median":
        days, note = nothing("days", "not_applicable"), NO_YEARLY_MEDIAN
    else:
        days, note = _yearly_mean(record, length, period, organisation)
    return WaitLength(length.id, length.label, length.statistic, record.by_month(period).basis, days, note)


def _yearly_mean(record: Record, length: Length, period: Period, organisation: str) -> tuple[Quantity, str]:
    monthly = record.cube(MONTHLY)
    months = period.months()
    if period not in record.cube(SUMMED).periods or organisation not in monthly.organisations:
        return nothing("days"), "Not every month of the year is in these releases."
    rows = [monthly.periods.index(month) for month in months]
    at = (rows, monthly.organisations.index(organisation))
    means, weights = monthly.plane(length.figure_id)[at], add_up(monthly, read_terms(length.weight))[at]
    listed = weights.is_known
    days = weighted_mean(means[listed], weights[listed])
    if not days.is_known.all():
        blank = int((~means.is_known & listed).sum())
        return nothing("days"), f"{blank} of {int(listed.sum())} months print no mean, so the year has none."
    return quantity_of(days, "days"), f"Mean of {int(listed.sum())} months, weighted by {length.weight_label}."


def _waiting_list(monthly: Cube, month: Period, organisation: str) -> WaitingList | None:
    waiting, over_18_weeks, over_90_days = (
        pick(monthly.plane(figure_id), monthly, month, organisation) for figure_id in ("M038", "M044", "M045")
    )
    if not waiting.is_known.all():
        return None
    return WaitingList(
        month,
        monthly.basis,
        quantity_of(waiting),
        quantity_of(over_18_weeks),
        quantity_of(over_90_days),
        share_quantity(over_18_weeks, waiting),
        share_quantity(over_90_days, waiting),
    )


def _hidden(shares: tuple[WaitShare, ...], period: Period) -> Iterator[HiddenWait]:
    found = {(one.id, one.basis): one for one in shares}
    for (share_id, basis), first in found.items():
        second = found.get((SECOND_WAIT, basis))
        if share_id == FIRST_WAIT and second is not None and first.share.is_known and second.share.is_known:
            yield HiddenWait(basis, first, second, _state(first, second, period))


def _state(first: WaitShare, second: WaitShare, period: Period) -> str:
    return (
        f"{period.name} ({first.basis}): of {first.of}, {_say(first.share)} had the first treatment within 6 weeks. "
        f"Of {second.of}, {_say(second.share)} had waited more than 90 days since the first. The targets count only the "
        "wait to the first treatment."
    )


def _say(share: Quantity) -> str:
    if share.is_exact and share.value is not None:
        return f"{share.value:.1f} %"
    return f"{share.low or 0:.1f} to {100 if share.high is None else share.high:.1f} %"
