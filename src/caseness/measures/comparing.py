"""Our figures beside those of somebody else, line by line, as far as theirs were rounded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from math import inf

from caseness.measures.algebra import COUNT, PERCENTAGE
from caseness.results import COMPUTED, Results

SAME, DIFFERS, ONLY_OURS, ONLY_THEIRS, UNKNOWN = "same", "differs", "only ours", "only theirs", "cannot be told"
VERDICTS = (DIFFERS, ONLY_OURS, ONLY_THEIRS, UNKNOWN, SAME)
ENGLAND = "england"
# Half of the last place that was printed, and a little for the arithmetic. Below England counts are rounded to 5 and
# percentages to 1, and a count below 5 is a star; England's are exact and to one decimal. Source: the publication rules
# of the specification, section 3.3.
_DECIMAL, _WHOLE, _FIVE, _LITTLE = 0.05, 0.5, 2.5, 1e-9
_MOST_BEHIND_A_STAR = 4
_SUPPRESSED = "suppressed"

Key = tuple[str, date, date, str, str, str | None, str | None, str | None, str | None, str | None]
_KEY = (
    "figure_id",
    "period_start",
    "period_end",
    "level",
    "organisation",
    "commissioner",
    "split_1",
    "group_1",
    "split_2",
    "group_2",
)


@dataclass(frozen=True)
class Line:
    """One figure of both. A value is None where there is none."""

    figure_id: str
    period_start: date
    period_end: date
    level: str
    organisation: str
    commissioner: str | None
    split_1: str | None
    group_1: str | None
    split_2: str | None
    group_2: str | None
    ours: float | None
    theirs: float | None
    verdict: str

    @property
    def group(self) -> str:
        """The group of a breakdown, and nothing for a total."""
        return ": ".join(filter(None, (self.split_1, self.group_1, self.group_2)))


def compare(ours: Results, theirs: Results) -> tuple[Line, ...]:
    """Every figure of either, with what can be said of the two. Figures by a breakdown are compared with those of the same group.

    A figure of theirs that was computed is compared exactly, or within the ends that its policy let out; one that was published, within what its rounding leaves
    open. A star agrees with what can stand behind one: what lies between the ends that its policy let out; of a published one a
    count below 5, and any other figure. Which side a policy let out makes no difference.
    """
    mine, other = _by_key(ours), _by_key(theirs)
    keys = sorted({*mine, *other}, key=lambda key: tuple(map(str, key)))
    return tuple(_line(key, mine.get(key), other.get(key)) for key in keys)


def tally(lines: tuple[Line, ...]) -> dict[str, int]:
    """How many lines have each verdict, worst first."""
    counted = Counter(line.verdict for line in lines)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def _by_key(results: Results) -> dict[Key, dict]:
    names = (*_KEY, "statistic", "value", "low", "high", "reason", "basis")
    rows = results.table.select(names).to_pylist()
    return {tuple(row[name] for name in _KEY): row for row in rows}


def _line(key: Key, ours: dict | None, theirs: dict | None) -> Line:
    mine, other = (row["value"] if row else None for row in (ours, theirs))
    return Line(*key, mine, other, _verdict(ours, theirs))


def _verdict(ours: dict | None, theirs: dict | None) -> str:
    if ours is None or theirs is None:
        return ONLY_THEIRS if ours is None else ONLY_OURS
    if theirs["value"] is None:
        return _beside_a_blank(ours, theirs)
    if ours["value"] is None:
        return _beside_a_blank(theirs, ours) if _is_star(ours) else DIFFERS
    if _is_wider(theirs) or _is_wider(ours):
        return SAME if _meet(_reach_of(ours), _reach_of(theirs)) else DIFFERS
    return SAME if abs(ours["value"] - theirs["value"]) <= tolerance(theirs) + _LITTLE else DIFFERS


# What was let out under a policy says itself between which ends the truth lies.
def _is_wider(row: dict) -> bool:
    return _has_ends(row) and row["low"] < row["high"]


def _has_ends(row: dict) -> bool:
    return row["basis"] == COMPUTED and row["low"] is not None and row["high"] is not None


def _is_star(row: dict) -> bool:
    return row["value"] is None and row["reason"] == _SUPPRESSED


# A star of a policy of ours says its ends. One that was published stands for a count below 5, or for any other figure.
def _beside_a_blank(shown: dict, blank: dict) -> str:
    if not _is_star(blank) or shown["value"] is None:
        return SAME if shown["value"] is None and _is_star(shown) == _is_star(blank) else UNKNOWN
    if shown["statistic"] != COUNT:
        return UNKNOWN if _can_stand_behind(shown, blank) else DIFFERS
    return SAME if _can_stand_behind(shown, blank) else DIFFERS


def _can_stand_behind(shown: dict, star: dict) -> bool:
    return _meet(_reach_of(shown), _ends_of(star))


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] + _LITTLE and other[0] <= one[1] + _LITTLE


# Where the truth of a figure lies: between the ends that its policy let out, or within what rounding leaves open.
def _reach_of(row: dict) -> tuple[float, float]:
    if _is_wider(row):
        return row["low"], row["high"]
    return row["value"] - tolerance(row), row["value"] + tolerance(row)


def _ends_of(star: dict) -> tuple[float, float]:
    if _has_ends(star):
        return star["low"], star["high"]
    is_published_count = star["statistic"] == COUNT and star["basis"] != COMPUTED
    return (0, _MOST_BEHIND_A_STAR) if is_published_count else (-inf, inf)


def tolerance(theirs: dict) -> float:
    """How far a figure can lie from one of theirs that rounding made of it.

    >>> tolerance({"basis": "monthly file", "level": "provider", "statistic": "count"})
    2.5
    """
    if theirs["basis"] == COMPUTED:
        return 0.0
    if theirs["level"] == ENGLAND:
        return 0.0 if theirs["statistic"] == COUNT else _DECIMAL
    return {COUNT: _FIVE, PERCENTAGE: _WHOLE}.get(theirs["statistic"], _DECIMAL)
