"""Pooling: what it refuses, and what it comes down to in plain cases"""

import pytest

from caseness.stats.pooling import DERSIMONIAN_LAIRD, PAULE_MANDEL, REML, logits, pool, shares


@pytest.mark.parametrize("method", [DERSIMONIAN_LAIRD, REML, PAULE_MANDEL])
def test_studies_of_one_size_pool_to_their_plain_mean(method):
    """Of equal variances every method gives the sample variance less the variance within."""
    found = pool([1.0, 2.0, 6.0], [0.5, 0.5, 0.5], method)
    assert found.effect == pytest.approx(3)
    assert found.tau_squared == pytest.approx(7 - 0.5)


def test_the_next_study_is_less_sure_than_the_mean():
    found = pool([1.0, 2.0, 6.0], [0.5, 0.5, 0.5])
    assert found.prediction_low < found.low < found.high < found.prediction_high


def test_a_higher_level_is_wider():
    assert pool([0, 1], [1, 1], level=0.99).high > pool([0, 1], [1, 1]).high


@pytest.mark.parametrize(
    ("effects", "variances", "said"),
    [
        ([1.0], [1.0], "two studies or more"),
        ([1.0, 2.0], [1.0], "each with an effect and a variance"),
        ([1.0, float("nan")], [1.0, 1.0], "must be finite"),
        ([1.0, 2.0], [1.0, 0.0], "above 0"),
    ],
)
def test_what_cannot_be_pooled_is_refused(effects, variances, said):
    with pytest.raises(ValueError, match=said):
        pool(effects, variances)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="DL, REML, PM, not 'FE'"):
        pool([1, 2], [1, 1], "FE")


def test_a_proportion_of_none_needs_a_correction():
    with pytest.raises(ValueError, match="correction above 0"):
        logits([0], [10], correction=0)
    with pytest.raises(ValueError, match="more events than people"):
        logits([11], [10], correction=0.5)


def test_shares_undo_logits():
    logit, _ = logits([3, 9], [10, 10], correction=0)
    assert shares(logit) == pytest.approx([0.3, 0.9])
