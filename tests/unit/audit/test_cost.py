"""What a record costs: whose contacts, at which price, and where there is nothing to price."""

import pytest

from caseness.audit.assumptions import read_assumptions, read_shipped_assumptions
from caseness.audit.cost import price
from caseness.audit.subject import choose
from caseness.errors import BadAssumptions
from caseness.periods import financial_year
from caseness.results import ANNUAL, SUMMED
from small_records import figure, figures, record_of

YEAR = financial_year(2024)
MONTH_OF_COUNTS = "M086 90\nM087 10\nM084 20\nM075 5\nM076 10\nM179 1\nM191 4\nM193 3"


def record(organisation="ENGLAND"):
    return record_of(*(figures(MONTH_OF_COUNTS, month, organisation) for month in YEAR.months()))


def priced(made=None, assumptions=None, period="2024-25", organisation=None):
    made = made or record()
    return price(made, choose(made, period, organisation), None, assumptions or read_shipped_assumptions())


@pytest.fixture
def assume(tmp_path):
    def read(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return read_assumptions(path)

    return read


def test_every_attended_contact_is_priced():
    """12 months of 100 contacts at 169.49: 203 thousand pounds; 120 finished, so 1,695 each."""
    costs = priced()
    assert costs.total("all_contacts").total.value == pytest.approx(1200 * 861_013_684 / 5_080_160 / 1e6, rel=1e-3)
    assert costs.cost_per("course", "all_contacts").cost.value == pytest.approx(1694.9, abs=0.1)
    assert costs.cost_per("course", "all_contacts").basis == SUMMED


def test_those_who_left_after_one_contact_are_paid_for():
    started, course = (priced().cost_per(of, "all_contacts").cost.value for of in ("started", "course"))
    assert started == pytest.approx(course * 10 / 15)


def test_a_single_provider_has_no_reported_total_and_takes_the_national_price():
    costs = priced(record("RX4"), organisation="RX4")
    assert costs.total("reported") is None
    assert any("national price" in one for one in costs.remarks)
    assert costs.cost_per("session", "all_contacts").cost.value == pytest.approx(169.49, abs=0.01)


def test_a_single_price_of_rounded_counts_is_a_range():
    cost = priced(record("RX4"), organisation="RX4").cost_per("recovery", "all_contacts").cost
    assert cost.low < cost.high


def test_a_year_without_a_collection_says_whose_price_it_takes():
    early = [figures(MONTH_OF_COUNTS, month) for month in financial_year(2021).months()]
    costs = priced(record_of(*early), period="2021-22")
    assert costs.total("reported") is None
    assert costs.total("all_contacts").price_year == "2023-24"
    assert any("No cost collection of 2021-22" in one for one in costs.remarks)


def test_a_year_without_contacts_has_prices_and_no_total():
    annual = record_of([figure("M076", 100, YEAR, basis=ANNUAL)])
    costs = price(annual, choose(annual, "2024-25", "ENGLAND"), None, read_shipped_assumptions())
    assert [one.id for one in costs.totals] == ["reported"]
    assert costs.tornadoes == ()
    assert costs.unit_costs


def test_the_tornado_names_the_widest_first():
    (tornado,) = priced().tornadoes
    assert tornado.base.value == pytest.approx(priced().cost_per("recovery", "all_contacts").cost.value)
    widths = [abs(one.at_high.value - one.at_low.value) for one in tornado.swings]
    assert widths == sorted(widths, reverse=True)


def test_kinds_that_are_not_paid_for_make_it_cheaper(assume):
    fewer = priced(assumptions=assume('[cost.kinds]\nvalue = "without employment support"\n'))
    assert fewer.total("reported").total.value == pytest.approx(861.04 - 15.19, abs=0.05)


def test_a_price_of_ones_own_year_is_used(assume):
    mine = """
[[cost.unit_cost]]
id = "mine"
label = "All contacts"
collection = "2025-26"
item = "contact"
pathway = "all"
unit_cost = 200
activity = 1000
price_year = "2025-26"
coverage = "our service"
source = "our own ledger"
"""
    late = [figures(MONTH_OF_COUNTS, month) for month in financial_year(2025).months()]
    costs = priced(record_of(*late), assume(mine), "2025-26")
    assert costs.cost_per("session", "all_contacts").cost.value == pytest.approx(200)
    assert costs.total("reported").total.value == pytest.approx(0.2)


def test_a_supplied_index_gives_both_prices(assume):
    index = "".join(
        f'[[cost.price_index]]\nid = "{y}"\nyear = "{y}"\nindex = {i}\nsource = "made up"\n'
        for y, i in (("2024-25", 100), ("2013-14", 80))
    )
    costs = priced(assumptions=assume(index))
    (course,) = [one for one in costs.repriced if (one.label, one.total_id) == ("Finished course", "all_contacts")]
    assert course.price_year == "2013-14"
    assert course.cost.value == pytest.approx(0.8 * costs.cost_per("course", "all_contacts").cost.value)
    assert priced().repriced == ()


@pytest.mark.parametrize("text", ['[[cost.unit_cost]]\nid = "a"\n', '[[cost.price_index]]\nid = "a"\n'])
def test_an_entry_that_lacks_what_it_needs_is_refused(assume, text):
    with pytest.raises(BadAssumptions, match="it needs"):
        assume(text)


def test_pathways_hold_whatever_the_mix():
    for one in priced().pathways:
        assert one.course_now.low <= one.course_now.value <= one.course_now.high
