"""The accuracy of a signal: what rests on nobody, what is unknown, and whether intervals hold the truth"""

import numpy as np
import pytest

from caseness.stats.signal_accuracy import Counts, accuracy, count

NAN = float("nan")


def test_unknown_outcomes_are_left_out_and_counted():
    assert count([1, 0, NAN, 1], [NAN, 0, 1, 1]) == Counts(1, 0, 0, 1, 2)
    assert count([], []) == Counts(0, 0, 0, 0, 0)


def test_a_signal_that_never_sounds():
    found = accuracy(0, 0, 10, 90)
    assert found.sensitivity.value == 0
    assert np.isnan(found.positive_predictive_value.value)
    assert (found.positive_predictive_value.low, found.positive_predictive_value.high) == (0, 1)
    assert np.isnan(found.number_needed_to_review.value)
    assert (found.number_needed_to_review.low, found.number_needed_to_review.high) == (1, np.inf)
    assert found.alert_burden.value == 0


def test_a_signal_that_is_never_right_needs_no_end_of_reviews():
    found = accuracy(0, 10, 3, 87)
    assert found.number_needed_to_review.value == np.inf
    assert found.number_needed_to_review.low > 1


def test_signals_side_by_side():
    found = accuracy([8, 4], [8, 2], [2, 6], [82, 88])
    assert found.number_needed_to_review.value.tolist() == [2, 1.5]
    assert found.sensitivity.value.tolist() == [0.8, 0.4]


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="counts from 0"):
        accuracy(-1, 3, 4, 5)
    with pytest.raises(ValueError, match="Coverage"):
        accuracy(1, 3, 4, 5, coverage=1.0)


@pytest.mark.parametrize("exact", [True, False])
def test_intervals_hold_the_truth(exact):
    """Sensitivity 0.6, specificity 0.9, one outcome in ten, so a predictive value of 0.4: in 2,000 services of 400 cases."""
    generator = np.random.default_rng(8)
    cells = generator.multinomial(400, [0.06, 0.09, 0.04, 0.81], 2000).T
    found = accuracy(*cells, exact=exact)
    truths = {
        "sensitivity": 0.6,
        "specificity": 0.9,
        "positive_predictive_value": 0.4,
        "negative_predictive_value": 0.81 / 0.85,
        "number_needed_to_review": 2.5,
        "alert_burden": 0.15,
    }
    for name, truth in truths.items():
        rate = getattr(found, name)
        held = ((rate.low <= truth) & (truth <= rate.high)).mean()
        assert held >= (0.95 if exact else 0.93), name
