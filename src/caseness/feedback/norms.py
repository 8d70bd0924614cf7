"""Norms: what is usual of people who began alike, how well that held for people kept apart, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from caseness.stats.trajectory import Course
from caseness.stats.trajectory_bands import Quantiles, model_band, read_quantile

Array = NDArray[np.float64]

ALL = "all"
# The quartiles and the middle, for whoever draws a band.
_QUARTILES = (0.25, 0.5, 0.75)


def levels_of(contents: Iterable[float]) -> tuple[float, ...]:
    """The quantiles that bands of some contents need, and the quartiles.

    Examples
    --------
    >>> levels_of([0.8, 0.9])
    (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    """
    tails = [_tail(content) for content in contents]
    return tuple(sorted({*_QUARTILES, *tails, *(round(1 - tail, 6) for tail in tails)}))


def _tail(content: float) -> float:
    return round((1 - content) / 2, 6)


@dataclass(frozen=True)
class Covered:
    """How a band did among people kept apart, in one group. `inside`, `below` and `above` are parts of the scores."""

    by: str
    group: str
    content: float
    scores: int
    people: int
    inside: float
    low: float
    high: float
    below: float
    above: float


@dataclass(frozen=True)
class Measured:
    """Courses of people kept apart, by whether a signal was raised before the last score and whether the outcome came."""

    signal: str
    outcome: str
    hits: int
    false_alarms: int
    missed: int
    rightly_silent: int
    unknown: int


@dataclass(frozen=True, eq=False)
class Norm:
    """Norms of one questionnaire and one intensity.

    `margins` widen the band of each content, for people not seen yet. `model` is the mixed model on log(session), less
    `centre` of intake; None where it could not be fitted, and `why_no_model` says why. `why_not` says why the norm may
    not be used, nothing where it passed.
    """

    instrument_id: str
    intensity: str
    courses: int
    people: int
    scores: int
    quantiles: Quantiles
    margins: Mapping[float, float]
    model: Course | None
    centre: float
    why_no_model: str
    covered: tuple[Covered, ...]
    measured: tuple[Measured, ...]
    why_not: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether the bands held, for people kept apart, as well as is asked for."""
        return not self.why_not

    @property
    def contents(self) -> tuple[float, ...]:
        """The contents of its bands, the narrow one first."""
        return tuple(sorted(self.margins))

    def band(self, intake: ArrayLike, session: ArrayLike, content: float) -> tuple[Array, Array]:
        """Between which scores that part of people lies who began alike: from the scores themselves, with the margin.

        Parameters
        ----------
        intake, session : arrays, shape (n,)
        content : one of `contents`

        Returns
        -------
        lower, upper : arrays of float, shape (n,)
            NaN at session 1, after the last session, and where too few people were seen.
        """
        return self.lower(intake, session, content), self.upper(intake, session, content)

    def lower(self, intake: ArrayLike, session: ArrayLike, content: float) -> Array:
        """The lower end of a band, as `band` has it."""
        return read_quantile(self.quantiles, intake, session, _tail(content)) - self.margins[content]

    def upper(self, intake: ArrayLike, session: ArrayLike, content: float) -> Array:
        """The upper end of a band, as `band` has it."""
        return read_quantile(self.quantiles, intake, session, round(1 - _tail(content), 6)) + self.margins[content]

    def middle(self, intake: ArrayLike, session: ArrayLike) -> Array:
        """The middle of people who began alike. NaN where there is no band."""
        return read_quantile(self.quantiles, intake, session, 0.5)

    def band_of_model(
        self, intake: ArrayLike, session: ArrayLike, content: float, confidence: float | None = None
    ) -> tuple[Array, Array]:
        """The same by the mixed model, without the margin. NaN where there is no model.

        With `confidence` it is a tolerance band, widened for having been estimated.
        """
        x, s = np.broadcast_arrays(np.atleast_1d(np.asarray(intake, float)), np.asarray(session, float))
        if self.model is None:
            return np.full(x.shape, np.nan), np.full(x.shape, np.nan)
        return model_band(self.model, np.log(s), x - self.centre, content, confidence)


@dataclass(frozen=True)
class SignOff:
    """Who enabled norms, and on which day. `content` is the hash of what was enabled."""

    officer: str
    on: date
    content: str


@dataclass(frozen=True, eq=False)
class Norms:
    """All norms that were fitted on one record. `providers` are the codes of the services whose people they are of.

    `not_fitted` says what was left out, and why.
    """

    record: str
    providers: tuple[str, ...]
    months: tuple[str, ...]
    made_up: str
    version: str
    options: Mapping[str, str]
    rules: Mapping[str, float]
    norms: tuple[Norm, ...]
    not_fitted: tuple[str, ...]
    content: str = ""
    sign_off: SignOff | None = None

    def find(self, instrument_id: str, intensity: str) -> Norm | None:
        """The norms of a questionnaire and an intensity, None where there are none."""
        held = (one for one in self.norms if (one.instrument_id, one.intensity) == (instrument_id, intensity))
        return next(held, None)

    def lack(self, providers: Iterable[str]) -> tuple[str, ...]:
        """Those of some providers whose people these norms are not of, in the order of their codes."""
        return tuple(sorted(set(providers) - set(self.providers)))

    @property
    def is_enabled(self) -> bool:
        """Whether somebody enabled just this content."""
        return self.sign_off is not None and self.sign_off.content == self.content
