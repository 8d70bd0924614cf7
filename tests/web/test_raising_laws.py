"""Whatever is saved, corrected, taken back, recorded or waited for: what is kept is what holds, and nothing is kept twice."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseness.feedback.signals import signals_of
from caseness.web.attention.actions_work import take_back_score
from caseness.web.attention.away import look_for_not_seen
from caseness.web.attention.raising import look_again
from caseness.web.caseload.courses import bare_trajectory, trajectories
from caseness.web.caseload.models import Referral
from web.acting import FIRST, at, correct, make_open_referral, make_therapist, save
from web.people import make_contact, reader_for

pytestmark = pytest.mark.django_db

SAVE, CORRECT, TAKE_BACK, SEE, WAIT = range(5)
steps = st.lists(
    st.tuples(
        st.sampled_from([SAVE, SAVE, SAVE, SEE, CORRECT, TAKE_BACK, WAIT]),
        st.integers(0, 21),
        st.sampled_from(["phq9", "gad7"]),
    ),
    max_size=14,
)


class RolledBack(Exception):
    """Ends an example, and takes back what it wrote."""


def take(step, referral, day):
    """One step of a course, on its day."""
    kind, number, name = step
    current = list(referral.scores.filter(is_current=True).order_by("pk"))
    if kind == SAVE:
        make_contact(referral, day)
        save(referral, number, day, name, today=day, is_another=True)
    elif kind == CORRECT and current:
        correct(current[number % len(current)], number, today=day)
    elif kind == TAKE_BACK and current:
        score, by = current[number % len(current)], reader_for(referral.therapist, day)
        take_back_score(score=score, by=by, entry=score.key, why="Not theirs", now=at(day))
    elif kind == SEE:
        make_contact(referral, day)
        look_again(referral, now=at(day))
    elif kind == WAIT:
        look_for_not_seen(at(day))


def from_scratch(referral, day):
    """What holds, by the rules of `feedback` and one of our own: being away is told by the course that was seen last."""
    found = Referral.objects.get(pk=referral.pk)
    courses = trajectories(found, day, made_up=True, has_every_score=True) or (
        bare_trajectory(found, day, made_up=True),
    )
    found = {
        (one.id, course.instrument_id, one.since)
        for course in courses
        for one in signals_of(course, demonstration=True)
        if one.is_of_scores
    }
    last = max(courses, key=lambda course: course.last_seen or date.min)
    return found | {(one.id, "", one.since) for one in signals_of(last) if not one.is_of_scores}


def follow(taken):
    """A course of such steps, with the round of the worker after each."""
    referral, day = make_open_referral(make_therapist()), FIRST
    for step in taken:
        day += timedelta(days=16 if step[0] == WAIT else 6)
        take(step, referral, day)
        # Being away grows with the day, whatever happened.
        look_for_not_seen(at(day))
        kept = [(one.kind, one.instrument_id, one.since) for one in referral.signals.filter(ended=None)]
        assert set(kept) == from_scratch(referral, day)
        assert max(Counter(kept).values(), default=0) <= 1
    raise RolledBack


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=steps)
def test_what_is_kept_is_what_holds_and_none_of_it_twice(taken):
    with pytest.raises(RolledBack), transaction.atomic():
        follow(taken)
