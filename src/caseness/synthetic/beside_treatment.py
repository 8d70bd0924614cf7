"""What a service records beside the data set, in numbers: all assumed, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import isclose
from types import MappingProxyType
from typing import Any

from caseness.synthetic.behaviour import Number


@dataclass(frozen=True)
class Division:
    """How a whole is divided, by assumption: a share of each code, which add up to 1, and the reason."""

    name: str
    codes: tuple[str, ...]
    shares: tuple[float, ...]
    about: str
    reason: str

    def __post_init__(self) -> None:
        if not isclose(sum(self.shares), 1) or len(self.codes) != len(self.shares) or not self.reason:
            raise ValueError(f"{self.name}: give one share for each code, which add up to 1, and the reason.")


@cache
def beside_numbers() -> tuple[Number, ...]:
    """Every number, in the order of the file."""
    return tuple(Number(**one) for one in _content()["number"])


@cache
def divisions() -> Mapping[str, Division]:
    """Every division by its name, in the order of the file.

    Examples
    --------
    >>> divisions()["why.service_ended"].codes
    ('limit', 'staff')
    """
    found = [Division(**_with_tuples(one)) for one in _content()["division"]]
    return MappingProxyType({one.name: one for one in found})


@cache
def beside() -> Mapping[str, float]:
    """The values by name.

    Examples
    --------
    >>> beside()["goal_at_start"]
    2.0
    """
    return MappingProxyType({one.name: one.value for one in beside_numbers()})


@cache
def _content() -> Mapping[str, Any]:
    return tomllib.loads(files("caseness.synthetic").joinpath("beside_treatment.toml").read_text("utf-8"))


def _with_tuples(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}
