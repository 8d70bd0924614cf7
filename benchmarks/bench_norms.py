"""Time the norms of expected courses on made-up trajectories: sums, mixed model, bands, quantiles. See README.md.

Usage: python benchmarks/bench_norms.py [PEOPLE] [ROUNDS]
"""

import resource
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np

from caseness.stats.calibration import coverage
from caseness.stats.change import describe
from caseness.stats.sudden_gains import Criteria, find
from caseness.stats.trajectory import fit, own_slopes
from caseness.stats.trajectory_bands import model_band, quantiles
from caseness.stats.trajectory_sums import by_pattern, sums_by_person

SESSIONS = 16


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
    print(f"{name:24} median {median(wall):6.2f} s, processor {median(processor):6.2f} s, peak so far {peak:.2f} GiB")
    return found


def wide(person: np.ndarray, session: np.ndarray, score: np.ndarray, people: int) -> np.ndarray:
    """A row for each person and a column for each session."""
    scores = np.full((people, SESSIONS), np.nan)
    scores[person, session - 1] = score
    return scores


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


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
