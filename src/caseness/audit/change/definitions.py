"""Every definition of change: how the direction of a change is judged, and where the functional side begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from caseness.audit.change.model import Array, Bools
from caseness.audit.change.yardstick import Yardstick
from caseness.errors import UnknownName
from caseness.instruments.judging import DIGITS
from caseness.instruments.parts import ALPHA, RETEST, Threshold
from caseness.stats.change import CRITICAL, ONE_SIDED, TWO_SIDED, Sample, reliability_of_change, reliable_change_index
from caseness.stats.change_classes import by_amount, by_index, by_percentage
from caseness.stats.cut_offs import cut_offs, distance_beyond, is_functional, of_true_scores, outside_clinical
from caseness.stats.trajectory import fit, own_slopes
from caseness.stats.trajectory_sums import sums_by_person

Direct = Callable[[Yardstick, Array, Array], Array]
# Whether scores lie on the functional side: first scores, or with True last ones. Unknown ones do not.
Side = Callable[[Yardstick, Array, bool], Bools]

PROGRAMME = "programme"
# Reliability as internal consistency, and as the correlation of two measurements.
KINDS = {"alpha": ALPHA, "retest": RETEST}
JACOBSON_TRUAX = "Jacobson-Truax"
# As Claus and others ask of a mixed model, doi 10.18637/jss.v111.i01.
LEAST_SCORES = 3
_OTHERS = {
    "gln": "Gulliksen-Lord-Novick", "hll": "Hsu-Linn-Lord", "en": "Edwards-Nunnally", "nk": "Nunnally-Kotsch",
    "ha": "Hageman-Arrindell",
}  # fmt: skip
_SAYS = {
    "a": "outside the clinical range: two clinical deviations from the clinical mean",
    "b": "inside the functional range: two functional deviations from the functional mean",
    "c": "nearer to the functional mean than to the clinical, in deviations",
}


@dataclass(frozen=True, eq=False)
class Definition:
    """A definition of change. `is_reliable` says whether to recover somebody must also have improved by it."""

    id: str
    label: str
    says: str
    direct: Direct
    side: Side
    is_reliable: bool = True


def find_definition(name: str) -> Definition:
    """A definition by its id.

    >>> find_definition("jt-alpha").label
    'Jacobson-Truax, alpha'
    """
    found = {one.id: one for one in DEFINITIONS}
    if name not in found:
        raise UnknownName("definition of change", name, found, f"There are: {', '.join(found)}.")
    return found[name]


def by_programme(yardstick: Yardstick, first: Array, last: Array) -> Array:
    """By the programme's own smallest reliable change."""
    line = yardstick.lines.change
    if line is None:
        raise yardstick.lacking("the programme has no reliable change for it")
    gain = np.round((first - last) if yardstick.lower_is_better else (last - first), DIGITS)
    return np.where(np.isnan(gain), np.nan, _holds(line, gain) * 1.0 - _holds(line, -gain))


def at_programmes_line(yardstick: Yardstick, scores: Array, _is_last: bool) -> Bools:
    """By the programme's own cut-off."""
    line = yardstick.lines.case
    if line is None:
        raise yardstick.lacking("the programme has no cut-off for it")
    return ~np.isnan(scores) & ~_holds(line, scores)


def _holds(line: Threshold, values: Array) -> Bools:
    with np.errstate(invalid="ignore"):
        return np.asarray(line.holds(np.round(values, DIGITS)), bool)


# Jacobson and Truax compare with the spread of patients, wherever it is from. The others need the mean of the very
# people measured, since they ask what their last scores were to be.
def _by_index(index: str, statistic: str) -> Direct:
    def direct(yardstick: Yardstick, first: Array, last: Array) -> Array:
        if index == JACOBSON_TRUAX:
            reliability = yardstick.reliability(statistic).value
            sample = Sample(0.0, yardstick.deviation()[0], reliability)
        else:
            sample = yardstick.sample(statistic)
        if index == _OTHERS["ha"] and not reliability_of_change(sample) > 0:
            raise yardstick.lacking("its change in this record is no more than error")
        found = reliable_change_index(index, first, last, sample)
        return by_index(found, CRITICAL[index], yardstick.lower_is_better)

    return direct


def _at_cut_off(letter: str) -> Side:
    def side(yardstick: Yardstick, scores: Array, _is_last: bool) -> Bools:
        clinical = yardstick.clinical()
        if letter == "a":
            line = outside_clinical(clinical, yardstick.lower_is_better)
        else:
            line = getattr(cut_offs(clinical, yardstick.functional()), letter)
        return is_functional(scores, line, yardstick.lower_is_better)

    return side


# A last true score must lie beyond the cut-off of true scores by its own error; a first one only beyond it.
def _at_true_cut_off(statistic: str) -> Side:
    def side(yardstick: Yardstick, scores: Array, is_last: bool) -> Bools:
        sample = yardstick.sample(statistic)
        line = _true_line(yardstick, sample)
        if not is_last:
            return is_functional(scores, line, yardstick.lower_is_better)
        try:
            beyond = distance_beyond(scores, line, sample)
        except ValueError as problem:
            raise yardstick.lacking("last scores in this record scatter no more than their error") from problem
        return beyond < -ONE_SIDED if yardstick.lower_is_better else beyond > ONE_SIDED

    return side


