"""The words of the demonstration, out of their file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@cache
def words() -> dict[str, Any]:
    """All of them, by what they are for."""
    return tomllib.loads(
        files("caseness.web.exchange.demonstration").joinpath("words.toml").read_text(encoding="utf-8")
    )


def made_up_name(number: int) -> str:
    """A family name that is nobody's, another for each number.

    >>> made_up_name(0), made_up_name(24)
    ('Alder 1', 'Ash 2')
    """
    trees = words()["trees"]
    return f"{trees[number % len(trees)]} {number // len(trees) + 1}"


def drawn(rng: Random, name: str) -> str:
    """One of a list of words."""
    return rng.choice(words()[name])
