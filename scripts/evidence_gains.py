"""Sudden gains where none happened, and where one did."""

from __future__ import annotations

import numpy as np
from evidence_page import Board, Chapter, Size, percent
from numpy.typing import NDArray

from caseness.stats.sudden_gains import COURSE, KEPT, MEANS, Criteria, find

Array = NDArray[np.float64]

DEVIATION, LEAST = 6.0, 5.0
SESSIONS, RELIABILITIES, FALLS = (6, 10, 20), (0.8, 0.9), (0.0, 8.0)
SIZES, AT, OF = (6, 8, 10, 12), 5, 10
WAYS = {
    MEANS: "Tang and DeRubeis, means of three sessions",
    KEPT: "half is kept",
    COURSE: "1.5 deviations of the course",
}


def made_up_courses(
    generator: np.random.Generator, people: int, sessions: int, reliability: float, fall: float = 0.0, step: float = 0.0
) -> Array:
    """Courses that fall gradually in log(session), with a step after session 5 where one is asked for."""
    true = generator.normal(15, DEVIATION * reliability**0.5, (people, 1))
    session = np.arange(1, sessions + 1)
    course = true - fall * np.log(session) / np.log(sessions) - step * (session > AT)
    return course + generator.normal(0, DEVIATION * (1 - reliability) ** 0.5, (people, sessions))


def tell_gains(size: Size) -> Chapter:
    """The chapter."""
    generator = np.random.default_rng(size.seed + 2)
    people = max(size.people // 20, 200)
    none, some = _false(generator, people), _true(generator, people)
    about = (
        f"Courses of {people:,} people with a deviation of {DEVIATION:g}, who stay as they are or fall gradually. A gain is a fall of {LEAST:g} points "
        "or more, by a quarter of the score before, that lasts (assumed: 5 points). No criterion promises a rate of false gains, so none is judged."
    )
    worst = max(none.rows, key=lambda row: float(row[-1].split()[0]))
    fails = (
        f"With {worst[1]} sessions, a reliability of {worst[2]} and {worst[3]}, {worst[-1]} of people without any sudden gain show one "
        f"({worst[0]}). A sudden gain is a reason to ask, and no proof.",
    )
    return Chapter("Sudden gains", about, (none, some), fails)


def _false(generator: np.random.Generator, people: int) -> Board:
    rows = []
    for stability, name in WAYS.items():
        for sessions in SESSIONS:
            for reliability in RELIABILITIES:
                for fall in FALLS:
                    scores = made_up_courses(generator, people, sessions, reliability, fall)
                    found = find(scores, Criteria(least=LEAST, stability=stability)).is_sudden.any(axis=1).mean()
                    course = f"a gradual fall of {fall:g}" if fall else "no change"
                    rows.append((name, str(sessions), f"{reliability:g}", course, percent(float(found))))
    return Board(
        "No gain is there", ("Criterion", "Sessions", "Reliability", "Course", "People with a false gain"), tuple(rows)
    )


def _true(generator: np.random.Generator, people: int) -> Board:
    rows = []
    for stability, name in WAYS.items():
        cells = []
        for step in SIZES:
            found = find(
                made_up_courses(generator, people, OF, 0.9, 0.0, float(step)),
                Criteria(least=LEAST, stability=stability),
            )
            cells.append(percent(float(found.is_sudden[:, AT - 1].mean())))
        rows.append((name, *cells))
    columns = ("Criterion", *(f"Step of {step} found" for step in SIZES))
    return Board(
        "A gain is there", columns, tuple(rows), f"One true step after session {AT} of {OF}, at a reliability of 0.9."
    )
