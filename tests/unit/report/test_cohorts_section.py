"""The section of the cohorts: where nobody was referred nothing is drawn, and it says so"""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from caseness.audit.cohorts import OPEN, STEPS, UNHEARD, follow_cohorts
from caseness.audit.subject import Subject
from caseness.periods import month
from caseness.report.blocks import Figure, Paragraph
from caseness.report.sections.cohorts import tell_cohorts

MAY, JUNE = month(2024, 5), month(2024, 6)
COUNTED = ("received", OPEN, UNHEARD, "open_untreated", "open_treated_once", *(one.id for one in STEPS))


@pytest.fixture
def told(england):
    """The section on a provider with ten referrals in May, and none in June, when the audit is about a month."""

    def tell(period):
        row = {"received_in": date(2024, 5, 1), "provider": "X01", **dict.fromkeys(COUNTED, 0), "received": 10}
        subject = Subject("X01", "A service", "provider", period)
        cohorts = follow_cohorts(pa.Table.from_pylist([row]), subject, (MAY, JUNE))
        return tell_cohorts(replace(england, subject=subject, cohorts=cohorts)).blocks

    return tell


def test_a_month_without_referrals_says_so_and_draws_nothing(told):
    blocks = told(JUNE)
    said = [one.sentence.text for one in blocks if isinstance(one, Paragraph) and one.role == "absent"]
    assert said == ["No referral to A service was received in 2024-06: there is nobody to follow."]
    assert not [one for one in blocks if isinstance(one, Figure)]


def test_a_month_with_referrals_is_drawn(told):
    assert [one.id for one in told(MAY) if isinstance(one, Figure)] == ["fig-cohort"]