def _true_line(yardstick: Yardstick, sample: Sample) -> float:
    populations = (yardstick.clinical(), yardstick.functional())
    if any(one.deviation <= sample.error for one in populations):
        raise yardstick.lacking("a population scatters no more than the error of measurement")
    return cut_offs(*(of_true_scores(one, sample.error) for one in populations)).c


# From all sessions, not from two. A person's slope is told from fewer than three scores by everybody else's alone.
def _by_own_slope(yardstick: Yardstick, _first: Array, _last: Array) -> Array:
    if yardstick.sessions is None:
        raise yardstick.lacking("the scores of all sessions are not at hand: derive with --scores")
    held, courses = yardstick.sessions, len(yardstick.first)
    none = np.zeros((courses, 0))
    sums = sums_by_person(held.course, np.log(held.session), held.score, none)
    yardstick.require_courses(int((sums.count >= LEAST_SCORES).sum()), "three")
    try:
        slope, error = own_slopes(fit(sums), sums)
    except ValueError as problem:
        raise yardstick.lacking("a mixed model cannot be fitted to its sessions") from problem
    index = np.where(sums.count >= LEAST_SCORES, slope / error, np.nan)
    return by_index(index, TWO_SIDED, yardstick.lower_is_better)


def _by_part(yardstick: Yardstick, first: Array, last: Array) -> Array:
    parts = (yardstick.assumptions.number(name) / 100 for name in ("change.response", "change.loss"))
    _require_from_nought(yardstick)
    return by_percentage(first, last, *parts, lower_is_better=yardstick.lower_is_better)


def _by_part_that_matters(yardstick: Yardstick, first: Array, last: Array) -> Array:
    _points_that_matter(yardstick)
    part = yardstick.assumptions.number("change.part_that_matters") / 100
    return by_percentage(first, last, part, part, yardstick.lower_is_better)


def _by_points_that_matter(yardstick: Yardstick, first: Array, last: Array) -> Array:
    points = _points_that_matter(yardstick)
    return by_amount(first, last, points, points, yardstick.lower_is_better)


def _points_that_matter(yardstick: Yardstick) -> float:
    known = {one.id: one.number for one in yardstick.assumptions.numbers if one.id.endswith("_that_matters")}
    name = f"change.{yardstick.instrument.id}_that_matters"
    if name not in known:
        raise yardstick.lacking("what patients notice was not found")
    return known[name]


def _require_from_nought(yardstick: Yardstick) -> None:
    if yardstick.instrument.low != 0 or not yardstick.lower_is_better:
        raise yardstick.lacking("a percentage means nothing on its scale")


def _declare() -> Iterator[Definition]:
    yield Definition(
        PROGRAMME, "The programme: recovery", "From case to no case. No smallest change is asked for.",
        by_programme, at_programmes_line, is_reliable=False,
    )  # fmt: skip
    yield Definition(
        f"{PROGRAMME}-reliable", "The programme: reliable recovery", "From case to no case, with a reliable improvement.",
        by_programme, at_programmes_line,
    )  # fmt: skip
    for kind, statistic in KINDS.items():
        yield from _jacobson_truax(kind, statistic)
    for name, index in _OTHERS.items():
        for kind, statistic in KINDS.items():
            says = "More change than the index allows for error, and across the programme's cut-off."
            yield Definition(
                f"{name}-{kind}", f"{index}, {kind}", says, _by_index(index, statistic), at_programmes_line
            )
    for kind, statistic in KINDS.items():
        says = "More true change than error, and a last true score beyond the cut-off of true scores by its own error."
        direct, side = _by_index(_OTHERS["ha"], statistic), _at_true_cut_off(statistic)
        yield Definition(f"ha-{kind}-true", f"{_OTHERS['ha']}, {kind}, true scores", says, direct, side)
    yield from _without_reliability()
    says = f"The slope of the person's own scores over log(session) is beyond its error; {LEAST_SCORES} scores or more."
    yield Definition("own-slopes", "Own slopes of a mixed model", says, _by_own_slope, at_programmes_line)


def _jacobson_truax(kind: str, statistic: str) -> Iterator[Definition]:
    direct, name, label = _by_index(JACOBSON_TRUAX, statistic), f"jt-{kind}", f"{JACOBSON_TRUAX}, {kind}"
    yield Definition(name, label, "More change than error, across the programme's cut-off.", direct, at_programmes_line)
    for letter, says in _SAYS.items():
        whole = f"More change than error, {says}."
        yield Definition(f"{name}-{letter}", f"{label}, cut-off {letter}", whole, direct, _at_cut_off(letter))


def _without_reliability() -> Iterator[Definition]:
    yield Definition(
        "part", "Part of the first score gained", "A response: half of the first score, unless that was changed.",
        _by_part, at_programmes_line,
    )  # fmt: skip
    yield Definition(
        "noticed-part", "What patients notice, as a part", "The smallest difference that matters, as a part of the first score.",
        _by_part_that_matters, at_programmes_line,
    )  # fmt: skip
    yield Definition(
        "noticed-points", "What patients notice, in points", "The smallest difference that matters, in points.",
        _by_points_that_matter, at_programmes_line,
    )  # fmt: skip


DEFINITIONS = tuple(_declare())
