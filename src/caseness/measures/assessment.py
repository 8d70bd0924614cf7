"""First assessments: how soon they came, who left before one, and who still waits."""

from caseness.measures.algebra import assessed, count, ended, open_at_end
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import blank, days, still_open

_WAIT = ("referral_date", "assessment_first_date")
never_assessed = blank("assessment_first_date", "that had no assessment")

first_assessment = count("M023", "First assessments", on=assessed)
assessed_28_days = count("M024", "First assessed within 28 days", on=assessed, where=days(*_WAIT, at_most=28))
assessed_56_days = count("M025", "First assessed after 29 to 56 days", on=assessed, where=days(*_WAIT, 29, 56))
assessed_90_days = count("M026", "First assessed after 57 to 90 days", on=assessed, where=days(*_WAIT, 57, 90))
assessed_later = count("M027", "First assessed after more than 90 days", on=assessed, where=days(*_WAIT, at_least=91))
ended_unassessed = count("M028", "Ended before an assessment", on=ended, where=never_assessed)
waiting = count("M029", "Waiting for an assessment", on=open_at_end, where=never_assessed & still_open)
waiting_90_days = count(
    "M030",
    "Waiting for an assessment for more than 90 days",
    on=open_at_end,
    where=never_assessed & still_open & days("referral_date", "period_end", at_least=91),
)

CHAPTER = Chapter(
    "assessment",
    "Assessment",
    "Whoever is not assessed is not helped. Who left before an assessment is in no outcome.",
    (
        first_assessment,
        assessed_28_days,
        assessed_56_days,
        assessed_90_days,
        assessed_later,
        ended_unassessed,
        waiting,
        waiting_90_days,
    ),
)
