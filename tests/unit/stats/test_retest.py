"""Second measurements without change, by simulation and by closed forms"""

import numpy as np
import pytest

from caseness.stats.retest import chance_below, chance_below_both, expected_fall, expected_second

PHQ, GAD = (14.0, 6.0, 0.84, 9.5), (13.0, 5.0, 0.83, 7.5)
BOTH = tuple(zip(PHQ, GAD, strict=True))
PEOPLE = 400_000


@pytest.fixture(scope="module")
def simulated():
    """First and second scores on two scales of people whose true scores stay, with independent errors."""
    generator = np.random.default_rng(20251124)
    means, deviations, reliabilities = (np.array(one) for one in BOTH[:3])
    between = 0.7 / np.sqrt(reliabilities.prod())
    true = generator.multivariate_normal([0, 0], [[1, between], [between, 1]], PEOPLE) * np.sqrt(reliabilities)
    return [means + deviations * (true + generator.normal(size=(PEOPLE, 2)) * np.sqrt(1 - reliabilities)) for _ in "12"]


def test_one_scale_as_simulated(simulated):
    first, second = simulated[0][:, 0], simulated[1][:, 0]
    selected = first >= PHQ[3]
    assert chance_below(*PHQ) == pytest.approx((second < PHQ[3])[selected].mean(), abs=0.003)
    assert expected_fall(*PHQ) == pytest.approx((second - first)[selected].mean(), abs=0.03)
    near = abs(first - 20) < 0.25
    assert expected_second(20.0, PHQ[0], PHQ[2]) == pytest.approx(second[near].mean(), abs=0.1)


def test_both_scales_as_simulated(simulated):
    below = [(scores < np.array(BOTH[3])).all(axis=1) for scores in simulated]
    chance, at_first = chance_below_both(*BOTH, 0.7)
    assert at_first == pytest.approx(below[0].mean(), abs=0.003)
    assert chance == pytest.approx(below[1][~below[0]].mean(), abs=0.003)


@pytest.mark.parametrize("reliability", [0.1, 0.5, 0.84, 0.99])
def test_at_the_mean_it_is_sheppards_angle(reliability):
    assert chance_below(0, 1, reliability, 0) == pytest.approx(0.5 - np.arcsin(reliability) / np.pi, abs=1e-10)


def test_scales_as_alike_as_they_can_be():
    most = np.sqrt(0.84 * 0.83)
    assert 0 < chance_below_both(*BOTH, most)[0] < chance_below(*PHQ)


@pytest.mark.parametrize(("deviation", "reliability"), [(0, 0.8), (5, 0), (5, 1), (5, float("nan"))])
def test_scales_that_cannot_be_are_refused(deviation, reliability):
    for ask in (chance_below, expected_fall):
        with pytest.raises(ValueError, match="reliability between 0 and 1"):
            ask(14, deviation, reliability, 10)


def test_a_correlation_beyond_the_reliabilities_is_refused():
    with pytest.raises(ValueError, match="root of the product"):
        chance_below_both(*BOTH, 0.9)
