"""Put together how organisations and groups differ in the year of an audit."""

from __future__ import annotations

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.counts import count
from caseness.audit.quantity import Quantity
from caseness.audit.record import Record
from caseness.audit.spelling import spell
from caseness.audit.subject import Subject
from caseness.audit.variation.deciles import follow_deciles
from caseness.audit.variation.funnels import compare_organisations
from caseness.audit.variation.groups import compare_groups
from caseness.audit.variation.model import Comparison, Selection, Variation
from caseness.audit.variation.organisations import read_rules
from caseness.audit.variation.screen import correlate
from caseness.disclosure import Released
from caseness.periods import Period

CAUTIONS = (
    "Outside the limits means: differs by more than chance and the usual spread between services. It is a reason to ask, "
    "not a verdict: the people who come, what is recorded and who stays to the end differ too, and none of it is "
    "adjusted for here.",
    "No organisation is ranked, and none is named for its rate: those outside the limits stand in order of their codes.",
    "Within the limits does not mean good, and outside does not mean bad.",
)


def compare(record: Record, released: Released, subject: Subject, assumptions: Assumptions) -> Variation:
    """Compare organisations and groups in the financial year of an audit.

    Parameters
    ----------
    record : the published record, laid out
    released : the figures themselves, for the breakdowns that the record leaves out
    subject : whom and when the audit is about; a month stands for its financial year
    assumptions : whom to compare, and how far out is far
    """
    year = subject.period.financial_year() if subject.period.kind == "month" else subject.period
    rules = read_rules(assumptions)
    comparisons = compare_organisations(record, year, subject, rules)
    return Variation(
        period=year,
        organisation=subject.organisation,
        name=subject.name,
        smallest_denominator=Quantity(rules.smallest, rules.smallest, rules.smallest),
        warning_limit=Quantity(rules.warning, rules.warning, rules.warning, "number"),
        action_limit=Quantity(rules.action, rules.action, rules.action, "number"),
        comparisons=comparisons,
        selection=_select(record, comparisons[0], year),
        gaps=compare_groups(record, released, year, assumptions),
        deciles=follow_deciles(record, year, subject, rules),
        cautions=CAUTIONS,
    )


# Whoever keeps only those who do well has a high rate: the one rate is held against the other.
def _select(record: Record, comparison: Comparison, year: Period) -> Selection | None:
    if not comparison.points:
        return None
    cube = record.cube(comparison.basis)
    at, places = cube.periods.index(year), {code: i for i, code in enumerate(cube.organisations)}
    chosen = [places[point.organisation] for point in comparison.points]
    finished, referred = (count(cube, name).value[at, chosen] for name in ("finished_course", "referrals_received"))
    shares = (point.share for point in comparison.points)
    rates = np.array([((one.low or 0) + (one.high or 0)) / 2 if one.value is None else one.value for one in shares])
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = finished / referred
    known = np.isfinite(ratio) & np.isfinite(rates)
    correlation = correlate(rates[known], ratio[known])
    above = int((ratio[known] > 1).sum())
    return Selection(correlation, int(known.sum()), above, comparison.basis, _say(correlation, int(known.sum()), above))


def _say(correlation: Quantity, pairs: int, above: int) -> str:
    if correlation.low is None or correlation.high is None:
        return "Too few organisations print both rates to say whether those who finish fewer recover more of them."
    if correlation.low <= 0 <= correlation.high:
        hint = "is neither higher nor lower, as far as these figures tell,"
    else:
        hint = "tends to be lower" if correlation.high < 0 else "tends to be higher"
    return (
        f"Over {pairs} organisations, reliable recovery {hint} where more of the referrals finish: correlation "
        f"{spell(correlation)}. Where it is lower, those who stay may be those who do well: a hint of selection, not "
        "proof. Referrals received and courses finished in a year are different people, and "
        f"{above} of these organisations finished more than they received."
    )
