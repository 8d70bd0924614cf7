"""The wait between the first and the second treatment, which no target counts."""

from caseness.measures.algebra import count, percentage, treated_again
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import days

_GAP = ("first_session_date", "second_session_date")

second_treatment = count("M184", "Second treatments", on=treated_again)
within_28_days = count("M121", "Second treatment within 28 days", on=treated_again, where=days(*_GAP, at_most=28))
after_29_to_90 = count("M122", "Second treatment after 29 to 90 days", on=treated_again, where=days(*_GAP, 29, 90))
after_28 = count("M046", "Second treatment after more than 28 days", on=treated_again, where=days(*_GAP, at_least=29))
after_90 = count("M047", "Second treatment after more than 90 days", on=treated_again, where=days(*_GAP, at_least=91))
share_within_28_days = percentage(
    "M123", "Share with a second treatment within 28 days", within_28_days, second_treatment
)
share_after_28 = percentage("M124", "Share with a second treatment after more than 28 days", after_28, second_treatment)
share_29_to_90 = percentage(
    "M125", "Share with a second treatment after 29 to 90 days", after_29_to_90, second_treatment
)
share_after_90 = percentage("M126", "Share with a second treatment after more than 90 days", after_90, second_treatment)

CHAPTER = Chapter(
    "second-session",
    "The second treatment",
    "A first session soon after the referral, and a long wait after it, meets the target and leaves the person waiting.",
    (
        second_treatment,
        within_28_days,
        after_29_to_90,
        after_28,
        after_90,
        share_within_28_days,
        share_after_28,
        share_29_to_90,
        share_after_90,
    ),
)
