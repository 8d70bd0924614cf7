"""Made-up releases, and a claim judged on them."""

from decimal import Decimal

from caseness.audit.claims import Claim, judge
from caseness.audit.record import gather
from caseness.periods import financial_year
from caseness.results import ANNUAL, ENGLAND, MONTHLY, Results

YEAR = financial_year(2021)


def row(figure_id, period, value, basis=ANNUAL, organisation=ENGLAND, ends=None, group=None):
    low, high = ends or (value, value)
    return {
        "figure_id": figure_id,
        "statistic": "count",
        "period_start": period.start,
        "period_end": period.end,
        "level": "england" if organisation == ENGLAND else "provider",
        "organisation": organisation,
        "split_1": group[0] if group else None,
        "group_1": group[1] if group else None,
        "value": value,
        "low": low,
        "high": high,
        "basis": basis,
    }


def annual(period=YEAR, **figures):
    return [row(figure, period, float(value)) for figure, value in figures.items()]


def months(period=YEAR, **figures):
    """Every month prints a twelfth."""
    return [row(figure, month, value / 12, MONTHLY) for figure, value in figures.items() for month in period.months()]


def claim(value=None, kind="share", period=YEAR, **keys):
    number = None if value is None else Decimal(value)
    return Claim("made-up", "says", "source", kind, period, value=number, **keys)


def judged(rows, one, names=None):
    results = Results(Results.from_rows(rows).table, names or {})
    return judge(gather(results), (one,), results)[0]


RATE = {"numerator": "recovery", "denominator": "judged_for_recovery"}
