"""Small records for the tests of the audit, written as the text of a release would print them."""

from caseness.audit.record import gather
from caseness.published.names import all_figures
from caseness.results import ENGLAND, MONTHLY, Results

PRINTED_FIVE = (5, 7)
ROUNDING = 2
HALF_A_DECIMAL = {True: 0.05, False: 0.5}


def ends(printed, statistic, is_england):
    """What a printed cell can be, by the rules of publication: (value, low, high)."""
    if printed == "*":
        return None, 0.0, 4.0 if statistic == "count" else 100.0
    value = float(printed)
    if statistic == "percentage":
        margin = HALF_A_DECIMAL[is_england]
        return value, max(value - margin, 0.0), min(value + margin, 100.0)
    if statistic == "mean":
        return value, value - 0.05, value + 0.05
    if is_england or statistic != "count":
        return value, value, value
    return (value, *PRINTED_FIVE) if value == 5 else (value, value - ROUNDING, value + ROUNDING)


def figure(figure_id, printed, period, organisation=ENGLAND, basis=MONTHLY, wait=None, band=None):
    """One printed figure. `*` is a star."""
    statistic = all_figures()[figure_id].statistic
    value, low, high = ends(printed, statistic, organisation == ENGLAND)
    split = "Waiting Time" if wait else None
    return {
        "figure_id": figure_id,
        "statistic": statistic,
        "period_start": period.start,
        "period_end": period.end,
        "level": "england" if organisation == ENGLAND else "provider",
        "organisation": organisation,
        "split_1": split,
        "group_1": wait,
        "split_2": split if band else None,
        "group_2": band,
        "value": value,
        "low": low,
        "high": high,
        "reason": "suppressed" if value is None else None,
        "basis": basis,
    }


def figures(table, period, organisation=ENGLAND, basis=MONTHLY):
    """Figures from a text table: an id and a printed number on each line."""
    lines = [line.split() for line in table.strip().splitlines()]
    return [figure(figure_id, printed, period, organisation, basis) for figure_id, printed in lines]


def record_of(*parts):
    """A record that holds these figures and no others."""
    return gather(Results.from_rows([row for part in parts for row in part]))
