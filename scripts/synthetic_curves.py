"""The distributions: waits, ages, contacts and sizes of providers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from synthetic_fitting import contacts_from_two, tail_by_hazard, tail_by_mean
from synthetic_labels import AGES, YEAR
from synthetic_published import ANNUAL, Published
from synthetic_rows import Row, annual, curve, monthly


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
