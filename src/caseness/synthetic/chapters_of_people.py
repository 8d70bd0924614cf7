"""The margins of people: scores, outcomes, who they are, and how providers differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from caseness.stats.funnel import fit_funnel
from caseness.synthetic.chapters import stages_of
from caseness.synthetic.courses import Courses
from caseness.synthetic.facts import Facts, Group
from caseness.synthetic.margin import Margin, amount, distribution, gap, mean, points, rate
from caseness.synthetic.sample import Sample

ANNUAL = "measures_annual.parquet, England"
PROMS = "proms_annual.parquet, England"
SHIFTED = f"{PROMS}, and the fitted shift to finished courses as a whole"
# A provider with fewer finished courses than this says little of the spread between them.
SMALLEST_PROVIDER = 100
FEWEST_PROVIDERS = 10
SCORED_PROBLEMS = ("F32", "F411", "F431", "F401", "F42", "F410", "F412", "F402", "F452", "F400")


def scores(sample: Sample) -> Iterator[Margin]:
    """First scores of finished courses: mean and standard deviation, over all and by problem."""
    facts, courses = sample.facts, sample.courses
    yield from _intake(facts, courses, "all", "all finished courses", courses.is_finished)
    problem = courses.problem
    for code in SCORED_PROBLEMS:
        yield from _intake(facts, courses, code, label_of(facts, code), courses.is_finished & (problem == code))
    paired = float(courses.is_paired.sum())
    yield rate(
        "paired",
        "Both questionnaires paired",
        "scores",
        paired,
        float(courses.is_finished.sum()),
        facts.number("paired.share"),
        "measures_monthly.parquet, England: M202, M076",
    )


def _intake(facts: Facts, courses: Courses, code: str, label: str, members: np.ndarray) -> Iterator[Margin]:
    course, shift = facts.course(code), facts.number(f"intake.{code}.shift")
    for scale, title, centre, deviation in (
        ("phq9", "PHQ-9", course.phq9_start, course.phq9_start_sd),
        ("gad7", "GAD-7", course.gad7_start, course.gad7_start_sd),
    ):
        values = courses.numbers(f"{scale}_first")[members]
        values = values[~np.isnan(values)]
        count, published = len(values), round(centre + shift * deviation, 2)
        name, of = f"intake.{code}.{scale}", f"of first {title}, {label}"
        value, spread = (float(values.mean()), float(values.std())) if count > 1 else (None, None)
        yield mean(f"{name}.mean", f"Mean {of}", "scores", value, count, published, deviation, SHIFTED)
        yield amount(f"{name}.sd", f"Standard deviation {of}", "scores", spread, count, deviation, PROMS)


def outcomes(sample: Sample) -> Iterator[Margin]:
    """What became of finished courses, over all and by problem."""
    facts, courses = sample.facts, sample.courses
    everybody = np.ones(len(courses.is_finished), bool)
    yield from _outcome(courses, facts.groups_of("all")[0], "all", "all finished courses", everybody)
    problem = courses.problem
    for code in SCORED_PROBLEMS:
        group = next(one for one in facts.groups_of("problem") if one.code == code)
        yield from _outcome(courses, group, code, group.label, problem == code)


def _outcome(courses: Courses, group: Group, code: str, label: str, members: np.ndarray) -> Iterator[Margin]:
    not_case = group.not_at_caseness / group.finished
    reliable = courses.recovered & courses.improved
    finished, judged = courses.is_finished, courses.judged
    for name, title, above, below, published in (
        ("not_case", "Not at caseness", courses.not_case, finished, not_case),
        ("recovery", "Recovery", courses.recovered, judged, group.recovery_rate),
        ("reliable_recovery", "Reliable recovery", reliable, judged, group.reliable_recovery_rate),
        ("improvement", "Reliable improvement", courses.improved, finished, group.improvement_rate),
        ("deterioration", "Reliable deterioration", courses.deteriorated, finished, group.deterioration_rate),
    ):
        counts = float((above & members).sum()), float((below & members).sum())
        yield rate(f"{name}.{code}", f"{title}, {label}", "outcomes", *counts, published, ANNUAL)


def people(sample: Sample) -> Iterator[Margin]:
    """Who is referred and for what, and how recovery and finishing differ between groups."""
    facts, courses = sample.facts, sample.courses
    yield _problems(facts, courses)
    for split, title, values in (
        ("age", "age at referral", courses.age_group),
        ("gender", "gender", courses.text("Gender")),
        ("ethnic_group", "ethnic group", _as_published(facts, courses.ethnic_group)),
        ("deprivation", "decile of deprivation", courses.decile),
    ):
        groups = [group for group in facts.groups_of(split) if group.code != "none"]
        counts = {group.code: float((values == group.code).sum()) for group in groups}
        published = {group.code: float(group.referrals) for group in groups}
        yield distribution(split, f"Referrals by {title}", "people", counts, published, ANNUAL)
        yield _recovery_gap(sample, f"{split}.recovery", f"Recovery by {title}", values, groups)
        yield _finishing_gap(sample, f"{split}.finishing", f"Finishing a course by {title}", values, groups)


def _problems(facts: Facts, courses: Courses) -> Margin:
    finished = courses.problem[courses.is_finished]
    groups = facts.groups_of("problem")
    counts = {group.code: float((finished == group.code).sum()) for group in groups}
    published = {group.code: float(group.finished) for group in groups}
    return distribution("problem", "Finished courses by problem", "people", counts, published, ANNUAL)


def _as_published(facts: Facts, values: np.ndarray) -> np.ndarray:
    published = {group.code.casefold(): group.code for group in facts.groups_of("ethnic_group")}
    return np.array([published.get(str(value).casefold(), "") for value in values], dtype=object)


def _recovery_gap(sample: Sample, name: str, title: str, values: np.ndarray, groups: Sequence[Group]) -> Margin:
    courses, whole = sample.courses, sample.facts.groups_of("all")[0].recovery_rate
    published = {group.code: group.recovery_rate for group in groups}
    return _gap(name, title, values, (courses.recovered, courses.judged), published, whole)


def _finishing_gap(sample: Sample, name: str, title: str, values: np.ndarray, groups: Sequence[Group]) -> Margin:
    """Finished of those that ended here. Published are two cohorts, so only the differences are compared."""
    courses, whole = sample.courses, sample.facts.groups_of("all")[0].finished_per_referral
    published = {group.code: group.finished_per_referral for group in groups}
    return _gap(name, title, values, (courses.is_finished, courses.is_ended), published, whole)


def _gap(
    name: str,
    title: str,
    values: np.ndarray,
    counted: tuple[np.ndarray, np.ndarray],
    published: Mapping[str, float],
    whole: float,
) -> Margin:
    above, below = counted
    rates = {
        code: (float((above & (values == code)).sum()), float((below & (values == code)).sum())) for code in published
    }
    overall = float(above.sum()) / max(1.0, float(below.sum()))
    return gap(name, title, "people", rates, published, (overall, whole), ANNUAL)


def providers(sample: Sample) -> Iterator[Margin]:
    """How far providers differ beyond chance, in percentage points at the overall rate."""
    courses, stages = sample.courses, stages_of(sample.courses)
    for name, title, above, below in (
        ("recovery", "recovery", courses.recovered, courses.judged),
        ("reliable_recovery", "reliable recovery", courses.recovered & courses.improved, courses.judged),
        ("improvement", "reliable improvement", courses.improved, courses.is_finished),
        ("treated_once", "being treated once", stages["once"], stages["once"] | stages["finished"]),
        ("ended_before", "ending before treatment", stages["before"], courses.is_ended),
    ):
        spread, counts = sample.facts.spread(name), _by_provider(courses, above, below)
        enough = len(counts) >= FEWEST_PROVIDERS
        value = (
            100 * fit_funnel([part for part, _ in counts], [whole for _, whole in counts]).spread if enough else None
        )
        rows, of = int(sum(whole for _, whole in counts)), f"Spread between providers of {title}, percentage points"
        yield points(f"spread.{name}", of, "providers", value, rows, spread.points, spread.source)


def _by_provider(courses: Courses, above: np.ndarray, below: np.ndarray) -> list[tuple[float, float]]:
    names, place = np.unique(courses.text("provider").astype(str), return_inverse=True)
    parts, wholes = (np.bincount(place, counted, len(names)) for counted in (above, below))
    return [(part, whole) for part, whole in zip(parts, wholes, strict=True) if whole >= SMALLEST_PROVIDER]


def label_of(facts: Facts, code: str) -> str:
    """What a published problem is called."""
    return next(group.label for group in facts.groups_of("problem") if group.code == code)
