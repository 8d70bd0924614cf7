"""How much treatment those who finished had, of which kind, and how often."""

from __future__ import annotations

from functools import reduce
from operator import add

from caseness.measures.algebra import (
    Condition,
    Measure,
    condition,
    ended,
    maximum,
    mean,
    median,
    minimum,
    ratio,
    sum_of,
)
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import days_between, finished, number

# As the constructions of M112 and M120 list them. Internet therapy is counted within other high intensity.
HIGH_INTENSITY = (
    "applied_relaxation_contacts",
    "couple_therapy_contacts",
    "collaborative_care_contacts",
    "counselling_for_depression_contacts",
    "brief_psychodynamic_contacts",
    "emdr_contacts",
    "mindfulness_contacts",
    "other_high_intensity_contacts",
    "cbt_contacts",
    "interpersonal_therapy_contacts",
)
LOW_INTENSITY = (
    "guided_self_help_book_contacts",
    "guided_self_help_computer_contacts",
    "self_help_book_contacts",
    "self_help_computer_contacts",
    "physical_activity_contacts",
    "psychoeducation_contacts",
    "other_low_intensity_contacts",
    "signposting_contacts",
)

treatments = number("treatment_contacts", "treatments")


@condition
def days_from_first_to_last(first_session_date, last_session_date):
    """days from the first to the last treatment"""
    return days_between(first_session_date, last_session_date)


@condition
def gaps(treatment_contacts):
    """gaps between treatments"""
    return treatment_contacts - 1


@condition
def treated_more_than_once(treatment_contacts):
    """that had more than one treatment"""
    return treatment_contacts > 1


# Over those who had any of the therapy, and not over all who finished.
def _mean_of(figure_id: str, says: str, *columns: str) -> Measure:
    some = Condition(columns, f"with any {says}", lambda *counts: reduce(add, counts) > 0)
    sessions = Condition(columns, f"sessions of {says}", lambda *counts: reduce(add, counts))
    return mean(figure_id, f"Mean sessions of {says}", sessions, on=ended, where=finished & some)


all_treatments = sum_of("M089", "Treatments of those who finished", treatments, on=ended, where=finished)
high_intensity = _mean_of("M112", "high-intensity therapy", *HIGH_INTENSITY)
cbt = _mean_of("M113", "cognitive behaviour therapy", "cbt_contacts")
psychodynamic = _mean_of("M114", "brief psychodynamic psychotherapy", "brief_psychodynamic_contacts")
counselling = _mean_of("M115", "counselling for depression", "counselling_for_depression_contacts")
interpersonal = _mean_of("M116", "interpersonal psychotherapy", "interpersonal_therapy_contacts")
couple = _mean_of("M117", "couple therapy for depression", "couple_therapy_contacts")
other_high = _mean_of("M119", "other high-intensity therapy", "other_high_intensity_contacts")
low_intensity = _mean_of("M120", "low-intensity therapy", *LOW_INTENSITY)
mean_treatments = mean("M141", "Mean treatments of those who finished", treatments, on=ended, where=finished)
median_treatments = median("M142", "Median treatments of those who finished", treatments, on=ended, where=finished)
most_treatments = maximum("M143", "Most treatments of one who finished", treatments, on=ended, where=finished)
fewest_treatments = minimum("M144", "Fewest treatments of one who finished", treatments, on=ended, where=finished)
days_between_treatments = ratio(
    "M351",
    "Mean days between treatments",
    days_from_first_to_last,
    gaps,
    on=ended,
    where=finished & treated_more_than_once,
    why="Therapies were tested at weekly sessions.",
)

CHAPTER = Chapter(
    "dose",
    "Treatment received",
    "Two sessions finish a course. The guidelines ask for many more, and outcomes follow the dose.",
    (
        all_treatments,
        high_intensity,
        cbt,
        psychodynamic,
        counselling,
        interpersonal,
        couple,
        other_high,
        low_intensity,
        mean_treatments,
        median_treatments,
        most_treatments,
        fewest_treatments,
        days_between_treatments,
    ),
)
