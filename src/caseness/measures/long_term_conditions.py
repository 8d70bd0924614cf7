"""Therapy within care for a long-term condition: when it begins, and what became of those who finished."""

from caseness.measures.algebra import Clock, Condition, Measure, condition, count, ended, percentage
from caseness.measures.chapter import LONG_TERM_CATALOGUE, Chapter
from caseness.measures.columns import REFERRAL
from caseness.measures.conditions import blank, finished, present
from caseness.measures.outcomes import not_at_caseness, recovered


@condition
def at_caseness(at_caseness):
    """that were at caseness at the start"""
    return at_caseness


def _first(column: str, says: str) -> Clock:
    return Clock("contact_date", REFERRAL, column, f"whose first {says} with an integrated service lies in the period")


_integrated = present("integrated_contact_first_date", "with a contact with an integrated service")
_core = blank("integrated_contact_first_date", "without a contact with an integrated service")


def _of(figure_id: str, title: str, group: Condition, where: Condition | None = None) -> Measure:
    return count(figure_id, title, on=ended, where=finished & group & where if where else finished & group)


first_contact = count(
    "M271", "First contact with an integrated service", on=_first("integrated_contact_first_date", "contact")
)
first_treatment = count(
    "M272", "First treatment with an integrated service", on=_first("integrated_treatment_first_date", "treatment")
)
integrated = _of("M273", "Finished, integrated", _integrated)
core = _of("M274", "Finished, not integrated", _core)
integrated_at_caseness = _of("M275", "Finished, integrated: at caseness at the start", _integrated, at_caseness)
integrated_below = _of("M276", "Finished, integrated: not at caseness at the start", _integrated, not_at_caseness)
integrated_recovered = _of("M277", "Finished, integrated: recovery", _integrated, recovered)
core_at_caseness = _of("M283", "Finished, not integrated: at caseness at the start", _core, at_caseness)
core_below = _of("M284", "Finished, not integrated: not at caseness at the start", _core, not_at_caseness)
core_recovered = _of("M285", "Finished, not integrated: recovery", _core, recovered)

CHAPTER = Chapter(
    "long-term-conditions",
    "Long-term conditions",
    "Therapy within care for a long-term condition was to reach people whom therapy alone does not.",
    (
        first_contact,
        first_treatment,
        integrated,
        core,
        integrated_at_caseness,
        integrated_below,
        integrated_recovered,
        percentage("M278", "Rate of recovery, integrated", integrated_recovered, integrated - integrated_below),
        core_at_caseness,
        core_below,
        core_recovered,
        percentage("M286", "Rate of recovery, not integrated", core_recovered, core - core_below),
    ),
    LONG_TERM_CATALOGUE,
)
