"""What would have happened anyway: second measurements against simulation, and estimates against a made-up truth."""

from __future__ import annotations

import numpy as np
from evidence_headline import LINE, began, true_recovery
from evidence_page import Board, Chapter, Size, percent, signed
from evidence_record import Truth

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.stats.recovery import average, fit
from caseness.stats.retest import chance_below, chance_below_both, expected_fall

# As the audit assumes of England's first scores: mean, deviation, reliability, and half a point below the cut-off.
_ASSUMED = read_shipped_assumptions()


def _scale(name: str, line: float) -> tuple[float, float, float, float]:
    mean, deviation, reliability = (
        _ASSUMED.number(f"natural.{name}_{part}") for part in ("mean", "deviation", "reliability")
    )
    return mean, deviation, reliability, line


PHQ9, GAD7 = _scale("phq9", 9.5), _scale("gad7", 7.5)
CORRELATION = _ASSUMED.number("natural.scale_correlation")
_DAYS = 365.25 / 12


def tell_natural(size: Size, truth: Truth) -> Chapter:
    """The chapter."""
    generator = np.random.default_rng(size.seed + 4)
    second, record = _second(generator, size.people), _record(truth)
    about = (
        "Formulas of a second measurement are held against people who do not change. The estimates of natural recovery are held against a made-up record, "
        "whose nature was itself set from published estimates: agreement there shows that the arithmetic is right, and nothing of England."
    )
    fails = (*(f"{row[0]}: {row[-1]}." for row in second.rows if row[-1].startswith("off")), *_misses(record))
    return Chapter("Natural recovery", about, (second, record), fails)


def _second(generator: np.random.Generator, people: int) -> Board:
    first, last = _twice(generator, people)
    cases = [one >= line for one, line in zip(first, (PHQ9[-1], GAD7[-1]), strict=True)]
    below = [one < line for one, line in zip(last, (PHQ9[-1], GAD7[-1]), strict=True)]
    either, both = cases[0] | cases[1], below[0] & below[1]
    means, deviations, reliabilities, lines = zip(PHQ9, GAD7, strict=True)
    formula = chance_below_both(means, deviations, reliabilities, lines, CORRELATION)[0]
    rows = [
        _compare(
            "Below the line of PHQ-9 again, of cases",
            chance_below(*PHQ9),
            float(below[0][cases[0]].mean()),
            int(cases[0].sum()),
        ),
        _compare("Below both lines, of cases on either", formula, float(both[either].mean()), int(either.sum())),
    ]
    fall = (last[0] - first[0])[cases[0]]
    expected, error = expected_fall(*PHQ9), 3 * float(fall.std()) / len(fall) ** 0.5
    verdict = "holds" if abs(fall.mean() - expected) <= error else f"off by {signed(float(fall.mean()) - expected)}"
    rows.append(("Fall of the mean PHQ-9 of cases", f"{expected:.2f}", f"{fall.mean():.2f}", verdict))
    return Board("A second measurement where nobody changes", ("What", "Formula", "Simulated", "Verdict"), tuple(rows))


def _compare(what: str, formula: float, found: float, number: int) -> tuple[str, ...]:
    error = 3 * (formula * (1 - formula) / number) ** 0.5
    verdict = "holds" if abs(found - formula) <= error else f"off by {signed(100 * (found - formula), 1)} points"
    return what, percent(formula, 2), percent(found, 2), verdict


def _twice(generator: np.random.Generator, people: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    between = CORRELATION / (PHQ9[2] * GAD7[2]) ** 0.5
    true = generator.multivariate_normal([0, 0], [[1, between], [between, 1]], people).T
    sides = []
    for _ in "12":
        sides.append([
            mean + deviation * (reliable**0.5 * level + (1 - reliable) ** 0.5 * generator.normal(0, 1, people))
            for (mean, deviation, reliable, _line), level in zip((PHQ9, GAD7), true, strict=True)
        ])  # fmt: skip
    return sides[0], sides[1]


def _record(truth: Truth) -> Board:
    chosen = began(truth) & ~np.isnan(truth.days)
    natural, observed = float((truth.untreated[chosen] < LINE).mean()), true_recovery(truth, after=True)
    months = truth.days[chosen] / _DAYS
    mean, variation = float(months.mean()), float(months.std() / months.mean())
    rows = [
        ("Truly recovered", percent(observed), ""),
        ("Would truly have recovered without treatment", percent(natural), "0.0"),
    ]
    for name, share in _estimates(mean, variation):
        rows.append((name, percent(share), signed(100 * (share - natural), 1)))
    note = (
        f"Of {int(chosen.sum()):,} finished courses, PHQ-9, {mean:.1f} months from referral to the last contact. What remains of recovery is {percent(observed - natural)} in truth, "
        "and is as far off as each estimate. SYNTHETIC."
    )
    return Board(
        "Estimates beside the truth of the made-up record",
        ("What", "Share", "Less the truth, in points"),
        tuple(rows),
        note,
    )


def _estimates(mean: float, variation: float) -> list[tuple[str, float]]:
    found = []
    for entry in _ASSUMED.entries_of("natural.curve"):
        curve = fit("monotone", entry.keys["months"], np.asarray(entry.keys["recovered"], float) / 100)
        outside = "" if entry.keys["months"][0] <= mean <= entry.keys["months"][-1] else ", extrapolated"
        found.append((f"{entry.keys['label']}, at the mean time{outside}", float(curve.share_at(mean))))
        found.append((f"{entry.keys['label']}, over times that differ{outside}", average(curve, mean, variation)))
    found.append(("A second measurement alone, PHQ-9", chance_below(*PHQ9)))
    return found


def _misses(record: Board) -> list[str]:
    return [
        f"In the made-up record, {row[0][:1].lower()}{row[0][1:]}: {row[2]} points from the truth."
        for row in record.rows[2:]
    ]
