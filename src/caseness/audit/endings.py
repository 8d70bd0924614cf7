"""How referrals ended: every end code, what it can and cannot say, and where the codes break.

The sixteen end codes add up to the referrals ended. They are published on their own, never
by number of contacts: how many of those treated once or twice left early can be bounded,
not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from caseness.audit.counts import COUNTS, count
from caseness.audit.drop_out import DropOut, bound_drop_out
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.record import Cube, Record
from caseness.audit.terms import floored, pick, share_quantity
from caseness.periods import Period
from caseness.programme import EndCode, EndGroup, Programme
from caseness.results import MONTHLY, SUMMED
from caseness.stats.bounds import Bounded, total

TAKEN_ON = "taken_on"
AGREED, LEFT_EARLY, ENDED_BY_SERVICE, DIED = "M066", "M344", "M341", "M069"

# What a code of those taken on says, and what it does not.
MEANINGS = MappingProxyType(
    {
        AGREED: "The client and the professional agreed that treatment was complete.",
        LEFT_EARLY: "Treatment ended before the professional had planned. Nearest to what people call dropping out.",
        ENDED_BY_SERVICE: "The service ended treatment before the patient asked. No drop-out of the client.",
        DIED: "Died after treatment had begun.",
        "M070": "Closed as treated, with the reason not known.",
    }
)
# The two rows that the codes of those taken on leave of those treated.
UNCODED = ("no_reason", "Invalid code, or none recorded", "At most so many of those treated: some were never treated.")
NOT_TAKEN_ON = (
    "not_taken_on",
    "Treated, but closed as not seen or not taken on",
    "At least so many of those treated were closed with a code for people who were not seen, or seen and not taken on.",
)


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
class CourseEnd:
    """One way in which those who were taken on ended. `of_treated` is a percentage of all treated (once, or more).

    The codes are not split by number of contacts, so these are not parts of "finished".
    For England they add up to those treated. `id` is a figure id, no_reason or not_taken_on;
    `figure_ids` are those it is made of.
    """

    id: str
    label: str
    meaning: str
    figure_ids: tuple[str, ...]
    count: Quantity
    of_treated: Quantity


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
    least `no_taken_on_code` with one of those, an invalid code or none. `months` are all months of the record, for a chart; `breaks` those of
    the programme that touch an end code within them. `remarks` are plain sentences.
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
    remarks: tuple[str, ...]

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
    cube, monthly = record.cube(MONTHLY if period.kind == "month" else SUMMED), record.cube(MONTHLY)
    stages = {name: pick(count(cube, name), cube, period, organisation) for name in COUNTS}
    ended, treated = stages["ended_referrals"], stages["ended_after_treatment"]
    codes = {
        each.figure_id: pick(cube.plane(each.figure_id), cube, period, organisation) for each in programme.end_codes
    }
    taken_on = {each.figure_id: codes[each.figure_id] for each in programme.codes_of(TAKEN_ON)}
    without = floored(treated - total(list(taken_on.values())))
    uncoded = total([codes[each.figure_id] for each in programme.end_codes if each.code is None])
    not_taken_on = floored(treated - total(list(taken_on.values())) - uncoded)
    all_ended = _through_months(monthly, "M056", organisation)
    drawn = Endings(
        organisation=organisation,
        period=period,
        basis=cube.basis,
        ended=quantity_of(ended),
        codes=tuple(_ending(each, codes, ended, monthly, all_ended, organisation) for each in programme.end_codes),
        groups=tuple(_group(each, programme, codes, ended) for each in programme.end_groups),
        remainder=quantity_of(ended - total(list(codes.values()))),
        treated_once=quantity_of(stages["ended_treated_once"]),
        treated=quantity_of(treated),
        not_taken_on=quantity_of(not_taken_on),
        not_taken_on_share=share_quantity(not_taken_on, treated),
        no_taken_on_code=quantity_of(without),
        no_taken_on_code_share=share_quantity(without, treated),
        course_ends=_course_ends(programme, taken_on, {UNCODED: uncoded, NOT_TAKEN_ON: not_taken_on}, treated),
        drop_out=bound_drop_out(taken_on, (AGREED, ENDED_BY_SERVICE, DIED), LEFT_EARLY, treated, ended),
        months=monthly.periods,
        ended_by_month=tuple(quantity_of(month) for month in all_ended),
        breaks=_breaks(programme, monthly.periods),
        remarks=(),
    )
    return replace(drawn, remarks=tuple(_remarks(drawn)))


def _through_months(monthly: Cube, figure_id: str, organisation: str) -> list[Bounded]:
    plane = monthly.plane(figure_id)
    return [pick(plane, monthly, month, organisation) for month in monthly.periods]


def _ending(
    entry: EndCode,
    codes: Mapping[str, Bounded],
    ended: Bounded,
    monthly: Cube,
    all_ended: list[Bounded],
    organisation: str,
) -> Ending:
    through = _through_months(monthly, entry.figure_id, organisation)
    counted = codes[entry.figure_id]
    return Ending(
        entry.figure_id,
        entry.code,
        entry.label,
        entry.group,
        quantity_of(counted),
        share_quantity(counted, ended),
        tuple(quantity_of(month) for month in through),
        tuple(share_quantity(month, of) for month, of in zip(through, all_ended, strict=True)),
    )


def _group(group: EndGroup, programme: Programme, codes: Mapping[str, Bounded], ended: Bounded) -> EndingGroup:
    counted = total([codes[entry.figure_id] for entry in programme.codes_of(group.id)])
    return EndingGroup(group.id, group.label, quantity_of(counted), share_quantity(counted, ended))


def _course_ends(
    programme: Programme,
    taken_on: Mapping[str, Bounded],
    others: Mapping[tuple[str, str, str], Bounded],
    treated: Bounded,
) -> tuple[CourseEnd, ...]:
    coded = [
        ((each.figure_id, each.label, MEANINGS.get(each.figure_id, ""), (each.figure_id,)), taken_on[each.figure_id])
        for each in programme.codes_of(TAKEN_ON)
    ]
    uncoded = tuple(each.figure_id for each in programme.end_codes if each.code is None)
    figures = {UNCODED: uncoded, NOT_TAKEN_ON: (*COUNTS["ended_after_treatment"].plus, *taken_on, *uncoded)}
    said = [*coded, *(((*words, figures[words]), counted) for words, counted in others.items())]
    return tuple(CourseEnd(*words, quantity_of(counted), share_quantity(counted, treated)) for words, counted in said)


def _breaks(programme: Programme, months: tuple[Period, ...]) -> tuple[SeriesBreak, ...]:
    figure_ids = [entry.figure_id for entry in programme.end_codes]
    return tuple(
        SeriesBreak(each.month, each.affects, each.label, each.what, each.source)
        for each in programme.breaks_in(figure_ids)
        if months and months[0] < each.month <= months[-1] and each.affects
    )


def _remarks(endings: Endings) -> Iterator[str]:
    if not endings.ended.is_known:
        yield f"No end codes were published for {endings.period.label} ({endings.basis})."
        return
    yield (
        "Finished a course means two or more treatment contacts. It does not mean that the course was completed: the "
        "end codes, which would say so, are not published by number of contacts."
    )
    if endings.not_taken_on.low:
        yield (
            f"Of {_say(endings.treated)} treated, at least {_say(endings.not_taken_on)} were closed with a code for people "
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


def _say(quantity: Quantity) -> str:
    if quantity.value is not None and quantity.is_exact:
        return f"{quantity.value:,.0f}"
    return f"{quantity.low:,.0f} to {quantity.high:,.0f}"
