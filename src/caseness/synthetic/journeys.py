"""The course of every referral, appointment by appointment, for all of a chunk at once."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

import numpy as np

from caseness.synthetic import appointments as about
from caseness.synthetic.appointments import Appointments, Endings, join_appointments
from caseness.synthetic.attendance import draw_attendance, draw_missed, is_attended, next_day
from caseness.synthetic.cohort import ASSESSED_ONLY, NEVER_SEEN, Cohort, to_chance, to_logit
from caseness.synthetic.endings import GOES_ON, after_missed, after_session, is_well
from caseness.synthetic.months import to_working_day
from caseness.synthetic.providers import HIGH, LOW, Providers
from caseness.synthetic.purposes import draw_purposes
from caseness.synthetic.scales import reliability
from caseness.synthetic.trajectories import Levels, by_nature, by_sessions, levels, next_occasion, occasion_spread
from caseness.synthetic.world import World

# No course has more appointments.
_MOST_APPOINTMENTS = 60
_GAP_AFTER_MISSED = 9
# Days of waiting for high intensity therapy after a step up: assumed, as its published mean is 86 days (March 2026).
_STEP_WAIT = (20, 150)
_PHQ9_SPREAD, _GAD7_SPREAD = 6.0, 5.2


@dataclass(eq=False)
class State:
    """Where every course that is still going stands. `day` is that of its next appointment."""

    who: np.ndarray
    day: np.ndarray
    step: np.ndarray
    therapist: np.ndarray
    planned: np.ndarray
    sessions: np.ndarray
    in_step: np.ndarray
    missed: np.ndarray
    to_assess: np.ndarray
    depression_today: np.ndarray
    anxiety_today: np.ndarray

    def keep(self, chosen: np.ndarray) -> None:
        """Go on with these only."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name)[chosen])


@dataclass(eq=False)
class Course:
    """What is drawn from, and what has happened so far."""

    world: World
    providers: Providers
    cohort: Cohort
    provider: np.ndarray
    rng: np.random.Generator
    state: State
    endings: Endings
    rows: list[Appointments] = field(default_factory=list)


def run_journeys(
    world: World, providers: Providers, cohort: Cohort, provider: np.ndarray, end: int, rng: np.random.Generator
) -> tuple[Appointments, Endings]:
    """Every appointment up to the day `end`, and how each referral ends."""
    course = Course(world, providers, cohort, provider, rng, _begin(cohort, world, rng), _no_endings(cohort))
    _never_seen(course)
    course.state.keep(course.state.day < end)
    for _ in range(_MOST_APPOINTMENTS):
        if not len(course.state.who):
            break
        _appointment(course)
        # What comes after the record's end is not needed, except that the referral is still open.
        course.state.keep(course.state.day < end)
    _discharge(course, rng)
    rows = join_appointments(course.rows)
    return rows.take(np.flatnonzero(rows.day < end)), course.endings


def _begin(cohort: Cohort, world: World, rng: np.random.Generator) -> State:
    who = np.flatnonzero(cohort.kind != NEVER_SEEN)
    step = cohort.step[who].astype(np.int8)
    low = step == LOW
    nothing = np.zeros(len(who), np.int16)
    today = _occasions(world, rng.normal(size=(2, len(who))))
    return State(
        who=who.astype(np.int32),
        day=to_working_day(cohort.first_day[who]).astype(np.int32),
        step=step,
        therapist=np.where(low, cohort.therapist_low[who], cohort.therapist_high[who]),
        planned=np.where(low, cohort.planned_low[who], cohort.planned_high[who]),
        sessions=nothing,
        in_step=nothing.copy(),
        missed=nothing.copy(),
        to_assess=(cohort.kind[who] == ASSESSED_ONLY) | cohort.assessed_apart[who],
        depression_today=today[0],
        anxiety_today=today[1],
    )


def _no_endings(cohort: Cohort) -> Endings:
    size = cohort.size
    return Endings(
        day=np.full(size, np.iinfo(np.int32).max, np.int32),
        reason=np.zeros(size, np.int8),
        last_contact=cohort.received.copy(),
        sessions=np.zeros(size, np.int16),
        by_nature=np.zeros(size),
        by_treatment=np.zeros(size),
    )


