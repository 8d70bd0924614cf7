"""What the same money could buy: one yardstick for all, never one number without its range."""

import json

import pytest

from caseness.audit.assumptions import read_assumptions, read_shipped_assumptions
from caseness.audit.assumptions.otherwise_entries import check_scenario
from caseness.audit.otherwise import compare_spending
from caseness.audit.run import run
from caseness.audit.spelling import spell
from caseness.errors import BadAssumptions
from caseness.published import Embedded
from caseness.report.sections.otherwise import tell_otherwise


@pytest.fixture(scope="module")
def audit():
    return run(Embedded(), "2024-25", claims=())


def test_every_purchase_has_a_range_and_no_middle(audit):
    for one in audit.otherwise.purchases:
        for measure in (one.per_million, one.per_thousand):
            assert measure.value is None
            assert measure.low < measure.high


def test_the_programme_stands_first_on_its_own_additional_recoveries(audit):
    programme, total = audit.otherwise.purchases[0], audit.costs.total("all_contacts").total
    band = audit.natural.band(audit.otherwise.basis)
    assert programme.per_million.low == pytest.approx(band.additional.low / total.high)
    assert programme.per_million.high == pytest.approx(band.additional.high / total.low)


def test_what_was_not_read_in_a_source_says_so(audit):
    cash = {one.id: one.status for one in audit.otherwise.purchases}
    assert cash["one-thousand-dollars"] == "not verified"
    assert cash["price-of-a-course"] == "assumed"


def test_without_a_cost_nothing_is_compared(audit):
    otherwise = compare_spending(None, audit.natural, audit.subject, read_shipped_assumptions())
    assert otherwise.purchases == ()
    assert "nothing can be compared" in otherwise.absent


def test_the_section_says_that_a_scenario_is_no_finding(audit):
    assert "not findings" in tell_otherwise(audit).blocks[0].sentence.text


def test_a_scenario_that_lacks_what_it_needs_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[otherwise.scenario]]\nid = "a"\nprice = -1\neffect = 1\neffect_low = 2\neffect_high = 3\n', encoding="utf-8"
    )
    with pytest.raises(BadAssumptions, match="lies between") as refused:
        read_assumptions(path)
    assert "price is a number" in str(refused.value)
    assert "grade is" in str(refused.value)


SCENARIO = {
    "id": "a", "label": "A", "bought": "B", "price": 300, "effect": 0.1, "effect_low": 0.0, "effect_high": 0.2,
    "duration": "D", "population": "P", "source": "S", "grade": "C", "transferability": "T",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "verified fact"}, "status is published, assumed, not verified or yours"),
        ({"status": ["assumed"]}, "status is published"),
        ({"effekt": 1}, "Did you mean 'effect'"),
        ({"zzz": 1}, "There are: id"),
        ({"effect_high": 50}, "between -3 and 3"),
        ({"effect_low": -3.5}, "between -3 and 3"),
        ({"price": 0.01}, "price is a number of pounds from 1"),
        ({"price": 2e6}, "price is a number of pounds from 1"),
        ({"price_high": "much"}, "price_high is a number of pounds"),
        ({"price_low": 400}, "price lies between"),
        ({"price": "course", "price_low": 1}, "brings its own ends"),
    ],
)
def test_nonsense_in_a_scenario_is_refused(change, said):
    assert said in " ".join(check_scenario({**SCENARIO, **change}))


def test_every_status_that_there_is_may_be_given():
    for status in ("published", "assumed", "not verified", "yours"):
        assert not list(check_scenario({**SCENARIO, "status": status}))


def test_a_scenario_of_ones_own_without_a_status_is_yours(audit, tmp_path):
    lines = "".join(f"{name} = {json.dumps(given)}\n" for name, given in SCENARIO.items())
    assert compared(audit, tmp_path, f"[[otherwise.scenario]]\n{lines}")[-1].status == "yours"


def test_recoveries_for_a_million_have_no_decimals(audit):
    assert all("." not in spell(one.per_million) for one in audit.otherwise.purchases)


def compared(audit, tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return compare_spending(audit.costs, audit.natural, audit.subject, read_assumptions(path)).purchases


def test_a_reader_may_say_how_many_are_below_the_thresholds_anyway(audit, tmp_path):
    """By hand: 0.05 to 0.15 standard deviations from 50 % are 1.994 and 5.962 % more, for a course at most and at least."""
    own = '[otherwise.baseline]\nvalue = "a share of your own"\n[otherwise.baseline_share]\nvalue = 50\nlow = 50\nhigh = 50\n'
    programme, course, _ = compared(audit, tmp_path, own)
    price = course.price
    assert course.per_million.low == pytest.approx(1e6 / price.high * 0.019939, rel=1e-4)
    assert course.per_million.high == pytest.approx(1e6 / price.low * 0.059618, rel=1e-4)
    assert programme == audit.otherwise.purchases[0]


def test_a_reader_may_carry_over_a_part_of_an_effect(audit, tmp_path):
    _, course, _ = compared(audit, tmp_path, "[otherwise.carried_over]\nvalue = 50\n")
    assert (course.effect.value, course.effect.low, course.effect.high) == pytest.approx((0.05, 0.025, 0.075))
    assert "part of it" in course.effect.interval
    assert course.per_thousand.high == pytest.approx(audit.otherwise.purchases[1].per_thousand.high / 2)


def test_a_price_of_a_scenario_may_have_ends(audit):
    cash = audit.otherwise.purchases[2]
    assert (cash.price.low, cash.price.value, cash.price.high) == (700, 790, 850)
