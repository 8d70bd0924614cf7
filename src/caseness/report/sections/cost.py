"""Cost: what the programme cost in all, what that is for each result, and what moves it most."""

from __future__ import annotations

from caseness.audit.cost.model import CostPer, Costs, Tornado, TotalCost
from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.tornado import draw_costs, draw_tornado, spell_end
from caseness.report.sections.cost_tables import (
    tabulate_comparisons,
    tabulate_costs,
    tabulate_pathways,
    tabulate_prices,
    tabulate_repriced,
    tabulate_totals,
)
from caseness.report.sections.moving import move_cost
from caseness.report.sentence import Part, Sentence, say
from caseness.report.table import Table, words

_NOT_DRAWN = ("session", "contact_hour")

_RUNS_OFF = (
    "An additional recovery has a range and no middle. A range that is far wider than the others, or has no upper end, "
    "runs off the picture with an arrow."
)


def tell_cost(audit: Audit) -> Section:
    """The section of the costs."""
    costs = audit.costs
    if costs is None or not costs.totals:
        said = (
            "No total can be given: no attended contact was published for this period, and no cost was reported for it."
        )
        prices: list[Block] = [] if costs is None else [Grid(tabulate_prices(costs))]
        return Section("cost", "What it cost", (absent(said), *prices))
    blocks: list[Block] = [Paragraph(_introduction(costs)), Items(tuple(say(one) for one in costs.remarks))]
    blocks += [Grid(tabulate_totals(costs)), *_costs(audit, costs)]
    blocks += [_tornado(audit, costs, one) for one in costs.tornadoes if one.swings and one.base.is_known]
    blocks += move_cost(audit) + _pathways(costs) + _comparisons(costs)
    if costs.repriced:
        blocks.append(Grid(tabulate_repriced(costs)))
    blocks += [Heading("Prices that were published", "prices"), Grid(tabulate_prices(costs))]
    return Section("cost", "What it cost", tuple(blocks))


def _introduction(costs: Costs) -> Sentence:
    parts: list[Part] = []
    for one in costs.totals:
        parts += [f"{one.label}: ", one.total, f" ({_sources(one)}; prices of {one.price_year}). "]
    parts.append(
        "All contacts are counted, also those of people who left early. The money comes from another collection than the "
        "counts, so every cost of a result joins two sources that do not cover the same providers."
    )
    return say(*parts)


def _sources(total: TotalCost) -> str:
    return f"money: {total.collection}" + ("" if total.id == "reported" else f"; contacts: {total.basis}")


def _joined(total: TotalCost, results: str) -> str:
    return f"{_sources(total)}; results: {results}"


def _drawn(costs: Costs) -> list[CostPer]:
    total_id = costs.main.id
    found = [one for one in costs.per if one.total_id == total_id and one.of not in _NOT_DRAWN and one.cost.is_known]
    return [one for one in found if one.basis == found[0].basis]


def _costs(audit: Audit, costs: Costs) -> list[Block]:
    drawn = _drawn(costs)
    if not drawn:
        return [absent("No count of courses or recoveries is at hand, so the total cannot be shared out.")]
    parts: list[Part] = [part for one in drawn for part in (f"{one.label}: ", one.cost, "; ")]
    place = f"{audit.subject.name}, {audit.subject.period.label}"
    total = costs.main
    joined = _joined(total, drawn[0].basis)
    return [
        Figure(
            id="fig-costs",
            heading=f"What one result cost, {place}",
            alternative=say("A range for each result, with a dot where there is a middle. ", *parts[:-1], "."),
            describe=lambda width: draw_costs(drawn, width),
            table=tabulate_costs(costs),
            citation=say(
                f"{place}, {total.label.lower()}, prices of {total.price_year}: ", *parts[:-1], f" ({joined})."
            ),
            basis=joined,
            notes=(_RUNS_OFF,),
        )
    ]


def _tornado(audit: Audit, costs: Costs, tornado: Tornado) -> Figure:
    label = tornado.label.lower()
    place = f"{audit.subject.name}, {audit.subject.period.label}"
    widest = tornado.swings[0]
    told: tuple[Part, ...] = (
        f"{widest.label} moves the cost of one {label} most: ",
        *_end(widest.at_low), f" at {widest.low_setting}, ", *_end(widest.at_high), f" at {widest.high_setting}", *_standing(tornado),
    )  # fmt: skip
    basis = _joined(costs.main, tornado.basis)
    return Figure(
        id=f"fig-tornado-{tornado.of.replace('_', '-')}",
        heading=f"Which assumption moves the cost of one {label} most, {place}",
        alternative=say("One bar for each assumption, the widest first. ", *told, "."),
        describe=lambda width: draw_tornado(tornado, width),
        table=_tornado_table(tornado),
        citation=say(f"{place}: ", *told, f" ({basis})."),
        basis=basis,
        notes=_middle(tornado),
    )


# The cost of an additional recovery has a range: where the others can be moved from is no estimate of it.
def _standing(tornado: Tornado) -> tuple[Part, ...]:
    return () if tornado.of == "additional_recovery" else (". With everything where it stands it is ", tornado.base)


def _end(end: Quantity) -> tuple[Part, ...]:
    return (end,) if end.is_known else (spell_end(end),)


def _middle(tornado: Tornado) -> tuple[str, ...]:
    axis = "The axis begins near the lowest cost, and not at 0. A bar with an arrow has an end without a price."
    if tornado.of != "additional_recovery":
        return (axis,)
    return (
        axis,
        "Natural recovery stands in the middle of its band here, only so that the others can be moved. The middle is no estimate.",
    )


def _tornado_table(tornado: Tornado) -> Table:
    columns = (
        words("assumption", "Assumption"), words("low_setting", "Low end"), words("at_low", "Cost there"),
        words("high_setting", "High end"), words("at_high", "Cost there"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.low_setting, one.at_low if one.at_low.is_known else spell_end(one.at_low),
         one.high_setting, one.at_high if one.at_high.is_known else spell_end(one.at_high))
        for one in tornado.swings
    )  # fmt: skip
    name = tornado.of.replace("_", "-")
    return Table(f"tornado-{name}", f"Each assumption moved alone, cost of one {tornado.label.lower()}", columns, rows)


def _pathways(costs: Costs) -> list[Block]:
    if not costs.pathways:
        return []
    said = (
        "No price by pathway has been published since 2013. The ratios of that study are applied to today's course: that is "
        "assumed. The value takes the mix of pathways of the study, and the range holds whatever the mix is."
    )
    return [Heading("By pathway, assumed", "cost-pathways"), Paragraph(say(said)), Grid(tabulate_pathways(costs))]


def _comparisons(costs: Costs) -> list[Block]:
    if not costs.comparisons:
        return []
    said = (
        "It has been said that the true cost is five times what was claimed, or more. The source of that estimate was not found, "
        "and it does not say whose cost or which claim is meant, so it can be neither confirmed nor refuted. What can be said is "
        "how many times as dear a course is today as two earlier prices, each in the money of its own year and none "
        "adjusted for inflation."
    )
    return [
        Heading("Five times the claimed cost", "five-times"),
        Paragraph(say(said)),
        Grid(tabulate_comparisons(costs)),
    ]
