"""Differences between groups of people: England's by the annual report, or those of a record."""

from __future__ import annotations

from caseness.audit.quantity import Quantity
from caseness.audit.variation.breakdowns import DEPRIVATION
from caseness.audit.variation.model import Breakdown, Extremes, Gaps, Group, Variation
from caseness.audit.variation.tally import FINISHED_OF_REFERRED, RATES, RECOVERY, RELIABLE_RECOVERY
from caseness.report.blocks import Block, Figure, Grid, Items, Paragraph, absent
from caseness.report.charts.gaps import Dot, Steps, draw_dots, draw_steps
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, numbers, words

# Without deprivation, which has a picture of its own, and the problem, of which there are too many for one.
_DRAWN = ("age", "ethnic_group", "gender", "sexual_orientation", "religion")
_FEWEST_DRAWN = 1000
_DIFFERS = {True: "yes", False: "no", None: ""}
_READING = (
    "Of everybody together, and of no single organisation. An interval says how far chance alone may have moved a rate or a gap. It says nothing of why "
    "groups differ, and with so many people even small gaps are more than chance.",
    "Recovery and reliable recovery are of those who finished a course and were judged for recovery. Finished, for each "
    "100 referrals received, divides courses that ended in the year by referrals that came in it: different people.",
    "“Not stated” is shown and compared with nobody.",
)


def tell_groups(variation: Variation) -> list[Block]:
    """The blocks of the differences between groups."""
    gaps = variation.gaps
    if not gaps.breakdowns:
        return [absent(gaps.why_not)]
    blocks: list[Block] = [] if gaps.period == variation.period else [Paragraph(_other_year(variation), "note")]
    blocks += [Items(tuple(say(one) for one in _READING))]
    deprivation = gaps.breakdown(DEPRIVATION)
    blocks += [_steps_figure(gaps, deprivation)] if deprivation else []
    blocks += [_dots_figure(gaps)] if _dots(gaps) else []
    blocks += [Grid(_extremes_table(gaps), gaps.basis), Grid(_groups_table(gaps), gaps.basis)]
    return [*blocks, *([Grid(_years_table(gaps), gaps.basis)] if gaps.deprivation else [])]


def _other_year(variation: Variation) -> Sentence:
    return say(
        f"There are no groups of {variation.period.label} in these figures: the groups are those of {variation.gaps.period.label}."
    )


def _steps_figure(gaps: Gaps, deprivation: Breakdown) -> Figure:
    stated = [group for group in deprivation.groups if group.is_stated]
    series = [
        Steps(label, tuple(rate.rate for group in stated if (rate := group.rate(measure)) is not None))
        for measure, label in RATES.items()
        if all(group.rate(measure) for group in stated)
    ]
    labels = [group.label.partition(" ")[0] for group in stated]
    return Figure(
        id="fig-deprivation",
        heading=f"Outcomes by deprivation of the area, {gaps.whose}, {gaps.period.label}",
        alternative=_ends(deprivation),
        describe=lambda width: draw_steps(labels, series, "Tenth of areas: 1 is the least deprived here", width),
        table=_breakdown_table(gaps, deprivation, stated),
        citation=say(f"{gaps.whose}, {gaps.period.label}. ") + _ends(deprivation),
        basis=gaps.basis,
        key=tuple((f"line-{i}", one.name) for i, one in enumerate(series)),
        notes=deprivation.notes,
    )


def _ends(breakdown: Breakdown) -> Sentence:
    parts = [part for one in breakdown.extremes for part in (*_end(one), "; ")]
    return say("From the least to the most deprived tenth: ", *parts[:-1], ".") if parts else say(breakdown.label)


def _end(one: Extremes) -> tuple:
    return (f"{RATES[one.measure].lower()} ", one.first_rate, " to ", one.second_rate)


def _dots_figure(gaps: Gaps) -> Figure:
    dots, (whole,) = _dots(gaps), [one for one in gaps.whole.rates if one.measure == RELIABLE_RECOVERY]
    shown = [one for one in gaps.breakdowns if one.id in _DRAWN]
    parts = [part for one in shown for part in _extreme_parts(one, RELIABLE_RECOVERY)]
    return Figure(
        id="fig-groups",
        heading=f"Reliable recovery of groups, {gaps.whose}, {gaps.period.label}",
        alternative=say("Everybody: ", whole.rate, ". Highest and lowest group: ", *parts[:-1], "."),
        describe=lambda width: draw_dots(dots, whole.rate, width),
        table=_extremes_table(gaps, "groups-drawn", RELIABLE_RECOVERY),
        citation=say(
            f"{gaps.whose}, {gaps.period.label}, reliable recovery: everybody ", whole.rate, "; ", *parts[:-1], "."
        ),
        basis=gaps.basis,
        notes=(
            "Bar: what chance alone may have done. Dashed line: everybody. Groups of fewer than 1,000, those not stated and those that overlap are in the tables.",
        ),
    )


