"""Where natural recovery leaves little or nothing, there is little or nothing to put a price on."""

from types import SimpleNamespace

import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.cost import price
from caseness.audit.quantity import Estimate, Quantity
from caseness.audit.subject import choose
from small_records import figures, record_of
from unit.audit.priced_records import MONTH_OF_COUNTS, YEAR, priced, record


def band(low, high):
    natural = Estimate(None, low, high, "percentage")
    judged = Quantity(100.0, 100.0, 100.0)
    return SimpleNamespace(natural=natural, judged=judged, additional=Estimate(None, 0.0, 20.0, "count"))


def test_natural_recovery_that_leaves_nothing_leaves_no_price():
    """48 recovered and 100 were judged: 40 % leave 8 additional recoveries, and 70 % none."""
    made = record()
    natural = SimpleNamespace(band=lambda basis: band(40.0, 70.0))
    costs = price(made, choose(made, "2024-25"), natural, read_shipped_assumptions())
    widest = costs.tornadoes[1].swings[0]
    assert widest.assumption == "natural"
    assert widest.at_low.value == pytest.approx(costs.total("all_contacts").total.value * 1e6 / 8)
    assert not widest.at_high.is_known
    additional = costs.cost_per("additional_recovery", "all_contacts")
    assert additional.cost.high is None
    assert "no highest cost" in additional.note


@pytest.mark.parametrize(("missing", "tornadoes"), [("natural", 1), ("judged", 1)])
def test_a_band_without_ends_makes_no_tornado_of_its_own(missing, tornadoes):
    made = record()
    whole = band(40.0, 70.0)
    setattr(whole, missing, Quantity(None, None, None))
    natural = SimpleNamespace(band=lambda basis: whole)
    assert len(price(made, choose(made, "2024-25"), natural, read_shipped_assumptions()).tornadoes) == tornadoes


def test_a_band_of_nothing_additional_has_no_cost_and_says_so():
    made = record()
    whole = band(40.0, 70.0)
    whole.additional = Estimate(0.0, 0.0, 0.0, "count")
    natural = SimpleNamespace(band=lambda basis: whole)
    cost = price(made, choose(made, "2024-25"), natural, read_shipped_assumptions()).cost_per(
        "additional_recovery", "all_contacts"
    )
    assert not cost.cost.is_known
    assert "nothing to put a price on" in cost.note


def test_where_nobody_recovered_nothing_can_be_moved():
    nobody = MONTH_OF_COUNTS.replace("M191 4", "M191 0")
    assert priced(record_of(*(figures(nobody, month) for month in YEAR.months()))).tornadoes == ()
