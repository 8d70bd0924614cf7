"""Courses of scores that are linear in log(session), with known truth."""

import numpy as np

LEVEL, CHANGE = np.array([15.0, 0.7]), np.array([-2.5, -0.15])
OWN, RESIDUAL = np.array([[9.0, 0.8], [0.8, 1.5]]), 6.0


def courses(generator, people, sessions=12):
    """Person, log of session, score, intake and true slope of courses that end at random."""
    intake = generator.normal(0, 5, people)
    own = generator.multivariate_normal([0, 0], OWN, people)
    slope = CHANGE[0] + CHANGE[1] * intake + own[:, 1]
    last = generator.integers(2, sessions + 1, people)
    person, session = (one.ravel() for one in np.mgrid[0:people, 1 : sessions + 1])
    there = session <= last[person]
    person, t = person[there], np.log(session[there])
    level = LEVEL[0] + LEVEL[1] * intake + own[:, 0]
    score = level[person] + slope[person] * t + generator.normal(0, np.sqrt(RESIDUAL), len(t))
    return person, t, score, intake, slope
