"""The reference page of the facts that made-up records are calibrated to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reference_pages import code, table

from caseness.synthetic.facts import Course, Facts, Group, load_facts

_INTRODUCTION = """# Facts behind synthetic records

What `caseness synthesise` is calibrated to: England, {year}. *Published* is read or worked out from NHS England's releases alone.
*Fitted* needs an assumption, which is told. *Assumed* is in no release that was read. `scripts/fit_synthetic.py` writes the first
two from the releases. [Calibration](../explanation/calibration.md) says how.
"""
_RATES = ("recovery_rate", "reliable_recovery_rate", "improvement_rate", "deterioration_rate", "finished_per_referral")
_MOMENTS = ("start", "start_sd", "end", "end_sd")
# A curve of many steps is shown at these shares alone.
_AT = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def synthetic_facts_page() -> str:
    """Every fact with its value, basis, source and reason."""
    facts = load_facts()
    return "".join((_INTRODUCTION.format(year=facts.year), *_named(facts), *_groups(facts), *_courses(facts)))


def _named(facts: Facts) -> Iterator[str]:
    origin = ("basis", "source", "reason")
    yield _part(
        "Numbers",
        ("name", "value", "unit", *origin),
        ((code(one.name), f"{one.value:.6g}", one.unit, one.basis, one.source, one.reason) for one in facts.numbers),
    )
    yield _part(
        "Divisions",
        ("name", "column", "shares", *origin),
        (
            (code(one.name), one.field, _pairs(one.by_code.items()), one.basis, one.source, one.reason)
            for one in facts.shares
        ),
    )
    yield _part(
        "Distributions",
        ("name", "unit", "value below which this share lies", "mean", *origin),
        (
            (code(one.name), one.unit, _points(one.at(_AT)), f"{one.mean:.4g}", one.basis, one.source, one.reason)
            for one in facts.curves
        ),
    )
    yield _part(
        "Spread between providers",
        ("name", "rate of all", "standard deviation, percentage points", "providers", *origin),
        (
            (code(one.name), f"{one.centre:.4f}", f"{one.points:.2f}", one.providers, one.basis, one.source, one.reason)
            for one in facts.spreads
        ),
    )


def _groups(facts: Facts) -> Iterator[str]:
    yield _part(
        "Groups",
        ("breakdown", "code", "label", "referrals", "finished", *(name.replace("_", " ") for name in _RATES)),
        (
            (one.split, code(one.code), one.label, f"{one.referrals:,}", f"{one.finished:,}", *_rates(one))
            for one in facts.groups
        ),
        facts.group_source,
    )


def _courses(facts: Facts) -> Iterator[str]:
    yield _part(
        "Scores by problem and therapy",
        ("problem", "therapy", "courses", "PHQ-9", "GAD-7", "WSAS"),
        ((code(one.problem), code(one.therapy), f"{one.courses:,}", *_scores(one)) for one in facts.courses),
        f"{facts.course_source}. Each cell: mean first score (standard deviation), mean last score (standard deviation)",
    )


def _rates(group: Group) -> Iterator[str]:
    return (f"{getattr(group, name):.3f}" for name in _RATES)


def _scores(course: Course) -> Iterator[str]:
    for scale in ("phq9", "gad7", "wsas"):
        start, start_sd, end, end_sd = (getattr(course, f"{scale}_{part}") for part in _MOMENTS)
        yield f"{start} ({start_sd}), {end} ({end_sd})"


def _part(title: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], source: str = "") -> str:
    told = f"{source}.\n\n" if source else ""
    return f"\n## {title}\n\n{told}{table(columns, rows)}"


def _pairs(items: Iterable[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {share:.4f}" for name, share in items)


def _points(values: Iterable[float]) -> str:
    return ", ".join(f"{share:.0%} {value:.1f}" for share, value in zip(_AT, values, strict=True))
