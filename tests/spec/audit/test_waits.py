"""A quick first treatment and a late second, worked by hand."""

from caseness.audit.waits import measure
from caseness.periods import Period
from caseness.programme import load
from caseness.results import ENGLAND, MONTHLY
from small_records import figures, record_of

MAY = Period.parse("2024-05")

COUNTS = """
M052 90
M054 99
M076 100
M184 120
M046 72
M047 30
"""


def test_both_targets_are_met_while_one_in_four_waits_for_the_second_treatment():
    """90 of 100 are seen within 6 weeks and 99 within 18, and 30 of 120 second treatments come after 90 days."""
    waits = measure(record_of(figures(COUNTS, MAY)), MAY, ENGLAND, load("england"))
    shares = {one.id: (one.share.value, one.meets) for one in waits.shares}
    assert shares == {
        "six_weeks_finished": (90, True),
        "eighteen_weeks_finished": (99, True),
        "second_over_28_days": (60, None),
        "second_over_90_days": (25, None),
    }
    assert waits.hidden[0].basis == MONTHLY
