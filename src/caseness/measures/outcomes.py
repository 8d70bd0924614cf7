"""What became of people who finished a course of treatment."""

from caseness.measures.algebra import Condition, Measure, condition, count, ended, percentage
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import coded, finished
from caseness.measures.endings import finished_course


# The flags are never true of a course that was not finished. The condition is there because the catalogue's
# numerators leave it out and its denominators do not (erratum 10).
def _of_finished(figure_id: str, title: str, where: Condition) -> Measure:
    return count(figure_id, title, on=ended, where=finished & where)


@condition
def not_at_caseness(not_at_caseness):
    """that were not at caseness at the start"""
    return not_at_caseness


@condition
def improved(reliable_improvement):
    """that reliably improved"""
    return reliable_improvement


@condition
def unchanged(no_change):
    """that did not reliably change"""
    return no_change


@condition
def deteriorated(reliable_deterioration):
    """that reliably deteriorated"""
    return reliable_deterioration


@condition
def recovered(recovery):
    """that recovered"""
    return recovery


started_below = _of_finished("M179", "Not at caseness at the start", not_at_caseness)
share_started_below = percentage("M180", "Share not at caseness at the start", started_below, finished_course)
improvement = _of_finished("M185", "Reliable improvement", improved)
improvement_rate = percentage("M186", "Rate of reliable improvement", improvement, finished_course)
no_reliable_change = _of_finished("M187", "No reliable change", unchanged)
deterioration = _of_finished("M189", "Reliable deterioration", deteriorated)
deterioration_rate = percentage("M1010", "Rate of reliable deterioration", deterioration, finished_course)

# Someone who began below both thresholds has nothing to recover from.
recovery = _of_finished("M191", "Recovery", recovered)
recovery_rate = percentage("M192", "Rate of recovery", recovery, finished_course - started_below)
reliable_recovery = _of_finished("M193", "Reliable recovery", recovered & improved)
reliable_recovery_rate = percentage(
    "M195", "Rate of reliable recovery", reliable_recovery, finished_course - started_below
)


# By the category that was submitted, as the catalogue has it, and not by the one that was checked.
def _of_group(figure_id: str, group: str, codes: str) -> Measure:
    of_group = coded("ethnic_category", tuple(codes), f"of people of the ethnic group {group}")
    judged = count(figure_id, "", on=ended, where=finished & of_group) - count(
        figure_id, "", on=ended, where=finished & not_at_caseness & of_group
    )
    reliable = count(figure_id, "", on=ended, where=finished & recovered & improved & of_group)
    return percentage(
        figure_id,
        f"Rate of reliable recovery, ethnic group {group}",
        reliable,
        judged,
        why="A rate that hides a gap between groups is not fair to the group below it.",
    )


white = _of_group("M206", "White", "ABC")
asian = _of_group("M207", "Asian or Asian British", "HJKL")
black = _of_group("M208", "Black or Black British", "MNP")
mixed = _of_group("M209", "Mixed", "DEFG")
other = _of_group("M210", "Other", "RS")

CHAPTER = Chapter(
    "outcomes",
    "Outcomes",
    "What the programme is judged by: of those who finished, who was better, who was worse, and who was well.",
    (
        started_below,
        share_started_below,
        improvement,
        improvement_rate,
        no_reliable_change,
        deterioration,
        deterioration_rate,
        recovery,
        recovery_rate,
        reliable_recovery,
        reliable_recovery_rate,
        white,
        asian,
        black,
        mixed,
        other,
    ),
)