# Up to two appointments, none of which is kept.
def _never_seen(course: Course) -> None:
    cohort, rng = course.cohort, course.rng
    who = np.flatnonzero(cohort.kind == NEVER_SEEN)
    booked = rng.choice((0, 1, 2), len(who), p=(0.6, 0.28, 0.12))
    day = to_working_day(cohort.first_day[who])
    for number in (1, 2):
        chosen = booked >= number
        low = cohort.step[who[chosen]] == LOW
        course.rows.append(
            Appointments(
                who=who[chosen].astype(np.int32),
                day=day[chosen].astype(np.int32),
                attendance=draw_missed(course.world, int(chosen.sum()), rng),
                purpose=np.full(chosen.sum(), about.ASSESSMENT_AND_TREATMENT, np.int8),
                step=cohort.step[who[chosen]].astype(np.int8),
                therapist=np.where(low, cohort.therapist_low[who[chosen]], cohort.therapist_high[who[chosen]]),
                sessions=np.zeros(chosen.sum(), np.int16),
                depression=np.zeros(chosen.sum()),
                anxiety=np.zeros(chosen.sum()),
            )
        )
        course.endings.last_contact[who[chosen]] = day[chosen]
        day = next_day(day, np.full(len(who), _GAP_AFTER_MISSED), rng)
    course.endings.reason[who] = about.NEVER_CAME


def _appointment(course: Course) -> None:
    world, cohort, rng, state = course.world, course.cohort, course.rng, course.state
    log_odds = cohort.drop_out[state.who] + course.providers.therapists.ending[state.therapist]
    attendance = draw_attendance(world, log_odds, state.sessions == 0, rng)
    attended = is_attended(attendance)
    _new_occasion(course)
    truth = levels(world, cohort, state.who, state.day, state.sessions)
    depression, anxiety = truth.depression + state.depression_today, truth.anxiety + state.anxiety_today
    purpose = draw_purposes(world, state.to_assess, state.sessions, state.in_step, rng)
    course.rows.append(
        Appointments(
            state.who, state.day, attendance, purpose, state.step, state.therapist, state.sessions, depression, anxiety
        )
    )
    course.endings.last_contact[state.who] = state.day
    treated = attended & np.isin(purpose, about.TREATS)
    state.to_assess = state.to_assess & ~(attended & (purpose == about.ASSESSMENT))
    state.sessions = state.sessions + treated
    state.in_step = state.in_step + treated
    state.missed = np.where(attended, 0, state.missed + 1).astype(np.int16)
    well = is_well(depression, anxiety)
    reason = _reasons(course, attended, treated, log_odds, truth, well)
    _go_on(course, treated, attended, _steps(course, reason, well))


def _new_occasion(course: Course) -> None:
    world, state, rng = course.world, course.state, course.rng
    new = _occasions(world, rng.normal(size=(2, len(state.who))))
    state.depression_today = next_occasion(world, state.depression_today, new[0])
    state.anxiety_today = next_occasion(world, state.anxiety_today, new[1])


