"""The margins of events: volumes, waits, endings, contacts and appointments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import ibis
import numpy as np
from ibis import _

from caseness import engine
from caseness.synthetic.journey import contacts_of, therapies_of
from caseness.synthetic.margin import Margin, amount, distribution, rate
from caseness.synthetic.sample import Sample

# The bands in which waits are published, each with the day at which the next begins.
BANDS: Mapping[str, int] = {"28 days or less": 29, "29 to 56 days": 57, "57 to 90 days": 91, "over 90 days": 1 << 20}
CONTACT_BANDS = ("2", "3 to 4", "5 to 7", "8 to 12", "13 to 20", "over 20")
_CONTACT_EDGES = (3, 5, 8, 13, 21)


def volumes(sample: Sample) -> Iterator[Margin]:
    """How many referrals there are at each step for each that ended, and in which months they come."""
    facts, courses = sample.facts, sample.courses
    months = courses.text("received")
    counts: dict[str, float] = {}
    for day in months:
        if day and sample.first_day <= day <= sample.last_day:
            counts[f"{day.month:02d}"] = counts.get(f"{day.month:02d}", 0) + 1
    season = facts.shares_of("season.referrals")
    if len(counts) == len(season.codes):
        yield distribution("season", "Referrals by month of the year", "volumes", counts, season.by_code, season.source)
    received, started = _within(sample, "received"), _within(sample, "first")
    ended = int(courses.is_ended.sum())
    finished = int(courses.is_finished.sum())
    for name, title, value, below in (
        ("accessing", "Accessing services for each referral received", started, received),
        ("ended", "Ended for each referral received", ended, received),
        ("finished", "Finished for each referral received", finished, received),
    ):
        published = facts.number(f"year.{name}") / facts.number("year.referrals")
        source = "measures_monthly.parquet, England: M031, M056, M076 over M001"
        yield amount(f"volume.{name}", title, "volumes", value / below if below else None, below, published, source)


def waits(sample: Sample) -> Iterator[Margin]:
    """The first and the second wait, in the published bands, with median and mean."""
    facts, courses = sample.facts, sample.courses
    started = _within_mask(sample, "first")
    first = courses.days("first", "received")[started]
    yield _bands("wait.first.bands", "Referral to first treatment", first, sample)
    curve = facts.curve("wait.first")
    yield amount(
        "wait.first.median",
        "Median days to first treatment",
        "waits",
        _median(first),
        len(first),
        float(np.floor(curve.at(0.5))),
        curve.source,
    )
    yield amount(
        "wait.first.mean",
        "Mean days to first treatment",
        "waits",
        _mean(first),
        len(first),
        curve.mean - 0.5,
        curve.source,
    )
    second = courses.days("second", "first")[courses.is_finished]
    yield _bands("wait.second.bands", "First to second treatment, finished courses", second, sample)
    gaps = courses.days("last", "first")[courses.is_finished]
    steps = courses.numbers("contacts")[courses.is_finished] - 1
    between = float(gaps.sum() / steps.sum()) if len(steps) else None
    yield amount(
        "gap.mean",
        "Days between treatment contacts, finished courses",
        "waits",
        between,
        len(gaps),
        facts.number("gap.mean"),
        "measures_monthly.parquet, England: M351",
    )


def _bands(name: str, title: str, days: np.ndarray, sample: Sample) -> Margin:
    curve = sample.facts.curve(name.removesuffix(".bands"))
    below = [float(np.interp(end, curve.values, curve.shares)) for end in BANDS.values()]
    published = dict(zip(BANDS, np.diff([0.0, *below]), strict=True))
    counts = np.bincount(np.searchsorted(list(BANDS.values()), days, side="right"), minlength=len(BANDS))
    held = dict(zip(BANDS, counts.tolist(), strict=False))
    return distribution(name, title, "waits", held, published, curve.source)


def endings(sample: Sample) -> Iterator[Margin]:
    """How far people had come when their referral ended, and the codes that say why it did."""
    facts, courses = sample.facts, sample.courses
    contacts_ = courses.numbers("contacts")
    stages = {
        "before": courses.is_ended & (contacts_ == 0),
        "once": courses.is_ended & (contacts_ == 1),
        "finished": courses.is_finished,
    }
    published = facts.shares_of("stage.at_end")
    counts = {stage: float(members.sum()) for stage, members in stages.items()}
    yield distribution(
        "stage.at_end", "How far it had come at the end", "endings", counts, published.by_code, published.source
    )
    treated = counts["once"] + counts["finished"]
    yield rate(
        "treated.once",
        "Treated once, of those treated",
        "endings",
        counts["once"],
        treated,
        facts.number("treated.once.share"),
        "measures_monthly.parquet, England: M075, M076",
    )
    for stage, members in (("all", courses.is_ended), *stages.items()):
        shares = facts.shares_of(f"end_code.{stage}")
        held = _counts(np.where(courses.text("EndCode") == "", "none", courses.text("EndCode"))[members])
        known = set(facts.shares_of("end_code.all").codes)
        held["invalid"] = sum(count for code, count in held.items() if code not in known)
        title = {
            "all": "End codes",
            "before": "End codes before treatment",
            "once": "End codes after one contact",
            "finished": "End codes of finished courses",
        }[stage]
        yield distribution(f"end_code.{stage}", title, "endings", held, shares.by_code, shares.source)


def contacts(sample: Sample) -> Iterator[Margin]:
    """How many treatment contacts finished courses have, and of which intensity."""
    facts, courses = sample.facts, sample.courses
    counts = courses.numbers("contacts")[courses.is_finished]
    source = "measures_monthly.parquet, England: M089, M076, M142"
    yield amount(
        "contacts.mean",
        "Mean treatment contacts of finished courses",
        "contacts",
        _mean(counts),
        len(counts),
        facts.number("finished.contacts.mean"),
        source,
    )
    yield amount(
        "contacts.median",
        "Median treatment contacts of finished courses",
        "contacts",
        _median(counts),
        len(counts),
        facts.number("finished.contacts.median"),
        source,
    )
    curve = facts.curve("finished.contacts")
    below = [float(np.interp(edge - 0.5, curve.values, curve.shares)) for edge in _CONTACT_EDGES]
    published = dict(zip(CONTACT_BANDS, np.diff([0.0, *below, 1.0]), strict=True))
    held = dict(
        zip(
            CONTACT_BANDS,
            np.bincount(np.searchsorted(_CONTACT_EDGES, counts, side="right"), minlength=6).tolist(),
            strict=True,
        )
    )
    yield distribution(
        "contacts.bands",
        "Treatment contacts of finished courses (fitted form)",
        "contacts",
        held,
        published,
        curve.source,
    )
    low, high = (courses.numbers(name)[courses.is_finished] for name in ("low", "high"))
    paths = np.where(low > 0, np.where(high > 0, "both", "low"), np.where(high > 0, "high", "none"))
    pathway = facts.shares_of("pathway")
    yield distribution(
        "pathway",
        "Intensities received by finished courses",
        "contacts",
        _counts(paths),
        pathway.by_code,
        pathway.source,
    )
    for name, held_counts in (("low", low[low > 0]), ("high", high[high > 0])):
        yield amount(
            f"contacts.{name}",
            f"Mean {name} intensity contacts, of finished courses with any",
            "contacts",
            _mean(held_counts),
            len(held_counts),
            facts.number(f"contacts.{name}.mean"),
            "measures_monthly.parquet, England: M120, M112",
        )


def appointments(sample: Sample) -> Iterator[Margin]:
    """Attendance, medium and therapies of appointments in the year."""
    facts = sample.facts
    held = contacts_of(sample.tables).filter(_.CareContDate.between(sample.first_day, sample.last_day))
    for name, title, rows in (
        ("attendance", "Attendance", held.group_by(code=_.AttendOrDNACode).aggregate(count=_.count())),
        (
            "medium",
            "Medium of attended contacts",
            held.filter(_.is_attended).group_by(code=_.ConsMechanism).aggregate(count=_.count()),
        ),
        (
            "app_type",
            "Type of attended appointments",
            held.filter(_.is_attended).group_by(code=_.AppType).aggregate(count=_.count()),
        ),
    ):
        shares = facts.shares_of(name)
        yield distribution(name, title, "appointments", _grouped(rows), shares.by_code, shares.source)
    booked = sum(_grouped(held.group_by(code=_.AttendOrDNACode).aggregate(count=_.count())).values())
    ended = int(sample.courses.is_ended.sum())
    yield amount(
        "appointments.per_ended",
        "Appointments booked for each referral that ended",
        "appointments",
        booked / ended if ended else None,
        ended,
        facts.number("appointments.per_ended"),
        "measures_monthly.parquet, England: M082, M056",
    )
    therapies = _grouped(therapies_of(sample.tables).group_by(code=_.therapy).aggregate(count=_.count()))
    for name in ("therapy.low", "therapy.high"):
        shares = facts.shares_of(name)
        title = f"Therapies of {'low' if name.endswith('low') else 'high'} intensity, by contacts"
        yield distribution(name, title, "appointments", therapies, shares.by_code, shares.source)


def _grouped(rows: ibis.Table) -> dict[str, float]:
    return {row["code"] or "": float(row["count"]) for row in engine.fetch(rows).to_pylist()}


def _counts(values: np.ndarray) -> dict[str, float]:
    names, counts = np.unique(values.astype(str), return_counts=True)
    return dict(zip(names.tolist(), counts.astype(float).tolist(), strict=True))


def _within_mask(sample: Sample, column: str) -> np.ndarray:
    return np.array(
        [
            day is not None and sample.first_day <= day <= sample.last_day
            for day in sample.courses.rows[column].to_pylist()
        ]
    )


def _within(sample: Sample, column: str) -> int:
    return int(_within_mask(sample, column).sum())


def _mean(values: np.ndarray) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _median(values: np.ndarray) -> float | None:
    return float(np.median(values)) if len(values) else None
