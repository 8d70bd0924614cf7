"""Who is waiting at the end of the period, and whose treatment has come to rest."""

from caseness.measures.algebra import count, open_at_end
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import days, never_treated, still_open

_SINCE_REFERRAL = ("referral_date", "period_end")
_SINCE_SESSION = ("last_session_date", "period_end")
_waits = never_treated & still_open


# Never treated means no last session, so an open referral that was never treated is in none of these four.
def _rested(figure_id: str, title: str, at_least: int | None = None, at_most: int | None = None):
    return count(figure_id, title, on=open_at_end, where=still_open & days(*_SINCE_SESSION, at_least, at_most))


def _waiting(figure_id: str, title: str, at_least: int | None = None, at_most: int | None = None):
    return count(figure_id, title, on=open_at_end, where=_waits & days(*_SINCE_REFERRAL, at_least, at_most))


rested_60_days = _rested("M019", "Open, last treated at most 60 days ago", at_most=60)
rested_90_days = _rested("M020", "Open, last treated 61 to 90 days ago", 61, 90)
rested_120_days = _rested("M021", "Open, last treated 91 to 120 days ago", 91, 120)
rested_longer = _rested("M022", "Open, last treated more than 120 days ago", at_least=121)
waiting = count("M038", "Waiting for treatment", on=open_at_end, where=_waits)
waiting_2_weeks = _waiting("M039", "Waiting for treatment for up to 2 weeks", at_most=14)
waiting_4_weeks = _waiting("M040", "Waiting for treatment for up to 4 weeks", at_most=28)
waiting_6_weeks = _waiting("M041", "Waiting for treatment for up to 6 weeks", at_most=42)
waiting_12_weeks = _waiting("M042", "Waiting for treatment for up to 12 weeks", at_most=84)
waiting_18_weeks = _waiting("M043", "Waiting for treatment for up to 18 weeks", at_most=126)
waiting_longer = _waiting("M044", "Waiting for treatment for more than 18 weeks", at_least=127)
waiting_90_days = _waiting("M045", "Waiting for treatment for more than 90 days", at_least=91)

CHAPTER = Chapter(
    "waits",
    "Waiting at the end of the period",
    "Waits of those who were treated say nothing of those who still wait.",
    (
        rested_60_days,
        rested_90_days,
        rested_120_days,
        rested_longer,
        waiting,
        waiting_2_weeks,
        waiting_4_weeks,
        waiting_6_weeks,
        waiting_12_weeks,
        waiting_18_weeks,
        waiting_longer,
        waiting_90_days,
    ),
)
