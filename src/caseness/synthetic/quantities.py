"""The kinds of value that a fact can be: a number, shares, a curve, a spread. Each names its source.

A value is *published* (read or worked out from releases alone), *fitted* (worked out from releases with the help of
something assumed) or *assumed*. What is not published carries the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

BASES = ("published", "fitted", "assumed")


@dataclass(frozen=True)
class Number:
    """One number, with its unit. `reason` says why it is not simply published, and is empty where it is."""

    name: str
    value: float
    unit: str
    basis: str
    source: str
    reason: str = ""

    def __post_init__(self) -> None:
        _require_origin(self.name, self.basis, self.source, self.reason)


@dataclass(frozen=True)
class Shares:
    """How a whole is divided. The shares add up to 1, and stand in the order of their codes.

    `field` is the official name of the column whose codes these are, or empty where the parts are our own words.
    """

    name: str
    field: str
    codes: tuple[str, ...]
    shares: tuple[float, ...]
    basis: str
    source: str
    reason: str = ""

    def __post_init__(self) -> None:
        _require_origin(self.name, self.basis, self.source, self.reason)
        _require(len(self.codes) == len(self.shares) == len(set(self.codes)), f"{self.name}: one share for each code")
        _require(all(share >= 0 for share in self.shares), f"{self.name}: a share is not negative")
        _require(isclose(sum(self.shares), 1, abs_tol=1e-9), f"{self.name}: the shares add up to 1")

    @cached_property
    def by_code(self) -> dict[str, float]:
        """The share of each code."""
        return dict(zip(self.codes, self.shares, strict=True))


@dataclass(frozen=True)
class Curve:
    """A distribution, by points of its quantile function: below `values[i]` lie `shares[i]` of all.

    Between two points it is a straight line. The first share is 0 and the last is 1.
    """

    name: str
    unit: str
    shares: tuple[float, ...]
    values: tuple[float, ...]
    basis: str
    source: str
    reason: str = ""

    def __post_init__(self) -> None:
        _require_origin(self.name, self.basis, self.source, self.reason)
        _require(len(self.shares) == len(self.values) >= 2, f"{self.name}: one value for each share")
        _require(self.shares[0] == 0 and self.shares[-1] == 1, f"{self.name}: from share 0 to share 1")
        _require(_rises(self.shares) and _rises(self.values), f"{self.name}: shares and values never fall")

    def at(self, shares: ArrayLike) -> np.ndarray:
        """The values below which these shares of all lie. Any shape; shares in 0..1.

        >>> wait = Curve("wait", "days", (0, 0.5, 1), (0, 14, 90), "assumed", "none", "an example")
        >>> wait.at([0.25, 0.5]).tolist()
        [7.0, 14.0]
        """
        return np.interp(np.asarray(shares, float), self.shares, self.values)

    @cached_property
    def mean(self) -> float:
        """The mean of the distribution, in its unit.

        >>> Curve("wait", "days", (0, 0.5, 1), (0, 10, 30), "assumed", "none", "an example").mean
        12.5
        """
        shares, values = np.asarray(self.shares), np.asarray(self.values)
        return float(np.sum(np.diff(shares) * (values[1:] + values[:-1]) / 2))


@dataclass(frozen=True)
class Spread:
    """How far a rate differs between providers beyond chance.

    `centre` is the rate of all, as a fraction. `between` is the standard deviation between providers on the scale of
    the arcsine of the root of the rate, where one unit is about 2 x root(centre x (1 - centre)) of the rate itself.
    """

    name: str
    centre: float
    between: float
    providers: int
    basis: str
    source: str
    reason: str = ""

    def __post_init__(self) -> None:
        _require_origin(self.name, self.basis, self.source, self.reason)
        _require(0 < self.centre < 1 and self.between >= 0, f"{self.name}: a rate within 0 and 1, and a spread")

    @property
    def points(self) -> float:
        """The standard deviation between providers, in percentage points at the centre.

        >>> round(Spread("recovery", 0.5, 0.02, 100, "assumed", "none", "an example").points, 1)
        2.0
        """
        return 200 * self.between * (self.centre * (1 - self.centre)) ** 0.5


def _rises(numbers: tuple[float, ...]) -> bool:
    return all(later >= earlier for earlier, later in pairwise(numbers))


def _require_origin(name: str, basis: str, source: str, reason: str) -> None:
    _require(bool(name and source), f"{name or 'a fact'} has a name and a source")
    _require(basis in BASES, f"{name}: basis must be one of {', '.join(BASES)}")
    _require((basis == "published") != bool(reason), f"{name}: has a reason if, and only if, it is not published")


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise ValueError(otherwise)
