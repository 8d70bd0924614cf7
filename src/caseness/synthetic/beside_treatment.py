"""What a service records beside the data set, in numbers: all assumed, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.synthetic.behaviour import Number


@cache
def beside_numbers() -> tuple[Number, ...]:
    """Every number, in the order of the file."""
    text = files("caseness.synthetic").joinpath("beside_treatment.toml").read_text("utf-8")
    return tuple(Number(**one) for one in tomllib.loads(text)["number"])


@cache
def beside() -> Mapping[str, float]:
    """The values by name.

    Examples
    --------
    >>> beside()["goal_at_start"]
    2.0
    """
    return MappingProxyType({one.name: one.value for one in beside_numbers()})
