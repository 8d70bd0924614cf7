"""The section of what the money could buy otherwise: ranges without a middle, and doubt that can be seen"""

from dataclasses import replace

from caseness.audit.otherwise import Otherwise
from caseness.audit.quantity import Estimate
from caseness.report.blocks import Figure
from caseness.report.charts.scenarios import draw_purchases, name_purchase
from caseness.report.charts.theme import PAPER, WIDE, WIDTHS
from caseness.report.sections.otherwise import tell_otherwise


def figure_in(section):
    return next(one for one in section.blocks if isinstance(one, Figure))


def rows_drawn(purchases, width=WIDE):
    return [row for rows in draw_purchases(purchases, width).to_dict()["datasets"].values() for row in rows]


def test_every_purchase_is_drawn_with_both_its_ends(england):
    purchases = england.otherwise.purchases
    for width in WIDTHS:
        drawn = {(row["low"], row["high"]) for row in rows_drawn(purchases, width) if "low" in row}
        assert drawn == {(one.per_million.low, one.per_million.high) for one in purchases}
        assert 0.0 in [row.get("mark") for row in rows_drawn(purchases, width)]


def test_no_dot_stands_where_no_middle_is_known(england):
    for one in england.otherwise.purchases:
        (row,) = {tuple(row["dots"]) for row in rows_drawn([one]) if "dots" in row}
        assert row == (one.per_million.low, one.per_million.high)


def test_an_effect_that_was_not_verified_has_hollow_dots_and_says_so(england):
    for one in england.otherwise.purchases:
        fills = {row["fill"] for row in rows_drawn([one]) if "dot" in row}
        assert (fills == {PAPER}) == (one.status == "not verified")
        assert one.status in name_purchase(one)
    assert any("not verified" in name_purchase(one) for one in england.otherwise.purchases)


def test_a_range_without_an_end_runs_off(england):
    programme = england.otherwise.purchases[0]
    open_ended = replace(programme, per_million=Estimate(None, 20.0, None, "number"))
    row = next(row for row in rows_drawn([open_ended, programme]) if row.get("low") == 20.0)
    assert row["arrow"] > programme.per_million.high
    assert row["dots"] == [20.0]


def test_the_figure_tells_what_it_shows(england):
    figure = figure_in(tell_otherwise(england))
    assert figure.id == "fig-otherwise"
    assert "The programme, as it is (derived)" in figure.alternative.text
    assert "Scenarios, not findings." in figure.citation.text
    assert any("Hollow" in note for note in figure.notes)
    assert len(figure.table.rows) == len(england.otherwise.purchases)


def test_a_service_is_held_to_the_same_yardstick_or_told_why_not(service):
    (first, *_) = tell_otherwise(service).blocks
    assert "not findings" in first.sentence.text or first.role == "absent"


def test_where_nothing_was_compared_the_reason_stands(england):
    for otherwise, said in ((None, "Nothing was compared."), (Otherwise("", (), "No cost."), "No cost.")):
        (told,) = tell_otherwise(replace(england, otherwise=otherwise)).blocks
        assert told.role == "absent"
        assert told.sentence.text == said
