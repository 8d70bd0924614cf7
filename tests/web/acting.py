"""Actions as the tests of the application take them: at a time that stands still, by somebody in a small service."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from caseness.web.attention.actions_work import amend_score, save_scores
from caseness.web.caseload.sheets import Answered
from web.people import TODAY, make_course, make_member, make_referral, make_service, make_team, reader_for

NOW = datetime(2026, 3, 20, 10, tzinfo=ZoneInfo("Europe/London"))
FIRST = TODAY - timedelta(weeks=8)
PHQ9_ITEMS = 9


def at(day):
    """Ten in the morning of a day."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=NOW.tzinfo)


def make_therapist(team=None, **more):
    """A therapist of a team, in a service of its own unless the team is given."""
    team = team or make_team(make_service())
    return make_member(team.service, team=team, **more)


def make_open_referral(therapist=None, totals=(), first=FIRST):
    """A referral received well before, with a weekly course if totals are given."""
    therapist = therapist or make_therapist()
    referral = make_referral(therapist.service, therapist, received=first - timedelta(days=20))
    return make_course(referral, totals, first)


def save(referral, total, day=TODAY, instrument_id="phq9", items=(), today=TODAY, **more):
    """Save one score as the page does."""
    entry, answered = more.pop("entry", uuid.uuid4()), [Answered(instrument_id, total, tuple(items))]
    return save_scores(
        referral=referral, by=reader_for(referral.therapist, today), entry=entry, day=day, answered=answered,
        now=at(today), **more,
    )[0]  # fmt: skip


def correct(score, total, why="A slip of the pen", today=None, day=None, items=()):
    """Correct one score as the page does, on its own day unless another is given."""
    today = today or score.day
    return amend_score(
        score=score, by=reader_for(score.referral.therapist, today), entry=uuid.uuid4(), day=day or score.day,
        answered=Answered(score.instrument_id, total, tuple(items)), why=why, now=at(today),
    )  # fmt: skip


def phq9_with_risk(answer, others=1):
    """Answers of a PHQ-9 of which the ninth is the one about risk."""
    return (*([others] * (PHQ9_ITEMS - 1)), answer)


def raised(referral):
    """The signals of a referral as (kind, questionnaire, since, what became of it), in order."""
    found = referral.signals.order_by("since", "kind", "instrument_id")
    return [(one.kind, one.instrument_id, str(one.since), one.why_ended or "holds") for one in found]
