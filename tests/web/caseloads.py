"""Made-up caseloads as they look after some months: courses of several kinds, signals raised, alerts, goals, lives."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from caseness.feedback.signals import signals_of
from caseness.web.attention.models import Plan, RaisedSignal, RiskAlert
from caseness.web.caseload.courses import trajectories
from caseness.web.caseload.models import Circumstance, Contact, Goal, GoalRating, Medication, Note, Problem
from web.people import make_contact, make_referral, make_score

GIVEN = (
    "Ayesha", "Tom", "Grace", "Daniel", "Mei", "Olu", "Hannah", "Piotr", "Sian", "Jamal", "Ruth", "Callum", "Priya",
)  # fmt: skip
FAMILY = ("Khan", "Ashworth", "Okafor", "Lewis", "Chen", "Nowak", "Evans", "Hussain", "Murphy", "Patel", "Booth")
PROBLEMS = ("F32.1", "F41.1", "F40.1", "F43.1", "F41.2", "F42")
# Totals of the PHQ-9 and of the GAD-7, session by session; None where none was taken.
KINDS = (
    ([17, 15, 14, 11, 9, 8], [15, 14, 11, 9, 8, 6]),
    ([14, 16, 18, 21], [12, 13, 16, 17]),
    ([16, 16, 15, 17, 16, 15], [13, 13, 14, 12, 13, 13]),
    ([19, 17, None, 18, 12, 11], [16, 15, None, None, 10, 9]),
    ([12, 11], [14, 12]),
    ([20, 19, 18, 17, 19], [17, 16, 16, 15, None]),
    ([9, 8, 5, 4], [11, 9, 6, 5]),
    ([], []),
)


def name_of(number):
    """A name for a client, never twice among the first 143."""
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}"


def items_of(total, item_9=0):
    """Nine answers that add up to a total of the PHQ-9, with that to the item about risk."""
    answers, left = [], total - item_9
    for place in range(8):
        given = min(3, -(-left // (8 - place)))
        answers.append(given)
        left -= given
    return [*answers, item_9]


def fill_caseload(therapist, many, today):
    """So many clients of a therapist, in turn of each kind, with the signals that hold today."""
    return [fill_one(therapist, number, today) for number in range(many)]


def fill_one(therapist, number, today):
    """One client with contacts and scores, the latest some days ago."""
    phq9, gad7 = KINDS[number % len(KINDS)]
    gap = (2, 5, 6, 3, 34, 17, 4, 0)[number % len(KINDS)]
    first = today - timedelta(days=gap + 7 * max(0, len(phq9) - 1))
    referral = make_referral(
        therapist.service, therapist, received=first - timedelta(days=20 + number % 30), name=name_of(number)
    )
    Problem.objects.create(referral=referral, scheme="01", code=PROBLEMS[number % len(PROBLEMS)], significance="1")
    for place, totals in enumerate(zip(phq9, gad7, strict=True)):
        add_session(referral, first + timedelta(weeks=place), *totals)
    if gap < 10:
        add_booking(referral, today + timedelta(days=1 + number % 6))
    raise_signals(referral, today)
    return referral


def add_session(referral, day, phq9, gad7, item_9=0):
    """An attended appointment, with what was answered at it."""
    contact = make_contact(referral, day)
    if phq9 is not None:
        make_score(referral, day, phq9, "phq9", contact, items_of(phq9, item_9))
    if gad7 is not None:
        make_score(referral, day, gad7, "gad7", contact)
    return contact


def add_booking(referral, day):
    """An appointment that is still to come."""
    return Contact.objects.create(
        referral=referral,
        care_contact_id=f"B{referral.pk}",
        day=day,
        time=time(14, 30),
        appointment_type="02",
        medium="11",
    )


def raise_signals(referral, today):
    """The signals that hold, as they lie in the database once they were raised."""
    courses = trajectories(referral, today, made_up=True)
    told = {
        (one.id, one.is_of_scores and course.instrument_id): (course, one)
        for course in courses
        for one in signals_of(course)
    }
    return [
        RaisedSignal.objects.create(
            referral=referral, kind=one.id, instrument_id=course.instrument_id if one.is_of_scores else "",
            urgency=one.urgency.name.lower(), since=one.since, raised=at(one.since),
            told={
                "title": one.title, "why": one.why, "rests_on": one.rests_on, "accuracy": one.accuracy,
                "consider": list(one.consider),
            },
        )
        for course, one in told.values()
    ]  # fmt: skip


def add_life(referral, today, by):
    """A goal with ratings, what happened, medication, a note, a plan and an alert."""
    goal = Goal.objects.create(
        referral=referral, goal_id=f"G{referral.pk}", wording="Sleep through the night again", day=today - timedelta(40)
    )
    for rating, weeks in ((2, 4), (4, 2), (6, 0)):
        GoalRating.objects.create(goal=goal, rating=rating, day=today - timedelta(weeks=weeks), by=by)
    Circumstance.objects.create(referral=referral, kind="loss", note="Her mother, in May", day=today - timedelta(60))
    Medication.objects.create(referral=referral, name="Sertraline", dose="50 mg", day=today - timedelta(90))
    Note.objects.create(
        referral=referral, by=by, day=today, text="Talked about the night shifts.\nWe try a sleep diary."
    )
    for signal in referral.signals.all()[:1]:
        signal.acknowledged, signal.acknowledged_by = at(today), by
        signal.save()
        Plan.objects.create(
            signal=signal, made=at(today), made_by=by, domains={"alliance": "Asked how we work together."},
            was_made_with_client=True, review_on=today + timedelta(weeks=2),
        )  # fmt: skip


def add_alert(referral, today, owner, answer=2):
    """A risk item that was answered, and nobody has acknowledged."""
    score = referral.scores.filter(instrument_id="phq9").last()
    score.items = items_of(int(score.total), answer)
    score.save()
    return RiskAlert.objects.create(
        referral=referral, score=score, change="new", answer=answer, fired=at(today), owner=owner,
        escalate_at=at(today) + timedelta(hours=4),
    )  # fmt: skip


def at(day):
    """Nine in the morning of a day."""
    return timezone.make_aware(datetime.combine(day, time(9)))
