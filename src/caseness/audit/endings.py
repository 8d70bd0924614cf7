"""How referrals ended: every end code, what it can and cannot say, and where the codes break.

The sixteen end codes add up to the referrals ended. They are published on their own, never
by number of contacts: how many of those treated once or twice left early can be bounded,
not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from caseness.audit.counts import count
from caseness.audit.course_ends import (
    AGREED,
    DIED,
    ENDED_BY_SERVICE,
    LEFT_EARLY,
    CourseEnd,
    least_left_over,
    list_course_ends,
)
from caseness.audit.cube import Cube
from caseness.audit.drop_out import DropOut, bound_drop_out
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.record import Record
from caseness.audit.terms import pick, share_quantity
from caseness.periods import Period, walk
from caseness.programme import EndCode, EndGroup, Programme
from caseness.results import MONTHLY
from caseness.stats.bounds import Bounded, total

TAKEN_ON = "taken_on"
ENDED = "M056"
OTHERWISE = (AGREED, ENDED_BY_SERVICE, DIED)


@dataclass(frozen=True)
class Ending:
    """One end code.

    `code` is the code that a service enters (None for "invalid" and "none recorded").
    `of_ended` is the percentage of referrals ended. `by_month` runs over `Endings.months`,
    `of_ended_by_month` gives the same as percentages of the referrals ended that month.
    """

    figure_id: str
    code: str | None
    label: str
    group: str
    count: Quantity
    of_ended: Quantity
    by_month: tuple[Quantity, ...]
    of_ended_by_month: tuple[Quantity, ...]


@dataclass(frozen=True)
class EndingGroup:
    """The end codes of one kind, added: not seen, seen but not taken on, taken on, invalid, none recorded."""

    id: str
    label: str
    count: Quantity
    of_ended: Quantity


@dataclass(frozen=True)
class SeriesBreak:
    """A month from which a published series means something else, so that a chart can mark it."""

    month: Period
    figure_ids: tuple[str, ...]
    label: str
    note: str
    source: str


@dataclass(frozen=True)
class Endings:
    """How the referrals of one organisation and period ended.

    `remainder` is the referrals ended less all codes. Of those treated (once, or more) at
    least `not_taken_on` were closed with a code for people not seen or not taken on, and at
    least `no_taken_on_code` with one of those, an invalid code or none. `months` are all
    from the first to the last with any end code, for a chart; `breaks` those of the
    programme that touch an end code within them. `remarks` are plain sentences.
    """

    organisation: str
    period: Period
    basis: str
    ended: Quantity
    codes: tuple[Ending, ...]
    groups: tuple[EndingGroup, ...]
    remainder: Quantity
    treated_once: Quantity
    treated: Quantity
    not_taken_on: Quantity
    not_taken_on_share: Quantity
    no_taken_on_code: Quantity
    no_taken_on_code_share: Quantity
    course_ends: tuple[CourseEnd, ...]
    drop_out: tuple[DropOut, ...]
    months: tuple[Period, ...]
    ended_by_month: tuple[Quantity, ...]
    breaks: tuple[SeriesBreak, ...]
    remarks: tuple[str, ...] = ()

    def code(self, figure_id: str) -> Ending:
        """One end code by its figure id."""
        return next(one for one in self.codes if one.figure_id == figure_id)


def classify(record: Record, period: Period, organisation: str, programme: Programme) -> Endings:
    """Count every end code of one organisation and period, and bound how many dropped out.

    Parameters
    ----------
    record : Record
    period : Period
        A month is read from its monthly file. A year is the sum of its months: annual
        reports do not print end codes.
    organisation : str
    programme : Programme
        Gives the end codes, their labels and groups, and the breaks of their series.

    Returns
    -------
    Endings
        Counts, and percentages of the referrals ended or of those treated. Every number is
        without value and ends where nothing was published for the period.

    Examples
    --------
    >>> from caseness.audit.record import gather
    >>> from caseness.periods import financial_year
    >>> from caseness.programme import load
    >>> from caseness.published import Embedded
    >>> endings = classify(gather(Embedded()), financial_year(2024), "ENGLAND", load("england"))
    >>> endings.not_taken_on.value, endings.no_taken_on_code.value, endings.treated.value
    (317417.0, 432676.0, 1170043.0)
    """
    cube = record.by_month(period)
    counted = _count(cube, period, organisation, programme)
    series = _series(record.cube(MONTHLY), organisation, programme)
    drawn = Endings(
        organisation=organisation,
        period=period,
        basis=cube.basis,
        ended=quantity_of(counted.ended),
        codes=tuple(_ending(each, counted, series) for each in programme.end_codes),
        groups=tuple(_group(each, programme, counted) for each in programme.end_groups),
        remainder=quantity_of(counted.ended - total(list(counted.codes.values()))),
        treated_once=quantity_of(counted.treated_once),
        treated=quantity_of(counted.treated),
        not_taken_on=quantity_of(counted.not_taken_on),
        not_taken_on_share=share_quantity(counted.not_taken_on, counted.treated),
        no_taken_on_code=quantity_of(counted.no_taken_on_code),
        no_taken_on_code_share=share_quantity(counted.no_taken_on_code, counted.treated),
        course_ends=list_course_ends(programme.codes_of(TAKEN_ON), counted.taken_on, counted.uncoded, counted.treated),
        drop_out=bound_drop_out(counted.taken_on, OTHERWISE, LEFT_EARLY, counted.treated, counted.ended),
        months=tuple(series[ENDED]),
        ended_by_month=tuple(quantity_of(month) for month in series[ENDED].values()),
        breaks=_breaks(programme, tuple(series[ENDED])),
    )
    return replace(drawn, remarks=tuple(_remarks(drawn, record.is_computed)))


@dataclass(frozen=True)
class _Counted:
    """The counts of one period. `taken_on` and `uncoded` are parts of `codes`."""

    ended: Bounded
    treated_once: Bounded
    treated: Bounded
    codes: Mapping[str, Bounded]
    taken_on: Mapping[str, Bounded]
    uncoded: Mapping[str, Bounded]

    @property
    def no_taken_on_code(self) -> Bounded:
        return least_left_over(self.treated, self.taken_on)

    @property
    def not_taken_on(self) -> Bounded:
        return least_left_over(self.treated, {**self.taken_on, **self.uncoded})


def _count(cube: Cube, period: Period, organisation: str, programme: Programme) -> _Counted:
    def of(name: str) -> Bounded:
        return pick(count(cube, name), cube, period, organisation)

    codes = {
        each.figure_id: pick(cube.plane(each.figure_id), cube, period, organisation) for each in programme.end_codes
    }
    taken_on = {each.figure_id: codes[each.figure_id] for each in programme.codes_of(TAKEN_ON)}
    uncoded = {each.figure_id: codes[each.figure_id] for each in programme.end_codes if each.code is None}
    return _Counted(
        of("ended_referrals"), of("ended_treated_once"), of("ended_after_treatment"), codes, taken_on, uncoded
    )


def _series(monthly: Cube, organisation: str, programme: Programme) -> dict[str, dict[Period, Bounded]]:
    """Every end code, and all referrals ended, in each month from the first to the last with any code."""
    wanted = [*(each.figure_id for each in programme.end_codes), ENDED]
    cells = {
        figure_id: {month: pick(plane, monthly, month, organisation) for month in monthly.periods}
        for figure_id, plane in ((figure_id, monthly.plane(figure_id)) for figure_id in wanted)
    }
    coded = [month for month in monthly.periods if any(cells[name][month].is_known for name in wanted[:-1])]
    months = list(walk(coded[0], coded[-1])) if coded else []
    unknown = Bounded.of(np.nan, np.nan)
    return {name: {month: found.get(month, unknown) for month in months} for name, found in cells.items()}


def _ending(entry: EndCode, counted: _Counted, series: Mapping[str, Mapping[Period, Bounded]]) -> Ending:
    through = series[entry.figure_id]
    return Ending(
        entry.figure_id,
        entry.code,
        entry.label,
        entry.group,
        quantity_of(counted.codes[entry.figure_id]),
        share_quantity(counted.codes[entry.figure_id], counted.ended),
        tuple(quantity_of(counted) for counted in through.values()),
        tuple(share_quantity(counted, series[ENDED][month]) for month, counted in through.items()),
    )


def _group(group: EndGroup, programme: Programme, counted: _Counted) -> EndingGroup:
    added = total([counted.codes[entry.figure_id] for entry in programme.codes_of(group.id)])
    return EndingGroup(group.id, group.label, quantity_of(added), share_quantity(added, counted.ended))


def _breaks(programme: Programme, months: tuple[Period, ...]) -> tuple[SeriesBreak, ...]:
    figure_ids = [entry.figure_id for entry in programme.end_codes]
    return tuple(
        SeriesBreak(each.month, each.affects, each.label, each.what, each.source)
        for each in programme.breaks_in(figure_ids)
        if months and months[0] < each.month <= months[-1] and each.affects
    )


def _remarks(endings: Endings, is_computed: bool) -> Iterator[str]:
    if not endings.ended.is_known:
        yield f"No end codes were published for {endings.period.label} ({endings.basis})."
        return
    yield _ONLY_CONTACTS if is_computed else f"{_ONLY_CONTACTS.removesuffix('.')}: {_NOT_BY_CONTACTS}"
    if endings.not_taken_on.low:
        yield (
            f"Of {_say(endings.treated)} treated, at least {endings.not_taken_on.low:,.0f} were closed with a code for people "
            "who were not seen or not taken on. Treated once is therefore not the same as dropped out."
        )
    if endings.drop_out[0].is_contradicted:
        yield (
            "More referrals were closed with a code of those taken on than were treated, so here some such codes were "
            "given to people who were never treated."
        )
    yield from (
        f"{each.label}, from {each.month.name}: {each.note}" for each in endings.breaks if each.month in endings.period
    )


_ONLY_CONTACTS = (
    "Finished a course means two or more treatment contacts. It does not mean that the course was completed."
)
_NOT_BY_CONTACTS = "the end codes, which would say so, are not published by number of contacts."


def _say(quantity: Quantity) -> str:
    if quantity.value is not None and quantity.is_exact:
        return f"{quantity.value:,.0f}"
    return f"{quantity.low:,.0f} to {quantity.high:,.0f}"
