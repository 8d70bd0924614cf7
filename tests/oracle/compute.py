"""The 343 measures of a period, from submitted rows: the one door of this oracle."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from oracle import appointments, employment, finishers, integrated, referrals, validity
from oracle.figure import Figure, Period, count, mean, median, ratio
from oracle.pathway import Pathway
from oracle.reading import DEFAULT, Choices
from oracle.record import History, Key, Record, Row, read

Keep = Callable[[Row], bool]
Dates = tuple[str, date, date]

QUARTERLY_ONLY = ("M1011", "M1012", "M1013")
MONTHLY_ONLY = ("EA036", "EA037", "EA038", "EA039")


class Rate(NamedTuple):
    """A percentage of counts: `over` / (`under` - `less`)."""

    over: tuple[str, ...]
    under: str
    less: str | None = None


RATES = {
    "M053": Rate(("M052",), "M076"),
    "M055": Rate(("M054",), "M076"),
    "M077": Rate(("M153",), "M056"),
    "M078": Rate(("M075",), "M056"),
    "M079": Rate(("M076",), "M056"),
    "M080": Rate(("M076", "M075"), "M056"),
    "M081": Rate(("M076",), "M056", "M153"),
    "M288": Rate(("M075",), "M056", "M153"),
    "M123": Rate(("M121",), "M184"),
    "M124": Rate(("M046",), "M184"),
    "M125": Rate(("M122",), "M184"),
    "M126": Rate(("M047",), "M184"),
    "M180": Rate(("M179",), "M076"),
    "M186": Rate(("M185",), "M076"),
    "M1010": Rate(("M189",), "M076"),
    "M192": Rate(("M191",), "M076", "M179"),
    "M195": Rate(("M193",), "M076", "M179"),
    "M205": Rate(("M204",), "M203"),
    "M278": Rate(("M277",), "M273", "M276"),
    "M286": Rate(("M285",), "M274", "M284"),
}


def compute(
    submissions: list[Row],
    tables: dict[str, list[Row]],
    period: Dates,
    keep: Keep | None = None,
    choices: Choices = DEFAULT,
) -> dict[str, Figure]:
    """Every measure of a period by its id.

    `keep` picks referral rows, and employment rows where a measure counts these; it is given the submitted row with
    `OrgID_Provider` added. The three measures that are published by quarter only are left out for a month, and the
    four on who was met in a month for all that is longer.
    """
    return figures(read(submissions, tables), period, keep, choices)


def figures(record: Record, period: Dates, keep: Keep | None = None, choices: Choices = DEFAULT) -> dict[str, Figure]:
    """As `compute`, for rows that were read once and are asked many times."""
    chosen = Period(*period)
    pathways = list(standing(record, period, keep, choices).values())
    of_rows = validity.figures(_employment_rows(record, chosen, keep), chosen)
    return of_pathways(pathways, record, chosen) | of_rows


def of_pathways(pathways: list[Pathway], record: Record, period: Period) -> dict[str, Figure]:
    """Every measure that is of pathways: all but the fields of single employment rows."""
    found = _counts(pathways, period)
    finished = [pathway for pathway in pathways if referrals.finished(pathway, period)]
    found |= finishers.figures(finished)
    found |= appointments.figures(pathways, record, period)
    found |= employment.figures(pathways, finished, period)
    found |= integrated.figures(pathways, finished, period)
    found |= {measure: _rate(rate, found) for measure, rate in RATES.items()}
    return {measure: figure for measure, figure in found.items() if _is_due(measure, period)}


def standing(record: Record, period: Dates, keep: Keep | None = None, choices: Choices = DEFAULT) -> dict[Key, Pathway]:
    """The pathways that count in a period by (person, provider, referral), with all that is derived of each."""
    found: dict[Key, Pathway] = {}
    for key, history in record.pathways.items():
        months = [month for month in history.rows if Period(*period).holds(month)]
        if months and _kept(history, max(months), keep):
            found[key] = _as_known(record, history, max(months), choices)
    return found


def _kept(history: History, month: date, keep: Keep | None) -> bool:
    return keep is None or keep({**history.rows[month], "OrgID_Provider": history.provider})


def _employment_rows(record: Record, period: Period, keep: Keep | None) -> Iterator[Row]:
    """The rows of IDS004 in the counting files of the period."""
    for (provider, _), rows in record.employment.items():
        for month, row in rows:
            if period.holds(month) and (keep is None or keep({**row, "OrgID_Provider": provider})):
                yield row


def _as_known(record: Record, history: History, month: date, choices: Choices) -> Pathway:
    """The pathway with nothing that a later month's file holds."""
    employment = record.employment.get((history.provider, history.person), [])
    return Pathway(
        provider=history.provider,
        row=history.rows[month],
        patient=history.patients[month],
        month_end=history.ends[month],
        contacts=_until(month, history.contacts),
        logs=_until(month, history.logs),
        answers=_until(month, history.answers),
        complaints=_filed(month, history.complaints),
        employment=[status for _, status in _filed(month, employment)],
        conditions=history.conditions[month],
        disabilities=record.beside(history.rows[month], "IDS007DisabilityType"),
        circumstances=record.beside(history.rows[month], "IDS011SocPerCircumstances"),
        first_month=min(history.rows),
        choices=choices,
    )


def _filed(month: date, rows: list[tuple[date, Row]]) -> list[tuple[date, Row]]:
    return [(filed, row) for filed, row in rows if filed <= month]


def _until(month: date, things: list[Any]) -> tuple[Any, ...]:
    return tuple(thing for thing in things if thing.month <= month)


def _counts(pathways: list[Pathway], period: Period) -> dict[str, Figure]:
    counts = {
        measure: count(sum(holds(pathway, period) for pathway in pathways))
        for measure, holds in referrals.COUNTS.items()
    }
    entered = [pathway for pathway in pathways if period.holds(pathway.first_session)]
    waits = [pathway.wait for pathway in entered if pathway.wait is not None]
    return counts | {"M048": mean(waits), "M049": median(waits)}


def _rate(rate: Rate, figures: dict[str, Figure]) -> Figure:
    over = sum(figures[measure].value or 0 for measure in rate.over)
    less = (figures[rate.less].value or 0) if rate.less else 0
    return ratio(over, (figures[rate.under].value or 0) - less, 100)


def _is_due(measure: str, period: Period) -> bool:
    return measure not in (QUARTERLY_ONLY if period.kind == "month" else MONTHLY_ONLY)