# A bad day is one for depression and for anxiety alike, as far as the two go together.
def _occasions(world: World, normal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    shared = world.behaviour.correlation
    other = shared * normal[0] + np.sqrt(1 - shared**2) * normal[1]
    return (
        normal[0] * occasion_spread(world, reliability("phq9"), _PHQ9_SPREAD),
        other * occasion_spread(world, reliability("gad7"), _GAD7_SPREAD),
    )


def _reasons(
    course: Course,
    attended: np.ndarray,
    treated: np.ndarray,
    log_odds: np.ndarray,
    truth: Levels,
    well: np.ndarray,
) -> np.ndarray:
    world, cohort, state, rng = course.world, course.cohort, course.state, course.rng
    kind = cohort.kind[state.who]
    behind = _behind(course, truth)
    seen = after_session(world, state.sessions, state.in_step, _planned(course), log_odds, behind, well, rng)
    base = to_logit(world.treated_once) + world.behaviour.once_log_odds
    once = to_chance(base + 0.6 * log_odds + cohort.once[state.who])
    leaves = (state.sessions == 1) & (rng.random(len(kind)) < once)
    seen = np.where(leaves, about.AFTER_ONE, seen)
    # What is no treatment ends nothing, but for those who are only assessed.
    seen = np.where(treated, seen, np.where(kind == ASSESSED_ONLY, about.AFTER_ONE, GOES_ON))
    # Contact is lost only once there was one: who is to be seen is seen in the end.
    missed = np.where(state.sessions > 0, after_missed(world, state.missed, log_odds, rng), GOES_ON)
    return np.where(attended, seen, missed).astype(np.int8)


# Nobody who is to go on to high intensity therapy completes the contacts before it.
def _planned(course: Course) -> np.ndarray:
    state = course.state
    return np.where(_prepares(course), np.iinfo(np.int16).max, state.planned)


def _prepares(course: Course) -> np.ndarray:
    state = course.state
    return (state.step == LOW) & (course.cohort.before_high[state.who] > 0)


# How far a level stands above that of a person with the same start and the mean of all else.
def _behind(course: Course, truth: Levels) -> np.ndarray:
    world, cohort, state = course.world, course.cohort, course.state
    behaviour, ones = world.behaviour, np.ones(len(state.who))
    expected = by_nature(world, behaviour.natural_change * ones, state.day - cohort.received[state.who])
    enough = behaviour.enough_sessions * ones
    expected = expected + by_sessions(behaviour.treatment_change * ones, state.sessions, enough)
    return (expected - truth.by_nature - truth.by_treatment) / behaviour.outcome_spread * 2


# At the end of low intensity therapy some are stepped up, and a few are stepped down after the first part of high.
# Many are to have a few contacts of low intensity before high.
def _steps(course: Course, reason: np.ndarray, well: np.ndarray) -> np.ndarray:
    world, cohort, state, rng = course.world, course.cohort, course.state, course.rng
    uniform, who = rng.random(len(reason)), state.who
    prepared = _prepares(course) & (state.in_step >= cohort.before_high[who]) & (reason == GOES_ON)
    up = (reason == about.AGREED) & (state.step == LOW) & ~well & (uniform < world.behaviour.step_up_share)
    down = (state.step == HIGH) & (state.sessions == 2) & (cohort.before_high[who] == 0)
    down &= (uniform < world.behaviour.step_down_share) & (reason == GOES_ON)
    moved = up | down | prepared
    state.step = np.where(moved, np.where(down, LOW, HIGH), state.step).astype(np.int8)
    low = state.step == LOW
    state.planned = np.where(moved, np.where(low, cohort.planned_low[who], cohort.planned_high[who]), state.planned)
    therapist = np.where(low, cohort.therapist_low[who], cohort.therapist_high[who])
    state.therapist = np.where(moved, therapist, state.therapist)
    state.in_step = np.where(moved, 0, state.in_step).astype(np.int16)
    return np.where(moved, GOES_ON, reason)


def _go_on(course: Course, treated: np.ndarray, attended: np.ndarray, reason: np.ndarray) -> None:
    state, rng, cohort = course.state, course.rng, course.cohort
    over = reason != GOES_ON
    _end(course, over, reason)
    gap = np.where(attended, cohort.gap[state.who], _GAP_AFTER_MISSED)
    provider = course.provider[state.who]
    waits = course.world.wait("second", rng.random(len(gap))) * course.providers.second_wait[provider]
    gap = np.where(treated & (state.sessions == 1), course.world.behaviour.second_wait_part * waits, gap)
    after_step = rng.integers(*_STEP_WAIT, len(gap))
    gap = np.where(treated & (state.in_step == 0) & (state.sessions > 1), after_step, gap)
    state.day = next_day(state.day, np.round(gap).astype(np.int32), rng)
    state.keep(~over)


def _end(course: Course, over: np.ndarray, reason: np.ndarray) -> None:
    endings, state = course.endings, course.state
    endings.sessions[state.who] = state.sessions
    who = state.who[over]
    endings.reason[who] = reason[over]
    last = levels(course.world, course.cohort, state.who, state.day, state.sessions)
    endings.by_nature[state.who] = last.by_nature
    endings.by_treatment[state.who] = last.by_treatment


def _discharge(course: Course, rng: np.random.Generator) -> None:
    endings = course.endings
    over = endings.reason != about.STILL_OPEN
    agreed = np.isin(endings.reason, (about.AGREED, about.RECOVERED_EARLY, about.AFTER_ONE, about.DIED))
    behaviour = course.world.behaviour
    mean = np.where(endings.reason == about.NEVER_CAME, behaviour.not_seen_wait, behaviour.ending_lag)
    # Who is agreed with is discharged soon; who does not come is written to first.
    lag = mean * np.where(agreed, rng.gamma(0.7, 0.9, len(over)), 0.4 + rng.gamma(1.5, 0.6, len(over)))
    day = to_working_day(endings.last_contact + np.round(lag).astype(np.int32))
    endings.day[over] = day[over]
