"""Time the norms of expected courses on made-up trajectories: sums, mixed model, bands, quantiles. See README.md.

Then the norms of a service as `caseness norms fit` makes them, the signals of a caseload, and our likelihood beside MixedLM.

Usage: python benchmarks/bench_norms.py [PEOPLE] [ROUNDS]
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import numpy as np

from caseness.feedback import SessionScore, Trajectory
from caseness.feedback.case import usual_change
from caseness.feedback.cohort import Cohort
from caseness.feedback.fitting import About, fit_norms
from caseness.feedback.flags import Courses
from caseness.feedback.norms import Norms
from caseness.feedback.rules import read_rules
from caseness.feedback.signals import signals_of_caseload
from caseness.instruments import instrument
from caseness.stats.calibration import coverage
from caseness.stats.change import describe
from caseness.stats.sudden_gains import Criteria, find
from caseness.stats.trajectory import fit, own_slopes
from caseness.stats.trajectory_bands import model_band, quantiles
from caseness.stats.trajectory_sums import by_pattern, sums_by_person

SESSIONS = 16
CASELOAD = 60
# MixedLM takes seconds for hundreds of people, so both are timed on so many.
COMPARED = 1000


def courses(people: int) -> tuple[np.ndarray, ...]:
    """Person, session, score and intake: up to 16 sessions, an eighth of them without a score."""
    generator = np.random.default_rng(8)
    intake = generator.integers(8, 28, people).astype(float)
    own = generator.multivariate_normal([0, 0], [[9, 0.8], [0.8, 1.5]], people)
    last = generator.integers(2, SESSIONS + 1, people)
    person = np.repeat(np.arange(people), last - 1)
    session = np.arange(len(person)) - np.repeat(np.cumsum(last - 1) - (last - 1), last - 1) + 2
    there = generator.random(len(person)) > 1 / 8
    person, session = person[there], session[there]
    mean = 3 + 0.8 * intake[person] - 2.5 * np.log(session) + own[person, 0] + own[person, 1] * np.log(session)
    score = (mean + generator.normal(0, 2.5, len(person))).round().clip(0, 27)
    return person, session, score, intake


def timed(name: str, work: Callable[[], object], rounds: int) -> object:
    """Do it a few times, print how long it took, and give what it found."""
    wall, processor = [], []
    for _ in range(rounds):
        started, used = time.perf_counter(), time.process_time()
        found = work()
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name:24} median {median(wall):7.3f} s, processor {median(processor):7.3f} s, peak so far {peak:.2f} GiB")
    return found


def wide(person: np.ndarray, session: np.ndarray, score: np.ndarray, people: int) -> np.ndarray:
    """A row for each person and a column for each session."""
    scores = np.full((people, SESSIONS), np.nan)
    scores[person, session - 1] = score
    return scores


def cohort(person: np.ndarray, session: np.ndarray, score: np.ndarray, intake: np.ndarray) -> Cohort:
    """The same courses as a record would give them: the first score at session 1, and all finished."""
    people, rules, one = len(intake), read_rules(), instrument("phq9")
    who = np.concatenate([np.arange(people), person])
    number = np.concatenate([np.ones(people, np.int64), session])
    value = np.concatenate([intake, score])
    order = np.lexsort((number, who))
    held = Courses(one, usual_change(one, rules), who[order], number[order], value[order])
    ends = np.append(held.starts[1:], len(who)) - 1
    every, names = np.ones(people, bool), np.array([f"P{number}" for number in range(people)])
    groups = {"gender": np.where(np.arange(people) % 3 == 0, "male", "female")}
    last = np.where(held.place[ends] > 0, held.score[ends], np.nan)
    return Cohort(held, "low", names, every, every, last, np.arange(people) % 3 == 0, groups)


def caseload(held: Courses) -> list[Trajectory]:
    """The first courses of all, one person's each, as somebody would look at them."""
    start, found = date(2026, 1, 5), []
    for who in range(CASELOAD):
        mine = held.course == who
        told = zip(held.session[mine].tolist(), held.score[mine].tolist(), strict=True)
        scores = tuple(SessionScore(one, start + timedelta(days=7 * one), total) for one, total in told)
        found.append(Trajectory(str(who), "phq9", scores, start + timedelta(days=200), "low"))
    return found


def service(person: np.ndarray, session: np.ndarray, score: np.ndarray, intake: np.ndarray, rounds: int) -> None:
    """What the commands do, reading and writing left out."""
    rules, about = read_rules(), About("made up", ("X",), ("2026-01",), "", "0", {})
    given = cohort(person, session, score, intake)
    norms = timed("norms of a service", lambda: fit_norms([given], rules, about), rounds)
    assert isinstance(norms, Norms)
    courses = caseload(given.courses)
    timed(f"signals of {CASELOAD} courses", lambda: signals_of_caseload(courses, norms, rules, demonstration=True), 5)


def beside_mixedlm(person: np.ndarray, session: np.ndarray, score: np.ndarray, intake: np.ndarray, rounds: int) -> None:
    """Our exact likelihood and that of statsmodels on the same people. It is skipped where statsmodels is not there."""
    try:
        from statsmodels.regression.mixed_linear_model import MixedLM
    except ImportError:
        print("statsmodels is not installed: nothing to compare with")
        return
    few = person < COMPARED
    who, t, y = person[few], np.log(session[few]), score[few]
    x = (intake - intake.mean())[:COMPARED]
    design = np.column_stack([np.ones(len(t)), x[who], t, t * x[who]])
    random = np.column_stack([np.ones(len(t)), t])
    ours = timed("ours, on fewer", lambda: fit(sums_by_person(who, t, y, x)), rounds)
    theirs = timed("MixedLM, on fewer", lambda: MixedLM(y, design, who, random).fit(reml=False), 1)
    fixed = np.asarray(theirs.fe_params)[[0, 1, 2, 3]].reshape(2, 2)  # type: ignore[attr-defined]
    print(f"largest difference of a fixed effect: {np.abs(ours.coefficients - fixed).max():.1e}")  # type: ignore[attr-defined]


def main(people: int, rounds: int) -> None:
    """Fit the norms to the made-up trajectories, and judge them."""
    person, session, score, intake = courses(people)
    print(f"{people:,} people, {len(score):,} scores")
    centred, t = intake - intake.mean(), np.log(session)
    sums = timed("sums by person", lambda: sums_by_person(person, t, score, centred), rounds)
    print(f"{len(by_pattern(sums).people):,} patterns of sessions")
    course = timed("mixed model", lambda: fit(sums), rounds)
    lower, upper = timed("bands of the model", lambda: model_band(course, t, centred[person]), rounds)
    timed("quantiles", lambda: quantiles(intake[person], session, score, [8, 12, 16, 20, 28]), rounds)
    timed("coverage by session", lambda: coverage(score, lower, upper, session, person), rounds)
    timed("own slopes", lambda: own_slopes(course, sums), rounds)
    scores = wide(person, session, score, people)
    timed("sudden gains", lambda: find(scores, Criteria(least=6)), rounds)
    timed("first and second", lambda: describe(intake, scores[:, 1], 0.84), rounds)
    service(person, session, score, intake, rounds)
    beside_mixedlm(person, session, score, intake, rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
