"""The margins of events: volumes, waits, endings, contacts and appointments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import ibis
import numpy as np
from ibis import _

from caseness import engine
from caseness.synthetic.courses import Courses
from caseness.synthetic.facts import Facts
from caseness.synthetic.journey import contacts_of, therapies_of
from caseness.synthetic.margin import Margin, amount, distribution, rate
from caseness.synthetic.sample import Sample

# The bands in which waits are published, each with the day at which the next begins.
BANDS: Mapping[str, int] = {"28 days or less": 29, "29 to 56 days": 57, "57 to 90 days": 91, "over 90 days": 1 << 20}
CONTACT_BANDS: Sequence[str] = ("2", "3 to 4", "5 to 7", "8 to 12", "13 to 20", "over 20")
_CONTACT_EDGES = (3, 5, 8, 13, 21)
END_TITLES: Mapping[str, str] = {
    "all": "End codes",
    "before": "End codes before treatment",
    "once": "End codes after one treatment contact",
    "finished": "End codes of finished courses",
}
MONTHLY = "measures_monthly.parquet, England"


def volumes(sample: Sample) -> Iterator[Margin]:
    """How many referrals there are at each step for each that was received, and in which months they come."""
    facts, courses = sample.facts, sample.courses
    days = courses.rows["received"].to_pylist()
    received = [day for day, counts in zip(days, _within_mask(sample, "received"), strict=True) if counts]
    months, season = _counts(np.array([f"{day:%m}" for day in received])), facts.shares_of("season.referrals")
    # A record of less than a year has no season to compare.
    held = months if len(months) == len(season.codes) else {}
    yield distribution("season", "Referrals by month of the year", "volumes", held, season.by_code, season.source)
    for name, title, count in (
        ("accessing", "Accessing services for each referral received", _within_mask(sample, "first").sum()),
        ("ended", "Ended for each referral received", courses.is_ended.sum()),
        ("finished", "Finished for each referral received", courses.is_finished.sum()),
    ):
        published = facts.number(f"year.{name}") / facts.number("year.referrals")
        value = float(count) / len(received) if received else None
        source = f"{MONTHLY}: M031, M056 and M076 over M001"
        yield amount(f"volume.{name}", title, "volumes", value, len(received), published, source)


def waits(sample: Sample) -> Iterator[Margin]:
    """The first and the second wait, in the published bands, with median and mean."""
    courses = sample.courses
    # Who was referred before the record begins may have been treated before, so that wait is not known.
    received = courses.rows["received"].to_pylist()
    is_known = np.array([day is not None and day >= sample.begins for day in received], bool)
    first = courses.days("first", "received")[_within_mask(sample, "first") & is_known]
    curve = sample.facts.curve("wait.first")
    yield _bands("wait.first", "Referral to first treatment", first, sample)
    for name, title, value, published in (
        ("median", "Median days to first treatment", _median(first), float(np.floor(curve.at(0.5)))),
        # A curve is of days and parts of days, and what is published of whole days.
        ("mean", "Mean days to first treatment", _mean(first), curve.mean - 0.5),
    ):
        yield amount(f"wait.first.{name}", title, "waits", value, len(first), published, curve.source)
    second = courses.days("second", "first")[courses.is_finished]
    yield _bands("wait.second", "First to second treatment, finished courses", second, sample)
    yield _gap_between(sample)


def _gap_between(sample: Sample) -> Margin:
    courses = sample.courses
    days = courses.days("last", "first")[courses.is_finished]
    steps = courses.numbers("contacts")[courses.is_finished] - 1
    value = float(days.sum() / steps.sum()) if len(steps) else None
    title, published = "Days between treatment contacts, finished courses", sample.facts.number("gap.mean")
    return amount("gap.mean", title, "waits", value, len(days), published, f"{MONTHLY}: M351")


def _bands(name: str, title: str, days: np.ndarray, sample: Sample) -> Margin:
    curve = sample.facts.curve(name)
    below = [float(np.interp(end, curve.values, curve.shares)) for end in BANDS.values()]
    published = dict(zip(BANDS, np.diff([0.0, *below]), strict=True))
    held = _in_bands(tuple(BANDS), list(BANDS.values())[:-1], days)
    return distribution(f"{name}.bands", title, "waits", held, published, curve.source)


def endings(sample: Sample) -> Iterator[Margin]:
    """How far people had come when their referral ended, and the codes that say why it did."""
    facts, courses = sample.facts, sample.courses
    stages = stages_of(courses)
    stage = facts.shares_of("stage.at_end")
    counts = {name: float(members.sum()) for name, members in stages.items()}
    yield distribution(stage.name, "How far it had come at the end", "endings", counts, stage.by_code, stage.source)
    treated, once = counts["once"] + counts["finished"], facts.number("treated.once.share")
    title = "Treated once, of those treated"
    yield rate("treated.once", title, "endings", counts["once"], treated, once, f"{MONTHLY}: M075, M076")
    codes = np.where(courses.text("EndCode") == "", "none", courses.text("EndCode"))
    for name, members in (("all", courses.is_ended), *stages.items()):
        yield _end_codes(facts, name, codes[members])


def stages_of(courses: Courses) -> dict[str, np.ndarray]:
    """Which ended referrals had no treatment contact, one, or more."""
    count = courses.numbers("contacts")
    return {
        "before": courses.is_ended & (count == 0),
        "once": courses.is_ended & (count == 1),
        "finished": courses.is_finished,
    }


def _end_codes(facts: Facts, stage: str, codes: np.ndarray) -> Margin:
    shares, held = facts.shares_of(f"end_code.{stage}"), _counts(codes)
    known = facts.shares_of("end_code.all").codes
    held["invalid"] = sum(count for code, count in held.items() if code not in known)
    return distribution(shares.name, END_TITLES[stage], "endings", held, shares.by_code, shares.source)


def contacts(sample: Sample) -> Iterator[Margin]:
    """How many treatment contacts finished courses have, and of which intensity."""
    facts, courses = sample.facts, sample.courses
    counts = courses.numbers("contacts")[courses.is_finished]
    source = f"{MONTHLY}: M089, M076, M142"
    for name, value in (("mean", _mean(counts)), ("median", _median(counts))):
        title, expected = (
            f"{name.title()} treatment contacts of finished courses",
            facts.number(f"finished.contacts.{name}"),
        )
        yield amount(f"contacts.{name}", title, "contacts", value, len(counts), expected, source)
    curve = facts.curve("finished.contacts")
    below = [float(np.interp(edge - 0.5, curve.values, curve.shares)) for edge in _CONTACT_EDGES]
    published: dict[str, float] = dict(zip(CONTACT_BANDS, np.diff([0.0, *below, 1.0]).tolist(), strict=True))
    held = _in_bands(CONTACT_BANDS, _CONTACT_EDGES, counts)
    title = "Treatment contacts of finished courses (fitted form)"
    yield distribution("contacts.bands", title, "contacts", held, published, curve.source)
    yield from _intensities(sample)


def _intensities(sample: Sample) -> Iterator[Margin]:
    facts, courses = sample.facts, sample.courses
    counts = {name: courses.numbers(name)[courses.is_finished] for name in ("low", "high")}
    has_low, has_high = (count > 0 for count in counts.values())
    paths = np.where(has_low, np.where(has_high, "both", "low"), np.where(has_high, "high", "none"))
    shares, title = facts.shares_of("pathway"), "Intensities received by finished courses"
    yield distribution("pathway", title, "contacts", _counts(paths), shares.by_code, shares.source)
    for name, count in counts.items():
        title, held = f"Mean {name} intensity contacts, of finished courses with any", count[count > 0]
        published, source = facts.number(f"contacts.{name}.mean"), f"{MONTHLY}: M120, M112"
        yield amount(f"contacts.{name}", title, "contacts", _mean(held), len(held), published, source)


def appointments(sample: Sample) -> Iterator[Margin]:
    """Attendance, medium, type and therapies of the appointments of the year."""
    facts = sample.facts
    held = contacts_of(sample.tables).filter(_.CareContDate.between(sample.first_day, sample.last_day))
    attended = held.filter(_.is_attended)
    therapies = _grouped(therapies_of(sample.tables), "therapy")
    attendance = _grouped(held, "AttendOrDNACode")
    for name, title, counts in (
        ("attendance", "Attendance", attendance),
        ("medium", "Medium of attended contacts", _grouped(attended, "ConsMechanism")),
        ("app_type", "Type of attended appointments", _grouped(attended, "AppType")),
        ("therapy.low", "Therapies of low intensity, by contacts", therapies),
        ("therapy.high", "Therapies of high intensity, by contacts", therapies),
    ):
        shares = facts.shares_of(name)
        yield distribution(name, title, "appointments", counts, shares.by_code, shares.source)
    ended, booked = int(sample.courses.is_ended.sum()), sum(attendance.values())
    name, title = "appointments.per_ended", "Appointments booked for each referral that ended"
    value = booked / ended if ended else None
    yield amount(name, title, "appointments", value, ended, facts.number(name), f"{MONTHLY}: M082, M056")


def _in_bands(names: Sequence[str], edges: Sequence[int], values: np.ndarray) -> dict[str, float]:
    """How many values lie in each band. Each edge is where the next band begins."""
    counts = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(names))
    return dict(zip(names, counts.astype(float).tolist(), strict=True))


def _grouped(rows: ibis.Table, column: str) -> dict[str, float]:
    counted = engine.fetch(rows.group_by(code=rows[column]).aggregate(count=_.count()))
    return {row["code"] or "": float(row["count"]) for row in counted.to_pylist()}


def _counts(values: np.ndarray) -> dict[str, float]:
    names, counts = np.unique(values.astype(str), return_counts=True)
    return dict(zip(names.tolist(), counts.astype(float).tolist(), strict=True))


def _within_mask(sample: Sample, column: str) -> np.ndarray:
    days = sample.courses.rows[column].to_pylist()
    return np.array([day is not None and sample.first_day <= day <= sample.last_day for day in days], bool)


def _mean(values: np.ndarray) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _median(values: np.ndarray) -> float | None:
    return float(np.median(values)) if len(values) else None
