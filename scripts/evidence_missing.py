"""Recovery where outcomes are missing: what the audit shows, beside a truth that nobody there would know."""

from __future__ import annotations

import numpy as np
from evidence_headline import LINE
from evidence_page import Board, Chapter, Size, percent, signed
from evidence_record import Truth
from numpy.typing import NDArray

from caseness.stats.bounds import exact
from caseness.stats.missing import complete

Bools = NDArray[np.bool_]

# Assumed: half recover, fewer of the severe; a fifth of outcomes are missing, by one of these ways.
MISSING = 0.2
WAYS = (
    "whoever it is",
    "more often of severe cases",
    "more often of those who did not recover",
    "almost only of those who did not recover",
)


def tell_missing(size: Size, truth: Truth) -> Chapter:
    """The chapter."""
    generator = np.random.default_rng(size.seed + 3)
    simulated = Board(
        "A fifth of outcomes is missing",
        (
            "Missing",
            "Truth",
            "Known only, bias",
            "Not recovered if missing, bias",
            "Bounds",
            "Bounds that hold the truth",
            "Verdict",
        ),
        tuple(_way(generator, size, way) for way in WAYS),
        "Bias in points, over all samples. The bounds are those of `caseness missing`: none and all of the unknown recovered. They promise to "
        "hold the truth of the very people always, and no more.",
    )
    record = _record(truth)
    fails = (
        *(
            f"Missing {row[0]}: the rate of those whose outcome is known is off by {row[2]} points, and counting the rest as not recovered by {row[3]}."
            for row in simulated.rows
        ),
        _leaving(record),
    )
    about = f"{size.repeats} samples of {size.service} people, and the made-up record. Nobody's outcome is filled in by the audit, so there is no imputation to judge."
    return Chapter("Missing outcomes", about, (simulated, record), fails)


def _way(generator: np.random.Generator, size: Size, way: str) -> tuple[str, ...]:
    found = np.array([_once(generator, size.service, way) for _ in range(size.repeats)])
    truth, known, counted, low, high = found.mean(axis=0)
    held = ((found[:, 3] <= found[:, 0] + 1e-9) & (found[:, 0] <= found[:, 4] + 1e-9)).mean()
    verdict = "holds" if held == 1 else f"off by {signed(100 * (held - 1), 1)} points"
    bounds = f"{percent(low)} to {percent(high)}"
    return (
        way,
        percent(truth),
        signed(100 * (known - truth), 1),
        signed(100 * (counted - truth), 1),
        bounds,
        percent(held, 0),
        verdict,
    )


def _once(generator: np.random.Generator, people: int, way: str) -> tuple[float, ...]:
    severity = generator.normal(0, 1, people)
    recovered = generator.random(people) < 1 / (1 + np.exp(0.8 * severity))
    missing = generator.random(people) < _chance(way, severity, recovered)
    having, lacking = ((flags & ~missing).sum() for flags in (recovered, ~recovered))
    ends = complete(*(exact(float(one)) for one in (having, lacking, people)))
    known = having / (people - missing.sum())
    return (
        float(recovered.mean()),
        float(known),
        having / people,
        float(ends.none.value[0]) / 100,
        float(ends.all.value[0]) / 100,
    )


def _chance(way: str, severity: NDArray[np.float64], recovered: Bools) -> NDArray[np.float64]:
    if way == WAYS[1]:
        return np.clip(MISSING * np.exp(0.8 * severity) / np.exp(0.32), 0, 1)
    likelier = {WAYS[2]: 3.0, WAYS[3]: 19.0}.get(way, 1.0)
    return np.where(recovered, 2 / (1 + likelier), 2 * likelier / (1 + likelier)) * MISSING


def _record(truth: Truth) -> Board:
    treated, cases = truth.treated, truth.true_first >= LINE
    measured = truth.finished & ~np.isnan(truth.first + truth.last)
    groups = {
        "Finished, with both scores": measured,
        "Finished, without a last score": truth.finished & ~measured,
        "Treated once, and left": treated & ~truth.finished,
        "All who were treated at least once": treated,
    }
    rows = tuple(_group(name, truth, flags & cases, measured) for name, flags in groups.items())
    note = "True recovery is that of the level after the last contact, of those whose level began on the clinical side. SYNTHETIC."
    columns = (
        "Of whom",
        "Courses",
        "True recovery",
        "As measured (10 on PHQ-9)",
        "Counting all others as not recovered",
    )
    return Board("Those who left, in the made-up record", columns, rows, note)


def _group(name: str, truth: Truth, flags: Bools, measured: Bools) -> tuple[str, ...]:
    true = float((truth.true_end[flags] < LINE).mean()) if flags.any() else float("nan")
    seen = flags & measured
    recovered = seen & (truth.first >= LINE) & (truth.last < LINE)
    cases = seen & (truth.first >= LINE)
    rate = float(recovered.sum() / cases.sum()) if cases.any() else float("nan")
    counted = float(recovered.sum() / flags.sum()) if flags.any() else float("nan")
    return name, f"{int(flags.sum()):,}", percent(true), percent(rate), percent(counted)


def _leaving(record: Board) -> str:
    first, everybody = record.rows[0], record.rows[-1]
    return (
        f"In the made-up record {everybody[2]} of all who were treated truly recovered. The rate of those with both scores, {first[3]}, is too high for them, "
        f"and counting everybody else as not recovered, {everybody[4]}, is too low."
    )
