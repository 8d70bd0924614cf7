"""The margins of people: scores, outcomes, who they are, and how providers differ."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caseness.stats.funnel import fit_funnel
from caseness.synthetic.courses import Courses
from caseness.synthetic.facts import Facts, Group
from caseness.synthetic.margin import Margin, amount, distribution, gap, mean, rate
from caseness.synthetic.sample import Sample

ANNUAL = "measures_annual.parquet, England"
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
        yield from _intake(facts, courses, code, _label(facts, code), courses.is_finished & (problem == code))
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
    source = "proms_annual.parquet, England, and the fitted shift to finished courses as a whole"
    for scale, title, centre, deviation in (
        ("phq9", "PHQ-9", course.phq9_start, course.phq9_start_sd),
        ("gad7", "GAD-7", course.gad7_start, course.gad7_start_sd),
    ):
        values = courses.numbers(f"{scale}_first")[members]
        values = values[~np.isnan(values)]
        value = float(values.mean()) if len(values) else None
        yield mean(
            f"intake.{code}.{scale}.mean",
            f"Mean first {title}, {label}",
            "scores",
            value,
            len(values),
            round(centre + shift * deviation, 2),
            deviation,
            source,
        )
        spread = float(values.std()) if len(values) > 1 else None
        yield amount(
            f"intake.{code}.{scale}.sd",
            f"Standard deviation of first {title}, {label}",
            "scores",
            spread,
            len(values),
            deviation,
            "proms_annual.parquet, England",
        )


def outcomes(sample: Sample) -> Iterator[Margin]:
    """What became of finished courses, over all and by problem."""
    facts, courses = sample.facts, sample.courses
    everybody = np.ones(len(courses.is_finished), bool)
    yield from _outcome(courses, facts.groups_of("all")[0], "all", "all", everybody)
    problem = courses.problem
    for code in SCORED_PROBLEMS:
        group = next(one for one in facts.groups_of("problem") if one.code == code)
        yield from _outcome(courses, group, code, group.label, problem == code)


def _outcome(courses: Courses, group: Group, code: str, label: str, members: np.ndarray) -> Iterator[Margin]:
    finished, judged = float((courses.is_finished & members).sum()), float((courses.judged & members).sum())
    yield rate(
        f"not_case.{code}",
        f"Not at caseness, {label}",
        "outcomes",
        float((courses.not_case & members).sum()),
        finished,
        group.not_at_caseness / group.finished,
        ANNUAL,
    )
    yield rate(
        f"recovery.{code}",
        f"Recovery, {label}",
        "outcomes",
        float((courses.recovered & members).sum()),
        judged,
        group.recovery_rate,
        ANNUAL,
    )
    both = courses.recovered & courses.improved & members
    yield rate(
        f"reliable_recovery.{code}",
        f"Reliable recovery, {label}",
        "outcomes",
        float(both.sum()),
        judged,
        group.reliable_recovery_rate,
        ANNUAL,
    )
    yield rate(
        f"improvement.{code}",
        f"Reliable improvement, {label}",
        "outcomes",
        float((courses.improved & members).sum()),
        finished,
        group.improvement_rate,
        ANNUAL,
    )
    yield rate(
        f"deterioration.{code}",
        f"Reliable deterioration, {label}",
        "outcomes",
        float((courses.deteriorated & members).sum()),
        finished,
        group.deterioration_rate,
        ANNUAL,
    )


def people(sample: Sample) -> Iterator[Margin]:
    """Who is referred and for what, and how recovery and finishing differ between groups."""
    facts, courses = sample.facts, sample.courses
    held = {
        "age": ("Age at referral", courses.age_group),
        "gender": ("Gender", courses.text("Gender")),
        "ethnic_group": ("Ethnic group", _title_case(facts, courses.ethnic_group)),
        "deprivation": ("Decile of deprivation", courses.decile),
        "problem": ("Problem descriptor", courses.problem),
    }
    for split, (title, values) in held.items():
        groups = {group.code: group for group in facts.groups_of(split)}
        known = {code: group for code, group in groups.items() if code != "none"}
        if split == "problem":
            finished = {code: float((values[courses.is_finished] == code).sum()) for code in groups}
            yield distribution(
                "problem",
                f"{title}, finished courses",
                "people",
                finished,
                {code: float(group.finished) for code, group in groups.items()},
                ANNUAL,
            )
            continue
        counts = {code: float((values == code).sum()) for code in known}
        yield distribution(
            split,
            f"{title}, referrals",
            "people",
            counts,
            {code: float(group.referrals) for code, group in known.items()},
            ANNUAL,
        )
        yield _recovery_gap(sample, split, title, values, known)
        yield _finishing_gap(sample, split, title, values, known)


def _title_case(facts: Facts, values: np.ndarray) -> np.ndarray:
    published = {group.code.casefold(): group.code for group in facts.groups_of("ethnic_group")}
    return np.array([published.get(str(value).casefold(), "") for value in values], dtype=object)


def _recovery_gap(sample: Sample, split: str, title: str, values: np.ndarray, groups: dict[str, Group]) -> Margin:
    courses = sample.courses
    rates = {
        code: (float((courses.recovered & (values == code)).sum()), float((courses.judged & (values == code)).sum()))
        for code in groups
    }
    overall = float(courses.recovered.sum()) / max(1.0, float(courses.judged.sum()))
    whole = sample.facts.groups_of("all")[0].recovery_rate
    return gap(
        f"{split}.recovery",
        f"Recovery by {title.lower()}",
        "people",
        rates,
        {code: group.recovery_rate for code, group in groups.items()},
        (overall, whole),
        ANNUAL,
    )


def _finishing_gap(sample: Sample, split: str, title: str, values: np.ndarray, groups: dict[str, Group]) -> Margin:
    """Finished for each referral that ended here; published are two cohorts, so only the differences are compared."""
    courses = sample.courses
    rates = {
        code: (
            float((courses.is_finished & (values == code)).sum()),
            float((courses.is_ended & (values == code)).sum()),
        )
        for code in groups
    }
    overall = float(courses.is_finished.sum()) / max(1.0, float(courses.is_ended.sum()))
    whole = sample.facts.groups_of("all")[0].finished_per_referral
    return gap(
        f"{split}.finishing",
        f"Finishing a course by {title.lower()}",
        "people",
        rates,
        {code: group.finished_per_referral for code, group in groups.items()},
        (overall, whole),
        ANNUAL,
    )


def providers(sample: Sample) -> Iterator[Margin]:
    """How far providers differ beyond chance, in percentage points at the overall rate."""
    courses, facts = sample.courses, sample.facts
    contacts = courses.numbers("contacts")
    treated = courses.is_ended & (contacts >= 1)
    for name, title, above, below in (
        ("recovery", "recovery", courses.recovered, courses.judged),
        ("reliable_recovery", "reliable recovery", courses.recovered & courses.improved, courses.judged),
        ("improvement", "reliable improvement", courses.improved, courses.is_finished),
        ("treated_once", "being treated once", treated & (contacts == 1), treated),
        ("ended_before", "ending before treatment", courses.is_ended & (contacts == 0), courses.is_ended),
    ):
        spread = facts.spread(name)
        counts = _by_provider(courses, above, below)
        value, rows = None, int(sum(whole for _part, whole in counts))
        if len(counts) >= FEWEST_PROVIDERS:
            value = 100 * fit_funnel(*zip(*counts, strict=True)).spread
        # The page prints points; a tenth of so small a number would be too strict, so a point is the tolerance.
        margin = amount(
            f"spread.{name}",
            f"Spread between providers of {title}, points",
            "providers",
            value,
            rows,
            spread.points,
            spread.source,
        )
        yield in_points(margin)


def in_points(margin: Margin) -> Margin:
    """A spread: the distance is in percentage points, and two points are let pass."""
    part = margin.parts[0]
    distance = None if part.synthetic is None else abs(part.synthetic - part.published)
    return Margin(
        margin.name, margin.title, margin.chapter, "points", margin.parts, distance, 2.0, margin.rows, margin.source
    )


def _by_provider(courses: Courses, above: np.ndarray, below: np.ndarray) -> list[tuple[float, float]]:
    provider = courses.text("provider")
    held = (
        (float((above & (provider == one)).sum()), float((below & (provider == one)).sum()))
        for one in np.unique(provider)
    )
    return [(part, whole) for part, whole in held if whole >= SMALLEST_PROVIDER]


def _label(facts: Facts, code: str) -> str:
    return next(group.label for group in facts.groups_of("problem") if group.code == code)
