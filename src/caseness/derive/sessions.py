"""Every score that counts, once, at its session: the latest row of each pathway, and no repetition by month."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.assumed import Options
from caseness.derive.contact import HIGH as HIGH_BITS
from caseness.derive.contact import LOW as LOW_BITS
from caseness.derive.contact import inside, is_treatment
from caseness.derive.course import is_completed_log, is_session
from caseness.derive.derivation import SCORE, derivation, lay_on
from caseness.derive.events import Events
from caseness.derive.lists import SUPPORT, THERAPIES, TOOLS
from caseness.derive.outcome import completed_treatment
from caseness.derive.plan import Plan
from caseness.derive.score import VALUES
from caseness.derive.scores import counted_scores

LOW, HIGH, CHANGED = "low", "high", "changed"
_OURS = "Caseness: no official document numbers scores"
_BIT = next(one.bit for one in THERAPIES if one.name == SUPPORT)
_BY_DAY = ("row_id", "day")


@derivation(SCORE, when_null="Never null.", source=_OURS)
def score_number(row_id: Any, tool_place: Any, score_order: Any) -> Any:
    """Place of the score among those of its questionnaire: 1 is the first, and the highest is the last."""
    return ibis.row_number().over(group_by=[row_id, tool_place], order_by=score_order) + 1


@derivation(SCORE, when_null="Never null: 1 where no session followed the first score.", source=_OURS)
def score_session(session_days: Any, row_id: Any, tool_place: Any) -> Any:
    """Session of the score: 1 is that of the first score, and each later day with a treatment session is one more."""
    return session_days - session_days.min().over(group_by=[row_id, tool_place]) + 1


@derivation(SCORE, when_null="Never null.", source=_OURS)
def days_from_first_score(assessed_on: Any, row_id: Any, tool_place: Any) -> Any:
    """Days from the first score of the questionnaire."""
    return assessed_on.delta(assessed_on.min().over(group_by=[row_id, tool_place]), unit="day")


@derivation(SCORE, when_null="Null where no treatment contact had a listed therapy by then.", source=_OURS)
def intensity_so_far(high_first_on: Any, low_first_on: Any, assessed_on: Any) -> Any:
    """Intensity of the therapy up to the day of the score: low, high, or changed where there was some of both."""
    return _intensity(high_first_on <= assessed_on, low_first_on <= assessed_on)


@derivation(SCORE, when_null="Null where no treatment contact had a listed therapy.", source=_OURS)
def course_intensity(high_first_on: Any, low_first_on: Any) -> Any:
    """Intensity of the whole course as far as it is known: low, high, or changed where there was some of both."""
    return _intensity(high_first_on.notnull(), low_first_on.notnull())


def _intensity(is_high: Any, is_low: Any) -> Any:
    high, low = is_high.fill_null(False), is_low.fill_null(False)
    return ibis.cases((high & low, CHANGED), (high, HIGH), (low, LOW), else_=ibis.null("string"))


DERIVATIONS = (score_number, score_session, days_from_first_score, intensity_so_far, course_intensity)


def score_rows(plan: Plan, rows: ibis.Table, known: ibis.Table, events: Events, options: Options) -> ibis.Table:
    """The scores of the latest row of each pathway, with its person and how it ended. `known` tells of its sessions."""
    latest = plan.hold("latest_rows", rows.filter(rows.month_index == rows.month_index.max().over(group_by="pathway")))
    scores = plan.hold("latest_scores", counted_scores(plan, rows, latest, events, options))
    joined = plan.hold("latest_sessions", _sessions(latest, events, options))
    beside = scores.left_join(_first_days(joined), "row_id").drop("row_id_right")
    days = _session_days(scores, joined)
    same = [beside.row_id == days.row_id, beside.assessed_on == days.day]
    counted = lay_on(beside.inner_join(days, same).drop("day"), DERIVATIONS, options)
    sessions = known.select("row_id", "treatment_contacts")
    told = latest.select(*_OF_ROW).inner_join(_named(counted), "row_id")
    whole = told.left_join(sessions, "row_id").drop("row_id_right")
    return lay_on(whole.mutate(treatment_contacts=whole.treatment_contacts.fill_null(0)), (completed_treatment,))


_OF_ROW = (
    "row_id", "pathway", "month", "provider", "commissioner", "person", "referral_date", "discharge_date", "end_code",
    "age_at_period_end", "gender",
)  # fmt: skip


def _sessions(latest: ibis.Table, events: Events, options: Options) -> ibis.Table:
    told = events.events.mutate(has_employment_support=(events.events.therapies & _BIT) > 0)
    ours = latest.select("row_id", "pathway", "referral_date", "discharge_date", "period_end", row_month="month_index")
    joined = ours.inner_join(told, [ours.pathway == told.pathway, ours.row_month >= told.month_index])
    return lay_on(joined, (inside, is_treatment, is_completed_log, is_session), options).select(
        "row_id", "contact_date", "is_treatment", "therapies", "is_session"
    )


# A log of internet therapy is no therapy of either intensity here: the official date of high intensity counts it.
def _first_days(sessions: ibis.Table) -> ibis.Table:
    treated = sessions.filter(sessions.is_treatment)
    first = {
        name: ibis.ifelse((treated.therapies & listed) > 0, treated.contact_date, None).min()
        for name, listed in (("high_first_on", HIGH_BITS), ("low_first_on", LOW_BITS))
    }
    return treated.group_by("row_id").agg(**first)


# How many days with a session a referral has had, on each day that has one or has a score.
def _session_days(scores: ibis.Table, sessions: ibis.Table) -> ibis.Table:
    of_sessions = sessions.filter(sessions.is_session).select(
        "row_id", day="contact_date", had=ibis.literal(1, "int32")
    )
    of_scores = scores.select("row_id", day="assessed_on", had=ibis.literal(0, "int32"))
    both = of_sessions.union(of_scores)
    days = both.group_by(_BY_DAY).agg(had=both.had.max())
    until = ibis.cumulative_window(group_by="row_id", order_by="day")
    return days.select(*_BY_DAY, session_days=days.had.sum().over(until))


def _named(scores: ibis.Table) -> ibis.Table:
    tools = [(scores.tool_place == place, one) for place, one in enumerate(TOOLS, start=1)]
    value = scores.score_order % VALUES
    return scores.select(
        "row_id",
        *(one.name for one in DERIVATIONS),
        tool=ibis.cases(*((is_it, one.name) for is_it, one in tools)),
        score=ibis.cases(*((is_it, value / one.scale) for is_it, one in tools)),
        score_date=scores.assessed_on,
    )
