"""The tables of the costs."""

from __future__ import annotations

from caseness.audit.cost.model import Costs
from caseness.report.table import Table, files_only, numbers, words

_TOTALS = {"reported": "reported by trusts", "all_contacts": "all contacts", "prices_2013": "prices of 2013"}


def tabulate_totals(costs: Costs) -> Table:
    """What a period cost in all."""
    columns = (
        words("total", "Total"), words("basis", "Basis"), words("price_year", "Prices of"), numbers("cost", "Cost"),
        words("how", "How"), files_only("source", "Source"),
    )  # fmt: skip
    rows = tuple((one.label, one.basis, one.price_year, one.total, one.how, one.source) for one in costs.totals)
    return Table("cost-totals", "What it cost in all", columns, rows)


def tabulate_costs(costs: Costs) -> Table:
    """What each result cost."""
    columns = (
        words("result", "One"), words("total", "Of which total"), words("basis", "Counted by"), numbers("cost", "Cost"),
        words("note", "Note"),
    )  # fmt: skip
    rows = tuple((one.label, _TOTALS[one.total_id], one.basis, one.cost, one.note) for one in costs.per)
    return Table("cost-per-result", "What one result cost", columns, rows)


def tabulate_pathways(costs: Costs) -> Table:
    """Pathways by the ratios of 2013."""
    columns = (
        words("pathway", "Pathway"), numbers("then", "In the study"), numbers("relative", "Of the mean course"),
        numbers("now", "Today, assumed"),
    )  # fmt: skip
    rows = tuple((one.label, one.course_then, one.relative, one.course_now) for one in costs.pathways)
    return Table("cost-pathways", "A course by pathway, by the ratios of 2013 (assumed)", columns, rows)


def tabulate_comparisons(costs: Costs) -> Table:
    """Today's course beside earlier prices."""
    columns = (
        words("earlier", "Earlier price"), words("price_year", "Money of"), numbers("then", "Then"),
        words("total", "Of which total"), numbers("now", "Now"), numbers("ratio", "Times as dear"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.price_year, one.then, _TOTALS[one.total_id], one.now, one.ratio) for one in costs.comparisons
    )
    return Table("cost-comparisons", "A course now and then, not adjusted for inflation", columns, rows)


def tabulate_repriced(costs: Costs) -> Table:
    """Costs in the money of another year, by a reader's index."""
    columns = (
        words("result", "One"), words("total", "Of which total"), words("basis", "Counted by"),
        words("price_year", "Money of"), numbers("cost", "Cost"), words("source", "Index"),
    )  # fmt: skip
    rows = tuple(
        (one.label, _TOTALS[one.total_id], one.basis, one.price_year, one.cost, one.source) for one in costs.repriced
    )
    return Table("cost-repriced", "The same in the money of another year, by your index", columns, rows)


def tabulate_prices(costs: Costs) -> Table:
    """Every price that was published or given."""
    columns = (
        words("price", "Price of"), words("collection", "From"), numbers("cost", "Pounds"), numbers("activity", "Contacts"),
        words("price_year", "Prices of"), words("coverage", "Whom it covers"), files_only("source", "Source"),
    )  # fmt: skip
    rows = tuple(
        (
            one.label,
            f"{one.collection}: yours" if one.is_from_reader else one.collection,
            one.cost,
            one.activity,
            one.price_year,
            one.coverage,
            one.source,
        )
        for one in costs.unit_costs
    )
    return Table("unit-costs", "Prices, each in the money of its own year", columns, rows)
