"""How much more severe finished courses are at first than courses of single therapies, which begin within them.

Releases print means and deviations of first scores for courses of one therapy. Of finished courses as a whole they print
how many were not at caseness, and they print the same of single therapies. So both shares are read as points of one
bivariate normal distribution, and what lies between the points is the difference, in standard deviations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from scipy import optimize, stats

from caseness.instruments import instrument

Row = dict[str, Any]
# Of PHQ-9 with GAD-7 at first, between people. Assumed: no release gives it.
ACROSS = 0.65
FEWEST_COURSES = 3000
REASON = (
    "The share not at caseness is published for finished courses and for courses of one therapy; two normal scores that "
    f"correlate {ACROSS} (assumed) turn both into standard deviations. The anxiety measure is read as GAD-7."
)
SOURCE = "measures_annual.parquet, England: not_at_caseness, finished_course_treatment; proms_annual.parquet, England: not_caseness, courses_of_therapy, means and deviations at start"


def shifts(groups: Iterable[Row], courses: Iterable[Row], not_cases: Mapping[str, float]) -> Iterator[Row]:
    """By problem: how many standard deviations first scores lie above those of single therapies."""
    pooled = {course["problem"]: course for course in courses if course["therapy"] == "all"}
    for group in groups:
        problem = group["code"]
        if group["split"] in ("all", "problem") and problem in pooled and group["finished"] >= FEWEST_COURSES:
            whole = _place(group["not_at_caseness"] / group["finished"], pooled[problem])
            single = _place(not_cases[problem], pooled[problem])
            yield {
                "name": f"intake.{problem}.shift",
                "value": round(whole - single, 3),
                "unit": "standard deviations of PHQ-9 and of GAD-7",
                "basis": "fitted",
                "source": SOURCE,
                "reason": REASON,
            }


def _place(not_at_caseness: float, course: Row) -> float:
    """How far both means must move, in deviations, for this share to lie below both cut-offs."""
    means = np.array([course["phq9_start"], course["gad7_start"]])
    deviations = np.array([course["phq9_start_sd"], course["gad7_start_sd"]])
    # Scores are whole, so a case lies above the middle between the cut-off and the score below it.
    lines = [threshold.value - 0.5 for name in ("phq9", "gad7") if (threshold := instrument(name).caseness())]
    normal = stats.multivariate_normal(None, [[1, ACROSS], [ACROSS, 1]])  # pyright: ignore[reportArgumentType]

    def off(shift: float) -> float:
        return float(normal.cdf((np.array(lines) - means) / deviations - shift)) - not_at_caseness

    return float(optimize.bisect(off, -3, 3, xtol=1e-9))  # pyright: ignore[reportArgumentType]
