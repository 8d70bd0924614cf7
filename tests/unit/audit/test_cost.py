"""What a record costs: whose contacts, at which price, and where there is nothing to price."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from caseness.audit.assumptions import read_assumptions, read_shipped_assumptions
from caseness.audit.cost import price
from caseness.audit.subject import choose
from caseness.errors import BadAssumptions
from caseness.periods import financial_year
from caseness.published.names import id_of
from caseness.results import ANNUAL, SUMMED
from small_records import figure, figures, record_of
from unit.audit.priced_records import MONTH_OF_COUNTS, YEAR, priced, record


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
    assert costs.total("reported") is None


MINE = {
    "id": "mine", "label": "All contacts", "collection": "2025-26", "item": "contact", "pathway": "all", "unit_cost": 200,
    "activity": 1000, "price_year": "2025-26", "coverage": "our service", "source": "our ledger",
}  # fmt: skip


def my_price(**changed):
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in {**MINE, **changed}.items())
    return f"[[cost.unit_cost]]\n{lines}\n"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"collection": "last year"}, "collection of a contact is a financial year"),
        ({"collection": "2025-27"}, "collection of a contact is a financial year"),
        ({"price_year": "banana"}, "price_year of a contact is a financial year"),
        ({"pathway": "banana"}, "pathway is one of all, low, high"),
        ({"pathway": "high"}, "contacts are not counted by pathway"),
        ({"total": 5}, "total is unit_cost x activity, 200,000.00 pounds"),
        ({"status": "banana"}, "status is one of"),
    ],
)
def test_a_price_that_no_period_would_have_is_refused(assume, changed, said):
    with pytest.raises(BadAssumptions, match=said):
        assume(my_price(**changed))


def test_all_slips_of_a_price_are_told_at_once(assume):
    with pytest.raises(BadAssumptions, match="3 problems"):
        assume(my_price(collection="last year", price_year="banana", pathway="banana"))


def test_a_price_of_another_year_that_changes_nothing_is_said_to_change_nothing(assume):
    costs = priced(assumptions=assume(my_price(total=200_000)))
    assert costs.totals == priced().totals
    assert any(
        "Your file prices contacts of 2025-26. 2024-25 takes the price of 2024-25" in one for one in costs.remarks
    )
    assert not any("Your file prices" in one for one in priced().remarks)


HOW_TO = Path(__file__).parents[3] / "docs/how-to/use-your-own-costs.md"


def test_the_example_of_the_how_to_is_no_official_collection(assume):
    example = HOW_TO.read_text(encoding="utf-8").partition('title="mine.toml"\n')[2].partition("```")[0]
    late = [figures(MONTH_OF_COUNTS, month) for month in financial_year(2025).months()]
    costs = priced(record_of(*late), assume(example), "2025-26")
    (total,) = costs.totals
    assert (total.id, total.collection) == ("all_contacts", "your price (source: our ledger)")
    assert total.total.value == pytest.approx(1200 * 175.40 / 1e6)
    told = " ".join(
        (total.label, total.basis, total.how, total.source, *costs.remarks, *(one.note for one in costs.per))
    )
    assert "National Cost Collection" not in told
    assert "NHS" not in told


def test_a_changed_collection_is_said_to_be_changed_and_is_reported_by_nobody(assume):
    shipped = read_shipped_assumptions().entries_of("cost.unit_cost")
    keys = dict(next(one.keys for one in shipped if one.id == "ncc-2024-25-02iapt"), unit_cost=200, source="mine")
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in keys.items() if name != "total")
    costs = priced(assumptions=assume(f"[[cost.unit_cost]]\n{lines}\n"))
    (total,) = costs.totals
    assert total.collection == "National Cost Collection 2024-25, changed by mine.toml"
    assert total.source.endswith("; mine")


def test_a_month_has_the_price_of_its_year_and_no_reported_total():
    costs = priced(period="2024-06")
    assert [one.id for one in costs.totals] == ["all_contacts"]
    assert costs.cost_per("session", "all_contacts").cost.value == pytest.approx(169.49, abs=0.01)
    assert not any("No cost collection" in one for one in costs.remarks)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[cost.price_index]]\nid = "a"\nyear = "2013-14"\nindexx = 80\nsource = "x"\n', "Did you mean 'index'"),
        ('[[cost.unit_cost]]\nid = "a"\nunitcost = 1\n', "Did you mean 'unit_cost'"),
        ('[[cost.unit_cost]]\nid = "a"\nunit_cost = 100001\n', "at most 100,000"),
        ("[cost.minutes_per_contact]\nvalue = 1000\n", "the most that makes sense"),
        ("[cost.overhead]\nvalue = 1000\n", "the most that makes sense"),
    ],
)
def test_what_makes_no_sense_is_refused(assume, text, said):
    with pytest.raises(BadAssumptions, match=said):
        assume(text)


def test_a_supplied_index_gives_both_prices(assume):
    index = "".join(
        f'[[cost.price_index]]\nid = "{y}"\nyear = "{y}"\nindex = {i}\nsource = "made up"\n'
        for y, i in (("2024-25", 100), ("2013-14", 80))
    )
    costs = priced(assumptions=assume(index))
    (course,) = [one for one in costs.repriced if (one.label, one.total_id) == ("Finished course", "all_contacts")]
    assert course.price_year == "2013-14"
    assert course.cost.value == pytest.approx(0.8 * costs.cost_per("course", "all_contacts").cost.value)
    assert not any("None is adjusted" in one for one in costs.remarks)
    assert priced().repriced == ()


@pytest.mark.parametrize("text", ['[[cost.unit_cost]]\nid = "a"\n', '[[cost.price_index]]\nid = "a"\n'])
def test_an_entry_that_lacks_what_it_needs_is_refused(assume, text):
    with pytest.raises(BadAssumptions, match="it needs"):
        assume(text)


def test_pathways_hold_whatever_the_mix():
    for one in priced().pathways:
        assert one.course_now.low <= one.course_now.value <= one.course_now.high


def test_published_minutes_stand_before_the_assumed_ones():
    """A mean of 30 minutes printed by the annual report: an hour costs two contacts."""
    annual = [figure(id_of("mean_contact_duration"), 30, YEAR, basis=ANNUAL)]
    costs = priced(record_of(*(figures(MONTH_OF_COUNTS, month) for month in YEAR.months()), annual))
    hour = costs.cost_per("contact_hour", "all_contacts")
    assert hour.cost.value == pytest.approx(2 * costs.cost_per("session", "all_contacts").cost.value)
    assert "as the annual report prints it" in hour.note


def test_contacts_before_the_collections_have_prices_of_2013_beside_the_nearest_collection():
    """1,200 contacts: 118,800 pounds if all were of low intensity, 212,400 if all were of high."""
    early = [figures(MONTH_OF_COUNTS, month) for month in financial_year(2021).months()]
    costs = priced(record_of(*early), period="2021-22")
    assert [one.id for one in costs.totals] == ["all_contacts", "prices_2013"]
    old = costs.total("prices_2013")
    assert (old.total.value, old.total.low, old.total.high) == (None, pytest.approx(0.1188), pytest.approx(0.2124))
    assert "not stated in its abstract" in old.price_year
    assert costs.main.id == "all_contacts"
    assert {one.total_id for one in costs.comparisons} == {"all_contacts"}
    assert costs.cost_per("session", "prices_2013") is None
    assert "assumed" in costs.cost_per("recovery", "prices_2013").note


def test_courses_stand_in_where_no_contacts_were_counted():
    year = financial_year(2017)
    costs = priced(record_of([figure("M076", 1000, year, basis=ANNUAL)]), period="2017-18")
    (total,) = costs.totals
    assert (total.total.low, total.total.value, total.total.high) == pytest.approx((0.493, 0.877, 1.514))
    assert total.label.startswith("Finished courses only")
    assert costs.main is total


def test_a_year_before_the_collections_without_courses_has_no_total():
    costs = priced(record_of([figure("M001", 10, financial_year(2017), basis=ANNUAL)]), period="2017-18")
    assert costs.totals == ()
    assert any("gives no total" in one for one in costs.remarks)


@pytest.mark.parametrize("kept", ["session", None])
def test_without_prices_of_the_study_there_is_no_total_at_them(assume, kept):
    """A file cannot take an entry away, so the prices are taken away here."""
    shipped = read_shipped_assumptions()
    entries = tuple(
        one for one in shipped.entries if one.keys.get("collection") != "study of 2013" or one.keys["item"] == kept
    )
    courses = record_of([figure("M076", 1000, financial_year(2017), basis=ANNUAL)])
    assert priced(courses, replace(shipped, entries=entries), "2017-18").totals == ()


def test_five_times_the_claim_has_todays_ratios_beside_it():
    ratios = {(one.label, one.total_id): one.ratio.value for one in priced().comparisons}
    assert ratios["Course, as promised", "all_contacts"] == pytest.approx(1694.9 / 750, rel=1e-3)
    assert ratios["Course, all pathways", "all_contacts"] == pytest.approx(1694.9 / 877, rel=1e-3)
