"""Entering treatment: how many did, and how long after the referral."""

from caseness.measures.algebra import condition, count, ended, entered, mean, median, percentage
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import days, days_between, finished
from caseness.measures.endings import finished_course

_WAIT = ("referral_date", "first_session_date")


@condition
def wait_to_treatment(referral_date, first_session_date):
    """days from the referral to the first treatment"""
    return days_between(referral_date, first_session_date)


accessing = count("M031", "Entered treatment", on=entered)
within_28_days = count("M032", "Entered treatment within 28 days", on=entered, where=days(*_WAIT, at_most=28))
after_29_to_56 = count("M033", "Entered treatment after 29 to 56 days", on=entered, where=days(*_WAIT, 29, 56))
after_57_to_90 = count("M034", "Entered treatment after 57 to 90 days", on=entered, where=days(*_WAIT, 57, 90))
after_90 = count("M035", "Entered treatment after more than 90 days", on=entered, where=days(*_WAIT, at_least=91))
within_6_weeks = count("M036", "Entered treatment within 6 weeks", on=entered, where=days(*_WAIT, at_most=42))
within_18_weeks = count("M037", "Entered treatment within 18 weeks", on=entered, where=days(*_WAIT, at_most=126))
mean_wait = mean("M048", "Mean wait to treatment, of those who entered it", wait_to_treatment, on=entered)
median_wait = median("M049", "Median wait to treatment, of those who entered it", wait_to_treatment, on=entered)

mean_wait_finished = mean(
    "M050", "Mean wait to treatment, of those who finished", wait_to_treatment, on=ended, where=finished
)
median_wait_finished = median(
    "M051", "Median wait to treatment, of those who finished", wait_to_treatment, on=ended, where=finished
)
finished_within_6_weeks = count(
    "M052", "Finished, having waited at most 6 weeks", on=ended, where=finished & days(*_WAIT, at_most=42)
)
share_within_6_weeks = percentage("M053", "Share who waited at most 6 weeks", finished_within_6_weeks, finished_course)
finished_within_18_weeks = count(
    "M054", "Finished, having waited at most 18 weeks", on=ended, where=finished & days(*_WAIT, at_most=126)
)
share_within_18_weeks = percentage(
    "M055", "Share who waited at most 18 weeks", finished_within_18_weeks, finished_course
)

CHAPTER = Chapter(
    "access",
    "Access and waits to treatment",
    "The programme's targets are on access, and on waits that are counted only among those who finished.",
    (
        accessing,
        within_28_days,
        after_29_to_56,
        after_57_to_90,
        after_90,
        within_6_weeks,
        within_18_weeks,
        mean_wait,
        median_wait,
        mean_wait_finished,
        median_wait_finished,
        finished_within_6_weeks,
        share_within_6_weeks,
        finished_within_18_weeks,
        share_within_18_weeks,
    ),
)
