"""Every fact that is published or fitted, worked out from the releases. The names are those that the generator asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from synthetic_fitting import table_from_margins
from synthetic_labels import (
    AGES,
    ATTENDANCE,
    COURSE_THERAPY,
    DEPRIVATION,
    END_CODES,
    ETHNICITY,
    GENDER,
    HIGH_THERAPY,
    LOW_THERAPY,
    MEDIUM,
    PATHWAYS,
    PROBLEMS,
    SOURCES,
)
from synthetic_published import FEWEST, MONTHLY, STABLE, Published
from synthetic_rows import Row, annual, monthly, shares

OUTCOMES: Mapping[str, str] = {
    "referrals": "referrals_received",
    "finished": "finished_course_treatment",
    "at_caseness": "at_caseness",
    "not_at_caseness": "not_at_caseness",
    "recovered": "recovery",
    "reliably_recovered": "reliable_recovery",
    "improved": "improvement",
    "unchanged": "no_reliable_change",
    "deteriorated": "deterioration",
}
SCALES: Mapping[str, str] = {"phq9": "phq", "gad7": "gad", "wsas": "wsas"}
END_STAGES = ("before", "once", "finished")
# How much likelier a code is at a stage than its share alone would make it. Assumed: only the margins are published.
END_SEED: Mapping[str, tuple[float, float, float]] = {
    "50": (1, 0, 0),
    "10": (1, 2, 0),
    "11": (1, 2, 0),
    "12": (0.5, 3, 0.05),
    "13": (1, 2, 0.1),
    "14": (1, 2, 0.05),
    "16": (1, 1, 0),
    "17": (1, 1, 0),
    "95": (1, 1, 0),
    "46": (0, 0.15, 3),
    "47": (0, 0.5, 2),
    "48": (0, 1, 2),
    "49": (0, 0.3, 2),
    "96": (0, 1, 1),
    "invalid": (1, 1, 1),
    "none": (1, 1, 1),
}
SEED_REASON = (
    "The margins are published, the table is not. It is the one with those margins that is nearest to an assumed seed: "
    "codes for people who were not taken on are not given after a finished course, and completion seldom after one contact."
)


def months(published: Published) -> Iterator[Row]:
    for row in published.months:
        yield {
            "month": row["period"],
            "referrals": int(row["M001"]),
            "accessing": int(row["M031"]),
            "second": int(row["M184"]),
            "ended": int(row["M056"]),
            "ended_before": int(row["M153"]),
            "treated_once": int(row["M075"]),
            "finished": int(row["M076"]),
            "appointments": int(row["M082"]),
        }


def group(split: str, code: str, label: str, counts: Mapping[str, int]) -> Row:
    return {"split": split, "code": code, "label": label} | {
        ours: counts.get(theirs) for ours, theirs in OUTCOMES.items()
    }


def groups(published: Published) -> Iterator[Row]:
    """A group of which fewer than three people finished, or did any one thing, is left out."""
    for row in _all_groups(published):
        if all(row[key] is not None and row[key] >= FEWEST for key in OUTCOMES):
            yield row


def _all_groups(published: Published) -> Iterator[Row]:
    yield from (group("all", "all", "England", counts) for counts in published.groups("Total").values())
    plain = {
        "Age Group": ("age", {label: label for label in AGES}),
        "Gender": ("gender", GENDER),
        "Indices of Deprivation Decile": ("deprivation", DEPRIVATION),
    }
    for theirs, (ours, codes) in plain.items():
        held = published.groups(theirs)
        yield from (group(ours, code, label, held[label, "NULL"]) for label, code in codes.items())
    for (outer, inner), counts in sorted(published.groups("Ethnic Group").items()):
        if inner == "All":
            yield group("ethnic_group", outer if "/" not in outer else "none", outer, counts)
        else:
            yield group("ethnicity", ETHNICITY[inner], inner, counts)
    for (outer, inner), counts in sorted(published.groups("Presenting Complaint").items()):
        label = outer if inner == "NULL" else inner
        if label in PROBLEMS:
            yield group("problem", PROBLEMS[label], label, counts)


def _cells(published: Published) -> dict[tuple[str, str], dict[str, float]]:
    codes = {**PROBLEMS, "Total": "all"}
    return {
        (codes[problem], COURSE_THERAPY[therapy]): cell
        for (problem, therapy), cell in published.scores.items()
        if problem in codes
    }


def single_not_cases(published: Published) -> dict[str, float]:
    """By problem: the share of courses of one therapy that were not at caseness."""
    whole: dict[str, list[float]] = {}
    for (problem, _), cell in _cells(published).items():
        held = whole.setdefault(problem, [0, 0])
        held[0] += cell["not_caseness_count"]
        held[1] += cell["courses_of_therapy_count"]
    return {problem: part / courses for problem, (part, courses) in whole.items()}


def courses(published: Published) -> Iterator[Row]:
    """One row for each cell of enough courses, and pooled rows for each problem and for all."""
    cells = _cells(published)
    for problem in sorted({problem for problem, _ in cells}):
        pooled = course(problem, "all", [cell for key, cell in cells.items() if key[0] == problem])
        if pooled["courses"] >= STABLE:
            yield pooled
    for (problem, therapy), cell in sorted(cells.items()):
        if cell["courses_of_therapy_count"] >= STABLE:
            yield course(problem, therapy, [cell])


def course(problem: str, therapy: str, cells: Iterable[Mapping[str, float]]) -> Row:
    held = list(cells)
    weights = np.array([cell["courses_of_therapy_count"] for cell in held])
    row: Row = {"problem": problem, "therapy": therapy, "courses": int(weights.sum())}
    for ours, theirs in SCALES.items():
        for time in ("start", "end"):
            mean, deviation = _pool(held, weights, f"{theirs}_mean_{time}", f"{theirs}_sd_{time}")
            row |= {f"{ours}_{time}": round(mean, 2), f"{ours}_{time}_sd": round(deviation, 2)}
    return row


def _pool(
    held: list[Mapping[str, float]], weights: np.ndarray, mean_key: str, deviation_key: str
) -> tuple[float, float]:
    means, deviations = (np.array([cell[key] for cell in held]) for key in (mean_key, deviation_key))
    mean = float(np.average(means, weights=weights))
    return mean, float(np.average(deviations**2 + (means - mean) ** 2, weights=weights) ** 0.5)


def divisions(published: Published) -> Iterator[Row]:
    yield from _season(published)
    yield _sources(published)
    yield shares(
        "stage.at_end",
        "",
        {"before": published.total("M153"), "once": published.total("M075"), "finished": published.total("M076")},
        monthly(("M153", "M075", "M076")),
    )
    yield from _end_codes(published)
    for name, field, codes in (("attendance", "AttendOrDNACode", ATTENDANCE), ("medium", "ConsMechanism", MEDIUM)):
        yield shares(name, field, {code: published.total(measure) for measure, code in codes.items()}, monthly(codes))
    for name, codes in (("therapy.low", LOW_THERAPY), ("therapy.high", HIGH_THERAPY)):
        counts = {code: published.total(measure) for measure, code in codes.items()}
        if name == "therapy.high":
            counts["1026131000000100"] -= published.total("M343")
        source = monthly([*codes, "M343"])
        yield shares(
            name,
            "CodeProcAndProcStatus",
            counts,
            f"{source}; other high intensity (M108) less internet therapy logs (M343)"
            if name == "therapy.high"
            else monthly(codes),
        )
    yield from _pathways(published)


def _season(published: Published) -> Iterator[Row]:
    for name, measure in (("referrals", "M001"), ("accessing", "M031"), ("ended", "M056")):
        counts: dict[str, list[float]] = {}
        years: dict[int, float] = {}
        for row in published.months:
            year, month = map(int, row["period"].split("-"))
            years[year - (month < 4)] = years.get(year - (month < 4), 0) + row[measure]
        for row in published.months:
            year, month = map(int, row["period"].split("-"))
            counts.setdefault(f"{month:02d}", []).append(row[measure] / years[year - (month < 4)])
        means = {month: float(np.mean(parts)) for month, parts in sorted(counts.items())}
        source = (
            f"{MONTHLY}, England, {measure}, April 2021 to March 2026: mean share of each month in its financial year"
        )
        yield shares(f"season.{name}", "", means, source)


def _sources(published: Published) -> Row:
    counts = {code: published.total(measure) / len(codes) for measure, codes in SOURCES.items() for code in codes}
    return shares(
        "source",
        "SourceOfReferralIAPT",
        dict(sorted(counts.items())),
        monthly(SOURCES),
        "A measure that stands for several codes is divided evenly among them: nothing published divides it.",
    )


def _end_codes(published: Published) -> Iterator[Row]:
    counts = {code: published.total(measure) for measure, code in END_CODES.items()}
    counts |= {"invalid": published.total("M071"), "none": published.total("M072")}
    source = monthly([*END_CODES, "M071", "M072"])
    yield shares("end_code.all", "EndCode", counts, source)
    stages = [published.total(measure) for measure in ("M153", "M075", "M076")]
    # The three stages and the sixteen codes differ by a few referrals a year, so the stages are scaled to the codes.
    rows = np.array(stages) * sum(counts.values()) / sum(stages)
    seed = np.array([END_SEED[code] for code in counts]).T
    table = table_from_margins(seed * np.array(list(counts.values())), list(rows), list(counts.values()))
    for stage, row in zip(END_STAGES, table, strict=True):
        held = {code: float(count) for code, count in zip(counts, row, strict=True) if count / row.sum() > 1e-6}
        yield shares(f"end_code.{stage}", "EndCode", held, f"{source}; margins M153, M075, M076", SEED_REASON)


def _pathways(published: Published) -> Iterator[Row]:
    held = published.groups("Stepped Care Pathway")
    counts = {code: held[label, "NULL"]["finished_course_treatment"] for label, code in PATHWAYS.items()}
    yield shares("pathway", "", counts, annual("Stepped Care Pathway, finished courses"))
    first = {"high": "Assessment to first high intensity therapy", "low": "Assessment to first low intensity therapy"}
    yield shares(
        "pathway.first_stage",
        "",
        {code: held[label, "NULL"]["finished_course_treatment"] for code, label in first.items()},
        annual("Stepped Care Pathway, assessment to first high and first low intensity therapy"),
    )
    for split, name, field, width in (
        ("Disability Type", "disability", "DisabCode", 2),
        ("Long Term Condition Status", "ltc_status", "", None),
    ):
        rows = {label: row["referrals_received"] for (label, _), row in sorted(published.groups(split).items())}
        kept = {label[:width]: count for label, count in rows.items() if not label.startswith(("Invalid", "No Code"))}
        yield shares(name, field, kept, annual(f"{split}, referrals received"))
