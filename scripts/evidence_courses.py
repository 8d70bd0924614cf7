"""The mixed model and its bands on courses whose truth is known: bias, coverage, and the group on which bands fail."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evidence_page import Board, Chapter, Size, failing, judge_share, percent, signed
from numpy.typing import NDArray

from caseness.stats.calibration import conformal_margin, coverage
from caseness.stats.trajectory import Course, fit, own_slopes
from caseness.stats.trajectory_bands import model_band, quantiles, read_quantile
from caseness.stats.trajectory_sums import sums_by_person

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from made_up_courses import CHANGE, LEVEL, OWN, RESIDUAL, courses

Array = NDArray[np.float64]
CONTENT, SESSIONS = 0.8, 12
# A fifth of people have errors twice as large: a group that no band was told of.
_RESTLESS = 0.2
_NAMES = ("level", "level, for each point of intake", "change", "change, for each point of intake")


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of people, one entry each, with their group."""

    person: NDArray[np.int64]
    time: Array
    score: Array
    intake: Array
    slope: Array
    restless: NDArray[np.bool_]

    @property
    def session(self) -> NDArray[np.int64]:
        """The number of the session."""
        return np.exp(self.time).round().astype(np.int64)


def made_up_scores(generator: np.random.Generator, people: int, restless: float = 0.0) -> Scores:
    """Courses that are linear in log(session), for some people with errors twice as large."""
    person, time, score, intake, slope = courses(generator, people, SESSIONS)
    chosen = generator.random(people) < restless
    more = generator.normal(0, (3 * RESIDUAL) ** 0.5, len(score))
    return Scores(person, time, score + np.where(chosen[person], more, 0), intake, slope, chosen)


def tell_courses(size: Size) -> Chapter:
    """The chapter."""
    generator = np.random.default_rng(size.seed + 1)
    fixed, own = _recovered(generator, size)
    bands = _bands(generator, size)
    about = (
        f"Courses of up to {SESSIONS} sessions that are linear in log(session), with levels, changes and errors of people's own "
        f"(assumed). {size.repeats} services of {size.service} people each are fitted, and bands are judged on people to whom they were not fitted."
    )
    fails = (*failing(fixed), *failing(own), *failing(bands, ("Band", "Group")))
    return Chapter("Expected courses", about, (fixed, own, bands), fails)


def _recovered(generator: np.random.Generator, size: Size) -> tuple[Board, Board]:
    fitted: list[Course] = []
    slopes: list[NDArray[np.bool_]] = []
    for _ in range(size.repeats):
        one = made_up_scores(generator, size.service)
        sums = sums_by_person(one.person, one.time, one.score, one.intake)
        course = fit(sums)
        slope, error = own_slopes(course, sums)
        fitted.append(course)
        slopes.append(np.abs(slope - one.slope) <= 1.96 * error)
    return _fixed(fitted), _own(fitted, np.concatenate(slopes))


def _fixed(fitted: list[Course]) -> Board:
    truth = np.concatenate([LEVEL, CHANGE])
    found = np.array([one.coefficients.ravel() for one in fitted])
    errors = np.array([np.sqrt(np.diag(one.uncertainty.reshape(4, 4))) for one in fitted])
    held = (np.abs(found - truth) <= 1.96 * errors).mean(axis=0)
    rows = tuple(
        (
            name,
            f"{true:g}",
            signed(found[:, i].mean() - true),
            percent(held[i], 0),
            judge_share(held[i], 0.95, len(fitted)),
        )
        for i, (name, true) in enumerate(zip(_NAMES, truth, strict=True))
    )
    return Board(
        "Coefficients of the mixed model",
        ("Coefficient", "Truth", "Bias", "95 % intervals that hold it", "Verdict"),
        rows,
    )


