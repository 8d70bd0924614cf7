"""What may be wrong with an entry of the lists of natural recovery: curves, marks and problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

GRADES = ("A", "B", "C", "D")

_CRITERIA = ("population", "outcome", "time", "directness")
_CURVE_KEYS = ("id", "label", "months", "recovered", "low", "high", "range", "assumes", "source", "grade")
_PROBLEM_KEYS = ("id", "group", "disorder", "judged")
# The remainder of all problems that have an entry of their own.
_OTHERS = "all-others"

# The disorders of the shipped trials (audit/natural/trial_arms.csv), as their file names them.
DISORDERS = (
    "Borderline Personality Disorder",
    "Depression",
    "Generalized Anxiety Disorder",
    "Obsessive Compulsive Disorder",
    "Panic Disorder",
    "Post-Traumatic Stress Disorder",
    "Social Anxiety Disorder",
    "Specific Phobia",
)


def check_curve(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[natural.curve]]`."""
    yield from _unknown(keys, _CURVE_KEYS)
    for name in ("label", "source"):
        if not isinstance(keys.get(name), str) or not keys[name]:
            yield f"it needs a {name} in quotes."
    if keys.get("grade", "D") not in GRADES:
        yield f"grade is {', '.join(GRADES[:-1])} or {GRADES[-1]}, not {keys['grade']!r}."
    if not _are_all(keys.get("assumes", []), str):
        yield "assumes is a list of sentences in quotes."
    yield from _months(keys.get("months"))
    yield from _lines(keys)


def check_applicability(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[natural.applicability]]`."""
    yield from _unknown(keys, ("id", *_CRITERIA, *(f"{name}_because" for name in _CRITERIA)))
    for name in _CRITERIA:
        mark = keys.get(name)
        if isinstance(mark, bool) or mark not in (0, 1, 2):
            yield f"{name} is 2 (matches), 1 (in part) or 0 (does not match), not {mark!r}."


def check_problem(keys: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with one `[[natural.problem]]`."""
    yield from _unknown(keys, _PROBLEM_KEYS)
    group, disorder = keys.get("group"), keys.get("disorder")
    if not isinstance(group, str) or bool(group) == (keys.get("id") == _OTHERS):
        yield f"it needs a group in quotes, which is empty for {_OTHERS!r} and only there."
    if disorder not in ("", *DISORDERS):
        yield f"disorder is empty or one of {', '.join(DISORDERS)}, not {disorder!r}."
    if not _is_number(keys.get("judged")) or keys["judged"] < 0:
        yield f"judged is a count of 0 or more, not {keys.get('judged')!r}."


def _unknown(keys: Mapping[str, Any], known: tuple[str, ...]) -> Iterator[str]:
    stray = [name for name in keys if name not in known]
    if stray:
        yield f"{', '.join(stray)}: there is no such key. There are: {', '.join(known)}."


def _months(months: object) -> Iterator[str]:
    if not isinstance(months, list) or not months or not _are_all(months, int | float):
        yield "months is a list of one number or more, such as [3, 6, 12]."
    elif months[0] <= 0 or any(later <= earlier for earlier, later in pairwise(months)):
        yield "months are above 0, and each is later than the one before."


def _lines(keys: Mapping[str, Any]) -> Iterator[str]:
    months, recovered = keys.get("months"), keys.get("recovered")
    for name in ("recovered", "low", "high"):
        if name in keys or name == "recovered":
            yield from _line(name, keys.get(name), months)
    for name, sign in (("low", 1), ("high", -1)):
        if _are_beyond(recovered, keys.get(name), sign):
            yield f"{name} lies beyond recovered at some month."


def _are_beyond(recovered: object, ends: object, sign: int) -> bool:
    if not (isinstance(recovered, list) and isinstance(ends, list)):
        return False
    pairs = zip(recovered, ends, strict=False)
    return any(sign * (value - end) < 0 for value, end in pairs if _is_number(value) and _is_number(end))


def _line(name: str, line: object, months: object) -> Iterator[str]:
    if not isinstance(line, list) or not line or not _are_all(line, int | float):
        yield f"{name} is a list of percentages, one for each month."
        return
    if isinstance(months, list) and len(line) != len(months):
        yield f"{name} has {len(line)} numbers for {len(months)} months."
    if not all(0 < value < 100 for value in line):
        yield f"{name} lies above 0 and below 100 %."
    if any(later < earlier for earlier, later in pairwise(line)):
        yield f"{name} never falls: who has recovered by one month has by the next."


def _are_all(listed: object, kind: Any) -> bool:
    return isinstance(listed, list) and all(isinstance(one, kind) and not isinstance(one, bool) for one in listed)


def _is_number(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)
