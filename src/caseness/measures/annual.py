"""Measures of the annual report's main data: those of the monthly catalogue that it prints, and some that it alone has.

Their ids are those by which published figures of the annual report are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.measures.algebra import Measure, condition, count, ended, mean, percentage
from caseness.measures.catalogue import all_measures
from caseness.measures.conditions import finished, number
from caseness.published.names import source_names

LAYOUT = "annual-main"
SOURCE = "NHS England, metadata of the annual measures, 2024-25"
_CATALOGUE = all_measures()


@condition
def _at_caseness(at_caseness):
    """that were at caseness"""
    return at_caseness


@condition
def _recovered(recovery):
    """that recovered"""
    return recovery


@condition
def _improved(reliable_improvement):
    """that reliably improved"""
    return reliable_improvement


@condition
def _unchanged(no_change):
    """without a reliable change"""
    return no_change


@condition
def _deteriorated(reliable_deterioration):
    """that reliably deteriorated"""
    return reliable_deterioration


_sessions = number("treatment_contacts", "treatment contacts")
at_caseness = count("at_caseness", "Finished: at caseness", on=ended, where=finished & _at_caseness)
no_reliable_change = percentage("no_reliable_change_percentage", "Rate of no reliable change", _CATALOGUE["M187"], _CATALOGUE["M076"])  # fmt: skip
# M205 divides by the courses whose problem has an anxiety measure of its own, and the report by all of them.
paired = percentage("appropriate_paired_adsm_of_finished_percentage", "Share of finished courses paired on the measure of the problem", _CATALOGUE["M204"], _CATALOGUE["M076"])  # fmt: skip
_OUTCOMES = {
    "reliable_improvement": _improved,
    "no_reliable_change": _unchanged,
    "reliable_deterioration": _deteriorated,
    "recovery": _recovered,
    "reliable_recovery": _recovered & _improved,
}
OWN = (
    at_caseness,
    no_reliable_change,
    paired,
    *(
        mean(f"mean_appointments_{name}", f"Mean treatments: {name.replace('_', ' ')}", _sessions, on=ended, where=finished & told)
        for name, told in _OUTCOMES.items()
    ),
)  # fmt: skip


@cache
def annual_fields() -> Mapping[str, Measure | None]:
    """The fields of the main data of 2024-25 that hold figures, in order, each with its measure; None where it is not computed.

    >>> annual_fields()["Count_AtCaseness"].title, annual_fields()["Median_ContactDuration"]
    ('Finished: at caseness', None)
    """
    known = {**_CATALOGUE, **{one.id: one for one in OWN}}
    printed = [one for one in source_names(LAYOUT) if not one.last]
    return MappingProxyType({one.source_name: known.get(one.figure_id) for one in printed})