def _own(fitted: list[Course], held: NDArray[np.bool_]) -> Board:
    spread = np.array([[one.covariance[0, 0], one.covariance[1, 1], one.residual] for one in fitted])
    truth, names = (OWN[0, 0], OWN[1, 1], RESIDUAL), ("variance of levels", "variance of changes", "variance of errors")
    rows = [
        (name, f"{true:g}", signed(spread[:, i].mean() - true), "", _judge_bias(spread[:, i], true))
        for i, (name, true) in enumerate(zip(names, truth, strict=True))
    ]
    share = float(held.mean())
    rows.append(
        ("own slope of a person", "each their own", "", percent(share), judge_share(share, 0.95, len(held) // 10))
    )
    note = "The interval of an own slope leaves out that the coefficients were estimated. Slopes of one service share them, so they count as a tenth."
    return Board(
        "People's own terms", ("Term", "Truth", "Bias", "95 % intervals that hold it", "Verdict"), tuple(rows), note
    )


def _judge_bias(found: Array, true: float) -> str:
    bias, error = found.mean() - true, 3 * found.std(ddof=1) / len(found) ** 0.5
    return "holds" if abs(bias) <= error else f"off by {signed(bias)}"


def _bands(generator: np.random.Generator, size: Size) -> Board:
    people = max(size.repeats * size.service // 4, 600)
    fitted, calibrated, judged = (made_up_scores(generator, people, _RESTLESS) for _ in "123")
    rows = []
    for name, band in _methods(fitted, calibrated).items():
        rows += _covered(name, judged, *band(judged))
    columns = ("Band", "Group", "Scores", "Promised", "Inside", "Below", "Above", "Verdict")
    note = (
        f"A band promises {percent(CONTENT, 0)} of all scores, and of each group only if groups are alike. The errors of a fifth of people "
        "are twice as large, which no band was told. Scores of one person go together, so chance is judged by people."
    )
    return Board("Bands, overall and by group", columns, tuple(rows), note)


def _methods(fitted: Scores, calibrated: Scores) -> dict:
    course = fit(sums_by_person(fitted.person, fitted.time, fitted.score, fitted.intake))
    edges = [-50.0, *np.quantile(fitted.intake, [1 / 3, 2 / 3]), 50.0]
    held = quantiles(fitted.intake[fitted.person], fitted.session, fitted.score, edges, (0.1, 0.9), least=30)

    def by_model(one: Scores) -> tuple[Array, Array]:
        return model_band(course, one.time, one.intake[one.person], CONTENT)

    def by_scores(one: Scores) -> tuple[Array, Array]:
        low, high = (read_quantile(held, one.intake[one.person], one.session, level) for level in (0.1, 0.9))
        return low, high

    margin = _margin(calibrated, *by_scores(calibrated))

    def widened(one: Scores) -> tuple[Array, Array]:
        low, high = by_scores(one)
        return low - margin, high + margin

    return {"model": by_model, "scores themselves": by_scores, "scores, calibrated": widened}


# One score of each person, the last: a margin is promised of people, not of scores that go together.
def _margin(one: Scores, low: Array, high: Array) -> float:
    last = np.flatnonzero(np.append(one.person[1:] != one.person[:-1], True))
    return conformal_margin(one.score[last], low[last], high[last], CONTENT)


def _covered(name: str, one: Scores, low: Array, high: Array) -> list[tuple[str, ...]]:
    groups = {"everybody": np.full(len(one.score), "everybody"), "intake": _third(one.intake)[one.person], "session": _stretch(one.session),
              "errors": np.where(one.restless[one.person], "errors twice as large", "usual errors")}  # fmt: skip
    rows = []
    for group in groups.values():
        found = coverage(one.score, low, high, group, one.person)
        for i, label in enumerate(found.groups.tolist()):
            inside = (percent(found.inside[i]), percent(found.below[i]), percent(found.above[i]))
            verdict = judge_share(float(found.inside[i]), CONTENT, int(found.people[i]))
            rows.append((name, label, f"{found.scores[i]:,}", percent(CONTENT, 0), *inside, verdict))
    return rows


def _third(intake: Array) -> NDArray[np.str_]:
    low, high = np.quantile(intake, [1 / 3, 2 / 3])
    return np.where(
        intake < low,
        "lowest third of intake",
        np.where(intake < high, "middle third of intake", "highest third of intake"),
    )


def _stretch(session: NDArray[np.int64]) -> NDArray[np.str_]:
    return np.where(session <= 3, "sessions 1 to 3", np.where(session <= 6, "sessions 4 to 6", "sessions 7 to 12"))
