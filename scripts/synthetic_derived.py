"""Every fact that is published or fitted, worked out from the releases. The names are those that the generator asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from synthetic_fitting import contacts_from_two, table_from_margins, tail_by_hazard, tail_by_mean
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
    YEAR,
)
from synthetic_published import ANNUAL, FEWEST, MONTHLY, STABLE, Published

Row = dict[str, Any]
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


def monthly(measures: Iterable[str]) -> str:
    return f"{MONTHLY}, England, sum of the twelve months of {YEAR}: {', '.join(measures)}"


def annual(what: str) -> str:
    return f"{ANNUAL}, England, {YEAR}: {what}"


def number(name: str, value: float, unit: str, source: str, reason: str = "") -> Row:
    basis = "fitted" if reason else "published"
    return {"name": name, "value": value, "unit": unit, "basis": basis, "source": source, "reason": reason}


def shares(name: str, field: str, counts: Mapping[str, float], source: str, reason: str = "") -> Row:
    whole = sum(counts.values())
    # The last share takes what rounding leaves, so that a file of rounded shares still adds up to 1.
    parts = [round(count / whole, 6) for count in counts.values()]
    largest = parts.index(max(parts))
    parts[largest] = round(parts[largest] + 1 - sum(parts), 6)
    basis = "fitted" if reason else "published"
    return {
        "name": name,
        "field": field,
        "codes": list(counts),
        "shares": parts,
        "basis": basis,
        "source": source,
        "reason": reason,
    }


def curve(name: str, unit: str, points: tuple[list[float], list[float]], source: str, reason: str) -> Row:
    return {
        "name": name,
        "unit": unit,
        "shares": [round(share, 6) for share in points[0]],
        "values": [round(value, 2) for value in points[1]],
        "basis": "fitted",
        "source": source,
        "reason": reason,
    }


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


def curves(published: Published) -> Iterator[Row]:
    whole_days = "Bands are counted in whole days: take the floor of the curve."
    first = [published.total(measure) / published.total("M031") for measure in ("M032", "M036")]
    first += [1 - (published.total("M034") + published.total("M035")) / published.total("M031")]
    first += [1 - published.total("M035") / published.total("M031"), published.total("M037") / published.total("M031")]
    # Half a day is added to the published median and mean, which are of whole days.
    points = tail_by_mean(
        [0, 0.5, *first], [0, published.mean("M049", "median") + 0.5, 29, 43, 57, 91, 127], published.mean("M048") + 0.5
    )
    yield curve(
        "wait.first",
        "days",
        points,
        monthly(("M031", "M032", "M033", "M034", "M035", "M036", "M037", "M048", "M049")),
        f"{whole_days} Straight between the published points; the tail is set so that the mean is as published.",
    )
    parts = [published.total(measure) for measure in ("M024", "M025", "M026", "M027")]
    bands = list(np.cumsum(parts[:3]) / sum(parts))
    yield curve(
        "wait.assessment",
        "days",
        tail_by_hazard([0, *bands], [0, 29, 57, 91], 365),
        monthly(("M024", "M025", "M026", "M027")),
        f"{whole_days} Straight between the published bands; beyond 90 days the hazard of the last band goes on, to 365 days at most (assumed).",
    )
    yield _second(published, whole_days)
    yield _ages(published)
    yield _contacts(published)
    yield _sizes(published)


def second_wait_points(published: Published) -> tuple[list[float], list[float]]:
    held = published.groups("Waiting Time")
    of = {
        label: row["finished_course_treatment"]
        for (kind, label), row in held.items()
        if kind == "First to Second treatment"
    }
    whole = of["<=28 days"] + of["29-56 days"] + of["57-90 days"] + of[">90 days"]
    counts = [
        of["<=28 days"],
        of["<6 weeks"],
        of["<=28 days"] + of["29-56 days"],
        whole - of[">90 days"],
        of["<18 weeks"],
    ]
    return tail_by_hazard([0, *(count / whole for count in counts)], [0, 29, 43, 57, 91, 127], 600)


def second_wait_mean(published: Published) -> float:
    shares_, days = (np.array(part) for part in second_wait_points(published))
    return float(np.sum(np.diff(shares_) * (days[1:] + days[:-1]) / 2)) - 0.5


def _second(published: Published, whole_days: str) -> Row:
    points = second_wait_points(published)
    return curve(
        "wait.second",
        "days",
        points,
        annual("Waiting Time, First to Second treatment, finished courses"),
        f"{whole_days} Straight between the published bands; beyond 18 weeks the hazard of the last band goes on, to 600 days at most (assumed).",
    )


def _ages(published: Published) -> Row:
    held = published.groups("Age Group")
    counts = [held[label, "NULL"]["referrals_received"] for label in AGES]
    ends = list(np.cumsum(counts) / sum(counts))
    middle = (ends[1] + ends[2]) / 2
    points = ([0, *ends[:2], middle, *ends[2:5], 1.0], [16.0, 18.0, 26.0, 40.0, 65.0, 75.0, 90.0, 100.0])
    return curve(
        "age",
        "years",
        points,
        annual("Age Group, referrals received"),
        "Completed years: take the floor. Only the bands are published. Nobody below 16 or above 99, and half of those of 26 to 64 below 40, are assumed.",
    )


def _contacts(published: Published) -> Row:
    mean, median = published.total("M089") / published.total("M076"), round(published.mean("M142", "median"))
    size, parts = contacts_from_two(mean, median, 80)
    ends = [0.0, *np.cumsum(parts)]
    shares_, values = [], []
    for contact, (low, high) in enumerate(pairwise(ends), start=2):
        shares_ += [low, high]
        values += [float(contact), float(contact)]
    shares_[-1] = 1.0
    return curve(
        "finished.contacts",
        "treatment contacts",
        (shares_, values),
        monthly(("M089", "M076", "M142")),
        f"Two and a negative binomial of size {size:.3f}, from the published mean and median; the longest, of which the monthly maximum is {published.mean('M143', 'max'):.0f}, is cut at 80.",
    )


def _sizes(published: Published) -> Row:
    held = sorted(counts["referrals_received"] or 0 for counts in published.annual_providers.values())
    kept = np.array([count for count in held if count >= 5])
    at = np.array([0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1])
    points = ([float(share) for share in at], [float(value) for value in np.quantile(kept, at)])
    return curve(
        "provider.size",
        "referrals a year",
        points,
        f"{ANNUAL}, {len(kept)} providers, {YEAR}: referrals_received, rounded to 5",
        "Straight between quantiles; providers whose count is starred are left out.",
    )
