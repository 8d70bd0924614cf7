"""A course as a picture: places of its lines, points and words, which a template writes as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from caseness.feedback import SessionScore

WIDTH, HEIGHT = 440, 236
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 20, 20, 52
# Marks of appointments without a score stand under the axis, and the days under them.
_STRIP, _DAYS = HEIGHT - 36, HEIGHT - 10
_MOST_TICKS = 5
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)
# So far beyond the last of all the axis goes on, at most: whoever was not seen for long leaves an end that is empty.
_BEYOND = timedelta(days=45)


@dataclass(frozen=True)
class Point:
    """A place in the picture, with what is written there."""

    x: float
    y: float
    words: str = ""


@dataclass(frozen=True)
class Drawing:
    """A picture of one course. `lines` are broken where a session has no score."""

    points: tuple[Point, ...]
    lines: tuple[str, ...]
    band: str
    caseness: Point | None
    not_measured: tuple[Point, ...]
    missed: tuple[Point, ...]
    days: tuple[Point, ...]
    totals: tuple[Point, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


@dataclass(frozen=True)
class Drawn:
    """What a picture is made of.

    `not_measured` are days of sessions without a score, `missed` those of appointments to which the client did not come,
    `band` has the day and both ends of what is expected at each session.
    """

    scores: Sequence[SessionScore]
    low: float
    high: float
    end: date
    caseness: float | None = None
    not_measured: Sequence[date] = ()
    missed: Sequence[date] = ()
    band: Sequence[tuple[date, float, float]] = ()


def draw(of: Drawn) -> Drawing:
    """The places of everything. There is at least one score."""
    scale = _scale(of)
    points = [Point(scale.x(one.day), scale.y(one.total)) for one in of.scores]
    return Drawing(
        points=tuple(_with_words(points, of.scores)),
        lines=tuple(_lines(points, of.scores)),
        band=_band(of, scale),
        caseness=None if of.caseness is None else Point(_LEFT, scale.y(of.caseness), f"{of.caseness:g}"),
        not_measured=tuple(Point(scale.x(day), _STRIP) for day in of.not_measured if scale.holds(day)),
        missed=tuple(Point(scale.x(day), _STRIP) for day in of.missed if scale.holds(day)),
        days=tuple(_days(scale)),
        totals=tuple(Point(_LEFT - 6, scale.y(total), f"{total:g}") for total in ticks(of.low, of.high)),
    )


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(_LEFT + 8 + part * (WIDTH - _LEFT - _RIGHT - 8), 1)

    def y(self, total: float) -> float:
        inside = min(max(total, self.low), self.high)
        part = (inside - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM), 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def _scale(of: Drawn) -> _Scale:
    first = of.scores[0].day
    seen = max((of.scores[-1].day, *of.not_measured, *of.missed))
    last = max(first + timedelta(days=7), seen, min(of.end, seen + _BEYOND))
    return _Scale(first, last, of.low, of.high)


# The first and the last total are written beside their points; the table has all of them.
def _with_words(points: Sequence[Point], scores: Sequence[SessionScore]) -> Iterable[Point]:
    ends = {0, len(points) - 1}
    for place, (point, score) in enumerate(zip(points, scores, strict=True)):
        yield Point(point.x, point.y, f"{score.total:g}" if place in ends else "")


def _lines(points: Sequence[Point], scores: Sequence[SessionScore]) -> Iterable[str]:
    held = [points[0]]
    for (before, after), point in zip(pairwise(scores), points[1:], strict=True):
        if after.session - before.session > 1:
            yield _path(held)
            held = []
        held.append(point)
    yield _path(held)


def _path(points: Sequence[Point]) -> str:
    return " ".join(f"{one.x:g},{one.y:g}" for one in points)


def _band(of: Drawn, scale: _Scale) -> str:
    upper = [Point(scale.x(day), scale.y(high)) for day, _, high in of.band]
    lower = [Point(scale.x(day), scale.y(low)) for day, low, _ in of.band]
    return _path([*upper, *reversed(lower)])


def _days(scale: _Scale) -> Iterable[Point]:
    every = (scale.last - scale.first) / 2
    for day in (scale.first, scale.first + every, scale.last):
        yield Point(scale.x(day), _DAYS, f"{day:%-d %b}")


def ticks(low: float, high: float) -> list[float]:
    """Round totals to write beside the axis, from the lowest.

    >>> ticks(0, 27), ticks(0, 500), ticks(1, 5)
    ([0, 10, 20], [0, 200, 400], [1, 2, 3, 4, 5])
    """
    step = next((one for one in _STEPS if (high - low) / one <= _MOST_TICKS - 1), _STEPS[-1])
    return [low + place * step for place in range(int((high - low) / step) + 1)]
