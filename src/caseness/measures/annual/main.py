"""Measures of the annual report's main data: those of the monthly catalogue that it prints, and some that it alone has.

Their ids are those by which published figures of the annual report are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.measures.algebra import Measure, condition, count, ended, mean, median, percentage, share, sum_of
from caseness.measures.annual.clocks import ended_in_year, received_in_year, timed
from caseness.measures.catalogue import all_measures
from caseness.measures.conditions import coded, finished, number, present
from caseness.measures.employment_outcomes import supported_before_end
from caseness.published.names import source_names

LAYOUT = "annual-main"
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
# Source of the codes: the construction of Count_BAFIndicatorCompletion.
_told = coded("armed_forces", ("02", "03", "05", "UU", "ZZ"), "whose answer about the armed forces is one of the list")
told_of_service = count(
    "armed_forces_indicator_completed", "Told of service in the armed forces", on=received_in_year, where=_told
)


# The construction has the days of 2021; the description says the first six months of the year.
@condition
def _in_first_half(discharge_date):
    """that ended from April to September"""
    return discharge_date.month().between(4, 9)


@condition
def _followed_up(followed_up):
    """with a follow-up 30 days or more after the end"""
    return followed_up


first_half = count(
    "finished_course_in_first_half", "Finished in the first half of the year", on=ended, where=finished & _in_first_half
)
followed = count("finished_course_in_first_half_followed_up", "Finished in the first half of the year, and followed up", on=ended_in_year, where=finished & _in_first_half & _followed_up)  # fmt: skip
_timed = finished & present("timed_minutes", "with a timed contact")
_minutes, _total_minutes = number("minutes", "minutes"), number("timed_minutes", "minutes of all timed contacts")
supported = count(
    "finished_course_with_employment_support",
    "Finished, with employment support",
    on=ended,
    where=finished & supported_before_end,
)
OWN = (
    at_caseness,
    no_reliable_change,
    paired,
    told_of_service,
    percentage("armed_forces_indicator_completed_percentage", "Share told of service in the armed forces", told_of_service, _CATALOGUE["M001"]),
    first_half,
    followed,
    percentage("finished_course_in_first_half_followed_up_percentage", "Share followed up, of those who finished in the first half", followed, first_half),
    count("finished_course_with_contact_duration", "Finished, with a timed contact", on=ended_in_year, where=_timed),
    mean("mean_contact_duration", "Mean minutes of a timed contact", _minutes, on=timed),
    median("median_contact_duration", "Median minutes of a timed contact", _minutes, on=timed),
    sum_of("sum_of_contact_duration", "Minutes of all timed contacts", _total_minutes, on=ended_in_year, where=_timed),
    mean("mean_total_contact_duration", "Mean minutes of all timed contacts of a course", _total_minutes, on=ended_in_year, where=_timed),
    median("median_total_contact_duration", "Median minutes of all timed contacts of a course", _total_minutes, on=ended_in_year, where=_timed),
    supported,
    share("share_of_variable_with_finished_course_percentage", "Share of all finished courses", _CATALOGUE["M076"]),
    share("share_of_variable_with_finished_course_and_employment_support_percentage", "Share of all finished courses with employment support", supported),
    *(
        mean(f"mean_appointments_{name}", f"Mean treatments: {name.replace('_', ' ')}", _sessions, on=ended, where=finished & told)
        for name, told in _OUTCOMES.items()
    ),
)  # fmt: skip


@cache
def main_cells() -> Mapping[str, Measure]:
    """The fields of the main data of 2024-25 that hold figures, each with its measure.

    >>> main_cells()["Count_AtCaseness"].title, main_cells()["Percentage_Recovery"].id
    ('Finished: at caseness', 'M192')
    """
    known = {**_CATALOGUE, **{one.id: one for one in OWN}}
    return MappingProxyType({one.source_name: known[one.figure_id] for one in source_names(LAYOUT) if not one.last})
