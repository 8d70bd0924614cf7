"""Therapy within care for a long-term condition, and time spent on internet therapy: the quarterly measures."""

from caseness.measures.algebra import condition, count, ended, held, mean, percentage
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import finished, number, present
from caseness.measures.endings import finished_course
from caseness.measures.media import kept


@condition
def within_referral(inside):
    """between the referral and its end"""
    return inside


@condition
def no_follow_up(appointment_type):
    """that are no follow-up"""
    return appointment_type != "06"


@condition
def integrated(integrated_service):
    """in a service for long-term conditions"""
    return integrated_service


_counted = kept & within_referral & no_follow_up
integrated_appointments = percentage(
    "M1011",
    "Share of appointments in a service for long-term conditions",
    count("M1011", "", on=held, where=_counted & integrated),
    count("M1011", "", on=held, where=_counted),
)
integrated_finished = percentage(
    "M1012",
    "Share of finished courses with an appointment in a service for long-term conditions",
    count(
        "M1012", "", on=ended, where=finished & present("integrated_contact_first_date", "with an integrated contact")
    ),
    finished_course,
)
internet_minutes = mean(
    "M1013",
    "Mean minutes of a clinician in all logs of a finished course with internet therapy",
    number("internet_therapy_minutes", "minutes in all internet therapy logs"),
    on=ended,
    where=finished & present("internet_therapy_minutes", "with minutes in a log of internet therapy"),
    why="What therapy by programme costs in a clinician's time.",
)

CHAPTER = Chapter(
    "integrated",
    "Long-term conditions and internet therapy",
    "Therapy beside the treatment of a long-term condition was a promise of its own.",
    (integrated_appointments, integrated_finished, internet_minutes),
)
