"""The section of the costs: every price has its year, and no cost without an end is drawn as if it had one"""

from dataclasses import replace

from caseness.audit.cost.model import Repriced
from caseness.audit.quantity import Estimate, Quantity
from caseness.report.blocks import Figure, Grid, Paragraph
from caseness.report.charts.theme import NARROW, WIDE, WIDTHS
from caseness.report.charts.tornado import NO_PRICE, draw_costs, draw_tornado, spell_end
from caseness.report.sections.cost import tell_cost
from caseness.report.sections.moving import move_cost


def tables_in(section):
    return {one.table.id: one.table for one in section.blocks if isinstance(one, Figure | Grid)}


def figures_in(section):
    return {one.id: one for one in section.blocks if isinstance(one, Figure)}


def rows_drawn(chart):
    """The rows of data of every layer."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def ranges_drawn(chart):
    return {row["name"].replace("|", " ").partition(":")[0]: row for row in rows_drawn(chart) if "low" in row}


def with_costs(audit, **changes):
    return replace(audit, costs=replace(audit.costs, **changes))


def test_the_totals_are_told_with_their_basis_and_price_year(england):
    said = tell_cost(england).blocks[0].sentence.text
    assert "prices of 2024-25" in said
    assert "Reported by NHS trusts, at least" in said


def test_every_cost_stands_in_the_table(england):
    rows = tables_in(tell_cost(england))["cost-per-result"].rows
    assert len(rows) == len(england.costs.per)


def test_an_additional_recovery_runs_off_and_does_not_squeeze_the_others(england):
    drawn = [one for one in england.costs.per if one.total_id == "all_contacts" and one.basis == "annual report"]
    for width in WIDTHS:
        rows = ranges_drawn(draw_costs(drawn, width))
        furthest = max(one.cost.high for one in drawn if one.cost.value is not None)
        assert rows["Additional recovery"]["arrow"] < 1.1 * furthest
        assert rows["Additional recovery"]["dots"] == []
        assert rows["Recovery"]["arrow"] is None
        assert len(rows["Recovery"]["dots"]) == 1


def test_costs_that_all_lack_an_upper_end_are_drawn(england):
    open_ended = replace(england.costs.per[0], cost=Estimate(None, 10.0, None, "pounds"))
    (row,) = ranges_drawn(draw_costs([open_ended], WIDE)).values()
    assert row["arrow"] > row["high"] > row["low"]


def test_a_tornado_is_drawn_about_where_it_stands(england):
    tornado = england.costs.tornadoes[0]
    chart = draw_tornado(tornado, NARROW)
    assert {row["mark"] for row in rows_drawn(chart) if "mark" in row} == {tornado.base.value}
    assert list(ranges_drawn(chart)) == [one.label for one in tornado.swings]


def test_an_end_that_buys_nothing_has_no_price_and_runs_off(england):
    nothing = Quantity(None, None, None, "pounds", "not_applicable")
    tornado = england.costs.tornadoes[1]
    widest = replace(tornado.swings[0], at_high=nothing)
    changed = replace(tornado, swings=(widest, *tornado.swings[1:]))
    assert spell_end(nothing) == NO_PRICE
    assert ranges_drawn(draw_tornado(changed, WIDE))[widest.label]["arrow"] is not None
    section = tell_cost(with_costs(england, tornadoes=(changed,)))
    assert tables_in(section)["tornado-additional-recovery"].rows[0][-1] == NO_PRICE


def test_the_middle_of_natural_recovery_is_said_to_be_no_estimate(england):
    figures = figures_in(tell_cost(england))
    assert any("no estimate" in note for note in figures["fig-tornado-additional-recovery"].notes)
    assert not any("no estimate" in note for note in figures["fig-tornado-recovery"].notes)


def test_five_times_the_claim_is_told_with_ratios_of_today(england):
    section = tell_cost(england)
    said = " ".join(one.sentence.text for one in section.blocks if isinstance(one, Paragraph))
    assert "neither confirmed nor refuted" in said
    assert "not found" in said
    ratios = [row[-1] for row in tables_in(section)["cost-comparisons"].rows]
    by_hand = {round(now / then, 6) for now in (1284.29, 1594.84) for then in (877, 750)}
    assert {round(one.value, 2) for one in ratios} == {round(one, 2) for one in by_hand}


def test_a_service_takes_the_national_price_and_carries_its_ranges(service):
    section = tell_cost(service)
    costs = [row[3] for row in tables_in(section)["cost-per-result"].rows]
    assert costs
    assert all(one.low < one.high for one in costs if one.is_known and one.high is not None)
    assert "fig-costs" in figures_in(section)


def test_without_totals_the_prices_still_stand(england):
    section = tell_cost(with_costs(england, totals=(), per=()))
    assert section.blocks[0].role == "absent"
    assert set(tables_in(section)) == {"unit-costs"}
    assert [one.role for one in tell_cost(replace(england, costs=None)).blocks] == ["absent"]


def test_a_total_that_cannot_be_shared_out_says_so(england):
    section = tell_cost(with_costs(england, per=(), tornadoes=(), pathways=(), comparisons=()))
    said = [one.sentence.text for one in section.blocks if isinstance(one, Paragraph) and one.role == "absent"]
    assert said == ["No count of courses or recoveries is at hand, so the total cannot be shared out."]
    assert "cost-pathways" not in tables_in(section)


def test_a_range_without_a_middle_is_cited_without_one(england):
    figures = figures_in(tell_cost(england))
    assert "it stands" not in figures["fig-tornado-additional-recovery"].citation.text
    assert "where it stands it is £3,335" in figures["fig-tornado-recovery"].citation.text


def test_a_cost_names_its_money_its_contacts_and_its_results(england):
    figure = figures_in(tell_cost(england))["fig-costs"]
    joined = "money: National Cost Collection 2024-25; contacts: sum of monthly files; results: sum of monthly files"
    assert figure.basis == joined
    assert joined in figure.citation.text


def test_a_price_index_of_the_readers_adds_a_table_with_its_source(england):
    assert "cost-repriced" not in tables_in(tell_cost(england))
    cost = Estimate(1000.0, 900.0, 1200.0, "pounds")
    repriced = Repriced("Recovery", "all_contacts", "annual report", "2013-14", cost, "an index of mine")
    (row,) = tables_in(tell_cost(with_costs(england, repriced=(repriced,))))["cost-repriced"].rows
    assert row[3:] == ("2013-14", cost, "an index of mine")


def test_without_natural_recovery_nothing_can_be_moved(england):
    assert move_cost(england)
    assert move_cost(replace(england, natural=None)) == []
    assert move_cost(with_costs(england, per=())) == []
