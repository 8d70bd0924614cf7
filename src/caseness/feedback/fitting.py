"""Norms from courses: bands and model from one part of the people, margins from another, and the rest to judge them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from caseness.errors import CasenessError
from caseness.feedback.cohort import Cohort, shares
from caseness.feedback.judging import cover, measure, why_not
from caseness.feedback.norms import Norm, Norms, levels_of
from caseness.feedback.rules import Rules
from caseness.instruments import Instrument
from caseness.stats.calibration import conformal_margin
from caseness.stats.trajectory import Course, fit
from caseness.stats.trajectory_bands import FALLING, RISING, Quantiles, quantiles
from caseness.stats.trajectory_sums import sums_by_person

Array = NDArray[np.float64]

_EQUAL_BANDS = 5


class TooFewCourses(CasenessError):
    """There are too few courses in a record to fit norms to."""

    exit_code = 23


@dataclass(frozen=True)
class About:
    """What norms are fitted on: the record, the codes of its providers, its months, whether it is made up, and how it was derived."""

    record: str
    providers: tuple[str, ...]
    months: tuple[str, ...]
    made_up: str
    version: str
    options: Mapping[str, str]


def fit_norm(cohort: Cohort, rules: Rules) -> Norm:
    """Fit norms to one part of the people of a cohort, and judge them on those kept apart.

    Who is in which part is decided by a hash of the person, so it is the same each time, and the same for all
    questionnaires of a person.

    Parameters
    ----------
    cohort : Cohort
    rules : Rules

    Returns
    -------
    Norm

    Raises
    ------
    TooFewCourses
        If fewer courses with a second score are left to fit to than the rules ask for, or no score to judge by.
    """
    part, choice = shares(cohort.person)
    fitted, kept = rules.of("fitted_part"), rules.of("fitted_part") + rules.of("margin_part")
    learning = cohort.only(part < fitted)
    norm = _fitted(learning, rules)
    between = (part >= fitted) & (part < kept)
    norm = replace(norm, margins=_margins(norm, cohort.only(between), choice[between], rules))
    judges = cohort.only(part >= kept)
    norm = replace(norm, covered=cover(norm, judges, rules), measured=measure(norm, judges, rules))
    return replace(norm, why_not=why_not(norm, rules))


def fit_norms(cohorts: Iterable[Cohort], rules: Rules, about: About) -> Norms:
    """Fit norms to each cohort that has enough courses. What has too few is told.

    Raises
    ------
    TooFewCourses
        If no cohort has enough.
    """
    fitted: list[Norm] = []
    left_out: list[str] = []
    for cohort in cohorts:
        try:
            fitted.append(fit_norm(cohort, rules))
        except TooFewCourses as problem:
            left_out.append(str(problem))
    if not fitted:
        raise TooFewCourses(
            f"No norms can be fitted to {about.record}, and none were written. "
            + (" ".join(left_out[:3]) or "It holds no scores of a questionnaire.")
            + " Months of more courses are needed, or a smaller fitted_least with --rules."
        )
    return Norms(
        about.record, about.providers, about.months, about.made_up, about.version, about.options, rules.values, tuple(fitted),
        tuple(left_out),
    )  # fmt: skip


def edges_of(one: Instrument) -> Array:
    """The bands of intake: those of the questionnaire where they are known, or five of one width.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> edges_of(instrument("phq9")).tolist()
    [0.0, 5.0, 10.0, 15.0, 20.0, 28.0]
    """
    if one.low is None or one.high is None:
        raise ValueError(f"{one.short_name} has no range, and no band of intake.")
    end = one.high + 10.0**-one.decimals
    if one.bands and all(band.is_usable() for band in one.bands):
        return np.array([*(band.low for band in one.bands), end], float)
    return np.append(np.linspace(one.low, one.high, _EQUAL_BANDS + 1)[:-1], end)


def contents_of(rules: Rules) -> tuple[float, float]:
    """The contents of the two bands."""
    return rules.of("band"), rules.of("strict_band")


def _fitted(cohort: Cohort, rules: Rules) -> Norm:
    held = cohort.courses
    used = (held.place > 0) & (held.session > 1) & (held.session <= rules.whole("last_session"))
    courses = len(np.unique(held.course[used]))
    if courses < rules.whole("fitted_least"):
        raise TooFewCourses(
            f"{held.instrument.short_name}, {cohort.intensity}: {courses:,} courses with a second score are there to fit "
            f"norms to, and {rules.whole('fitted_least'):,} are asked for. No norms were fitted."
        )
    centre = float(cohort.first.mean())
    people, bands, scores = len(np.unique(cohort.person)), _bands(cohort, used, rules), int(used.sum())
    model, why_none = _model(cohort, used, centre)
    return Norm(
        held.instrument.id, cohort.intensity, courses, people, scores, bands, {}, model, centre, why_none, (), (), ()
    )  # fmt: skip


def _bands(cohort: Cohort, used: NDArray[np.bool_], rules: Rules) -> Quantiles:
    held = cohort.courses
    direction = FALLING if held.sign > 0 else RISING
    edges, least, levels = edges_of(held.instrument), rules.whole("cell_least"), levels_of(contents_of(rules))
    return quantiles(held.intake[used], held.session[used], held.score[used], edges, levels, least, direction=direction)


# The first score explains the others, so it is none of them.
def _model(cohort: Cohort, used: NDArray[np.bool_], centre: float) -> tuple[Course | None, str]:
    held = cohort.courses
    sums = sums_by_person(held.course[used], np.log(held.session[used]), held.score[used], cohort.first - centre)
    try:
        return fit(sums), ""
    except ValueError as problem:
        return None, str(problem)


def _margins(norm: Norm, cohort: Cohort, choice: Array, rules: Rules) -> dict[float, float]:
    held = cohort.courses
    chosen = _one_each(norm, cohort, choice)
    if not len(chosen):
        raise TooFewCourses(
            f"{held.instrument.short_name}, {cohort.intensity}: nobody kept apart has a score within a band. No norms "
            "were fitted."
        )
    return {content: _margin(norm, cohort, chosen, content) for content in contents_of(rules)}


# A band that could be narrower is left as it is: whole scores on its ends count as inside. Without enough people to
# promise anything there is no band at all.
def _margin(norm: Norm, cohort: Cohort, chosen: NDArray[np.int64], content: float) -> float:
    held = cohort.courses
    bare = replace(norm, margins={content: 0.0})
    ends = bare.band(held.intake[chosen], held.session[chosen], content)
    margin = conformal_margin(held.score[chosen], *ends, content)
    return max(0.0, margin) if np.isfinite(margin) else float("nan")


# One score of each person, of those that have a band.
def _one_each(norm: Norm, cohort: Cohort, choice: Array) -> NDArray[np.int64]:
    held = cohort.courses
    with_band = np.flatnonzero(~np.isnan(norm.middle(held.intake, held.session)))
    people, whose = np.unique(cohort.person[held.course[with_band]], return_inverse=True)
    counts = np.bincount(whose, minlength=len(people))
    order = with_band[np.argsort(whose, kind="stable")]
    first = np.cumsum(counts) - counts
    share = np.zeros(len(people))
    share[whose] = choice[held.course[with_band]]
    return order[first + (share * counts).astype(int)] if len(people) else with_band
