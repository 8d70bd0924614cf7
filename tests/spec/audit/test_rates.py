"""The recovery rate of a small service over every denominator, worked by hand."""

from caseness.audit.rates import recompute
from caseness.periods import Period
from caseness.results import ENGLAND
from small_records import figures, record_of

MAY = Period.parse("2024-05")

COUNTS = """
M001 200
M031 150
M056 180
M153 60
M075 40
M076 80
M179 5
M202 78
M191 36
M193 30
M192 48.0
"""


def test_one_count_of_recoveries_over_every_denominator():
    """36 people recovered. What share that is depends on whom they are counted among."""
    (grid,) = recompute(record_of(figures(COUNTS, MAY)), MAY, ENGLAND).grids
    shown = {one.denominator: one.shown for one in grid.cells if one.numerator == "recovery"}
    assert shown == {
        "referrals_received": 18.0,
        "ended_referrals": 20.0,
        "accessing_services": 24.0,
        "ended_after_treatment": 30.0,
        "finished_course": 45.0,
        "judged_for_recovery": 48.0,
        "at_caseness": None,
        "paired": 46.2,
    }


def test_the_printed_rate_is_that_of_the_official_denominator():
    rates = recompute(record_of(figures(COUNTS, MAY)), MAY, ENGLAND)
    (recovery,) = [one for one in rates.recomputed if one.printed.is_known]
    assert (recovery.formula.text, recovery.printed.value, recovery.shown, recovery.agrees) == (
        "M191 / (M076 - M179)",
        48.0,
        48.0,
        True,
    )
