"""Trends: months against what chance does, and years against the years before."""

from __future__ import annotations

from caseness.audit.run import Audit
from caseness.audit.spelling import spell_number
from caseness.audit.trend import MonthPoint, MonthSeries, Trend
from caseness.report.blocks import Block, Figure, Heading, Paragraph, Section, absent
from caseness.report.charts.control import draw_control
from caseness.report.charts.lines import letter_breaks
from caseness.report.pointers import Held
from caseness.report.sections.years import tell_years
from caseness.report.sentence import Sentence, say
from caseness.report.table import Cell, Table, numbers, words

# Each picture costs a tenth of a second and a screen of the reader's patience. The rest stand in tables.
_MOST_PICTURES = 6
_FEWEST_MONTHS = 6
_ASSURANCE = {
    "consistently passes": "The process meets the target in every month to be expected.",
    "consistently fails": "The process cannot be expected to meet the target as it is.",
    "hit or miss": "The process may or may not meet the target in any month: chance decides.",
}

_ALONE = (
    "Band: what is to be expected if nothing changed. Triangles: unlikely by chance alone (up an improvement, down a "
    "concern). The axis does not begin at nought."
)


def tell_trends(audit: Audit) -> Section:
    """The section of the trends."""
    known = [trend for trend in audit.trends if trend.months is not None or trend.years]
    if not known:
        return Section("trends", "Trends", (absent("There are too few periods to show a trend."),))
    blocks: list[Block] = [Paragraph(_introduction()), Heading("Year by year", "years"), *tell_years(audit)]
    blocks += [Heading("Month by month", "months"), Paragraph(_how_to_read()), *_months(known)]
    return Section("trends", "Trends", tuple(blocks))


def _introduction() -> Sentence:
    return say(
        "Years are compared with earlier years on the same basis only. Months are shown with the limits within which "
        "chance alone would keep them, by the rules of Making Data Count."
    )


def _how_to_read() -> Sentence:
    return say(
        "The band holds what is to be expected if nothing changed; the line in it is the mean. A triangle marks a month that is "
        "unlikely by chance alone (up is an improvement, down a concern); a square or a diamond one that is unusually "
        "high or low where neither is better. Limits begin anew where a series breaks. "
        "The axis does not begin at nought."
    )


def _months(trends: list[Trend]) -> list[Block]:
    drawn = [trend for trend in trends if trend.months and _known(trend.months) >= _FEWEST_MONTHS][:_MOST_PICTURES]
    if not drawn:
        return [absent("There are too few months to show a trend.")]
    return [_figure(trend) for trend in drawn]


def _known(months: MonthSeries) -> int:
    return sum(point.quantity.value is not None for point in months.points)


def _figure(trend: Trend) -> Figure:
    months = trend.months
    assert months is not None, "only figures with months are drawn"
    known = [point for point in months.points if point.quantity.is_known]
    last = known[-1]
    figure_id = f"fig-trend-{trend.id.replace('_', '-')}"
    return Figure(
        id=figure_id,
        heading=f"{trend.label}, {known[0].period.name} to {last.period.name}",
        alternative=_alternative(trend, known),
        describe=lambda width: draw_control(trend, width),
        table=_table(trend, months),
        citation=say(f"{trend.label}, {last.period.name}: ", last.quantity, _ratio(trend), "."),
        basis=months.basis,
        notes=_notes(months),
        alone=(_ALONE,),
    )


def _notes(months: MonthSeries) -> tuple[str, ...]:
    letters = {mark.month: mark.letter for mark in letter_breaks([month for month, _ in months.breaks])}
    target = (
        [f"Dashed level line: the target, {spell_number(months.target, 'percentage')}."]
        if months.target is not None
        else []
    )
    return (*target, *(f"{letters[month]}: {month.name}. {why}" for month, why in months.breaks))


def _ratio(trend: Trend) -> str:
    return f" ({trend.numerator} of {trend.denominator})" if trend.denominator else ""


def _alternative(trend: Trend, known: list[MonthPoint]) -> Sentence:
    first, last = known[0], known[-1]
    counts = {
        verdict: sum(point.verdict == verdict for point in known)
        for verdict in ("improvement", "concern", "high", "low")
    }
    signals = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number) or "none"
    ends = (first.quantity, f" in {first.period.name}, ", last.quantity, f" in {last.period.name}")
    breaks = "; ".join(
        f"{month.name}: {why.rstrip('.')}" for month, why in (trend.months.breaks if trend.months else ())
    )
    return say(
        *ends,
        f". Months unlikely by chance alone: {signals}.",
        f" Breaks: {breaks}." if breaks else "",
        _assured(trend),
    )


def _assured(trend: Trend) -> str:
    months = trend.months
    if months is None or months.target is None or months.assurance is None:
        return ""
    return f" Target {months.target:g}: {_ASSURANCE.get(months.assurance, months.assurance)}"


def _table(trend: Trend, months: MonthSeries) -> Table:
    columns = (
        words("month", "Month"), numbers("value", "Value"), numbers("mean", "Mean"), numbers("lower", "Lower limit"),
        numbers("upper", "Upper limit"), words("verdict", "Verdict"), words("rule", "Rule"),
    )  # fmt: skip
    rows = tuple(
        (point.period.label, point.quantity, *_limits(point, trend.unit), point.verdict, point.rule)
        for point in months.points
    )
    return Table(f"trend-{trend.id.replace('_', '-')}", f"{trend.label} by month", columns, rows)


def _limits(point: MonthPoint, unit: str) -> tuple[Cell, ...]:
    held = (Held(point, name, unit) for name in ("mean", "lower", "upper"))
    return tuple("" if one.quantity.value is None else one for one in held)