def _extreme_parts(breakdown: Breakdown, measure: str) -> list:
    one = breakdown.extreme(measure)
    if one is None:
        return []
    return [f"{breakdown.label.lower()}: {one.first} ", one.first_rate, f", {one.second} ", one.second_rate, "; "]


def _dots(gaps: Gaps) -> list[Dot]:
    found = []
    for one in gaps.breakdowns:
        own = [group for group in one.groups if one.id in _DRAWN and not one.overlaps and _is_drawn(group)]
        found += [Dot(one.label), *(Dot(_short(group.label), _reliable(group)) for group in own)] if own else []
    return found


def _is_drawn(group: Group) -> bool:
    rate = group.rate(RELIABLE_RECOVERY)
    return group.is_stated and rate is not None and (rate.whole.value or 0) >= _FEWEST_DRAWN


def _reliable(group: Group) -> Quantity:
    rate = group.rate(RELIABLE_RECOVERY)
    assert rate is not None, "only groups with a rate are drawn"
    return rate.rate


def _short(label: str) -> str:
    return label.partition(" (")[0]


def _extremes_table(gaps: Gaps, table_id: str = "gaps", measure: str | None = None) -> Table:
    columns = (
        words("breakdown", "By"), words("measure", "Share"), words("first", "Higher, or first"), numbers("first_rate", "Share"),
        words("second", "Lower, or last"), numbers("second_rate", "Share"), numbers("gap", "Gap", sign=True),
        words("interval", "Interval"),
    )  # fmt: skip
    rows = tuple(
        (by.label, RATES[one.measure], one.first, one.first_rate, one.second, one.second_rate, one.gap, _interval(one))
        for by in gaps.breakdowns
        for one in by.extremes
        if measure in (None, one.measure)
    )
    notes = ("Where groups were picked as the highest and the lowest, the interval allows for that.",)
    return Table(table_id, f"The widest gaps between groups, {gaps.whose}, {gaps.period.label}", columns, rows, notes)


def _interval(one: Extremes) -> str:
    return "chance, for all pairs of groups at once" if one.are_picked else "chance, for this pair"


def _groups_table(gaps: Gaps) -> Table:
    columns = (
        words("breakdown", "By"), words("group", "Group"), words("measure", "Share"), numbers("part", "Counted"), numbers("whole", "Of"),
        numbers("rate", "Rate"), numbers("gap", "Gap to everybody", sign=True), words("differs", "More than chance"),
    )  # fmt: skip
    rows = tuple(
        (by.label, group.label, RATES[one.measure], one.part, one.whole, one.rate, one.gap, _DIFFERS[one.differs])
        for by in gaps.breakdowns
        for group in by.groups
        for one in group.rates
    )
    notes = (
        f"More than chance: by Holm's steps over all {gaps.questions} comparisons here at once, at 5 %. Each group is held against all the others.",
        *(f"{by.label}: {note}" for by in gaps.breakdowns for note in by.notes),
    )
    return Table("groups", f"Every group, {gaps.whose}, {gaps.period.label}", columns, rows, notes)


def _breakdown_table(gaps: Gaps, breakdown: Breakdown, groups: list[Group]) -> Table:
    measures = [one for one in (RELIABLE_RECOVERY, RECOVERY, FINISHED_OF_REFERRED) if all(g.rate(one) for g in groups)]
    columns = (words("group", breakdown.label), *(numbers(one, RATES[one]) for one in measures))
    rows = tuple(
        (group.label, *(rate.rate for one in measures if (rate := group.rate(one)) is not None)) for group in groups
    )
    return Table(f"groups-{breakdown.id}", f"{breakdown.label}, {gaps.whose}", columns, rows)


def _years_table(gaps: Gaps) -> Table:
    columns = (
        words("year", "Year"), words("measure", "Share"), numbers("least", "Least deprived tenth"),
        numbers("most", "Most deprived tenth"), numbers("gap", "Gap", sign=True),
    )  # fmt: skip
    rows = tuple((one.period.label, RATES[one.measure], one.least, one.most, one.gap) for one in gaps.deprivation)
    notes = ("The areas are ranked anew when the index is; the releases do not say by which edition each year went.",)
    return Table("deprivation-years", f"The deprivation gap over the years, {gaps.whose}", columns, rows, notes)
