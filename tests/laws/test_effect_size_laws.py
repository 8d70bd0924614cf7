"""Laws of deviations and effect sizes, on any scores"""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.measures import compute
from caseness.measures.annual.effects import effect_cells
from caseness.periods import Period
from grain_tables import make_grains

YEAR = Period.parse("2025-26")
CELLS = effect_cells("PHQ9", "At caseness")
SCORES = st.integers(0, 27)
COURSES = st.lists(
    st.tuples(st.sampled_from(("RW1", "RX2", "T01")), SCORES, st.none() | SCORES), min_size=1, max_size=12
)


def figures(courses, add=0):
    """The fields of the line of PHQ-9, by name and organisation, with the same number added to every score."""
    rows = [
        {
            "provider": provider, "phq9_first": first + add, "phq9_last": None if last is None else last + add,
            "discharge_date": date(2025, 4, 20), "completed_treatment": True, "at_caseness": True,
        }
        for provider, first, last in courses
    ]  # fmt: skip
    table = compute(make_grains(referral=rows), [YEAR], list(CELLS.values()), ["england", "provider"]).table
    names = {measure.id: printed for printed, measure in CELLS.items()}
    return {(names[row["figure_id"]], row["organisation"]): row["value"] for row in table.to_pylist()}


@settings(max_examples=15)
@given(courses=COURSES)
def test_a_deviation_is_that_of_a_population_and_an_effect_size_is_the_fall_by_that_of_england(courses):
    """Of every service: effect size by England's deviation gives the fall of the mean back."""
    found = figures(courses)
    england = np.std([first for _, first, _ in courses])
    for whom in ("ENGLAND", *{provider for provider, _, _ in courses}):
        own = [one for one in courses if whom in ("ENGLAND", one[0])]
        firsts, lasts = [first for _, first, _ in own], [last for _, _, last in own if last is not None]
        assert found["SD_Start", whom] == pytest.approx(np.std(firsts), abs=1e-6)
        assert found["SD_End", whom] == (pytest.approx(np.std(lasts), abs=1e-6) if lasts else None)
        if lasts and england:
            fall = np.mean(firsts) - np.mean(lasts)
            assert found["EffectSize", whom] * england == pytest.approx(fall, abs=1e-6)
        else:
            assert found["EffectSize", whom] is None


@settings(max_examples=10)
@given(courses=COURSES, more=st.integers(1, 40))
def test_what_is_added_to_every_score_changes_no_effect_size(courses, more):
    before, after = figures(courses), figures(courses, more)
    for (name, whom), value in before.items():
        if name in ("EffectSize", "SD_Start", "SD_End"):
            assert after[name, whom] == (None if value is None else pytest.approx(value, abs=1e-6))
