"""Of two releases that print the same figures, decide which one is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from caseness.published.survey import Held

Key = tuple[str, date, str]


@dataclass(frozen=True)
class Contender:
    """A release as far as overlaps go: its name, dataset, and how many cells it holds of each figure, period and level."""

    name: str
    dataset: str
    held: tuple[Held, ...]

    @property
    def cells(self) -> dict[Key, int]:
        """Cells by figure, period and level."""
        return {one.key: one.cells for one in self.held}


@dataclass(frozen=True)
class Settlement:
    """Which keys each release gives up to another, and what to tell the reader."""

    lost: Mapping[str, frozenset[Key]]
    notes: tuple[str, ...]


def settle(contenders: Iterable[Contender]) -> Settlement:
    """Give every figure of every period and level to one release.

    The later release wins (the one that reaches the newer period), then the fuller (more
    cells of that figure, then more in all), then the last by name with its numbers read as
    numbers (v10 after v9), so that the choice never depends on the disk.
    """
    lost: dict[tuple[str, str], set[Key]] = {}
    for rivals in _rivals(contenders):
        for key, names in _shared_keys(rivals).items():
            winner = names[-1]
            for loser in names[:-1]:
                lost.setdefault((loser, winner), set()).add(key)
    by_loser: dict[str, set[Key]] = {}
    for (loser, _), keys in lost.items():
        by_loser.setdefault(loser, set()).update(keys)
    notes = tuple(_note(loser, winner, keys) for (loser, winner), keys in sorted(lost.items()))
    return Settlement({loser: frozenset(keys) for loser, keys in by_loser.items()}, notes)


def _rivals(contenders: Iterable[Contender]) -> list[list[Contender]]:
    of_dataset: dict[str, list[Contender]] = {}
    for contender in contenders:
        of_dataset.setdefault(contender.dataset, []).append(contender)
    return [rivals for rivals in of_dataset.values() if len(rivals) > 1]


def _shared_keys(rivals: list[Contender]) -> dict[Key, list[str]]:
    ranks = {rival.name: _rank(rival) for rival in rivals}
    holders: dict[Key, list[tuple[tuple, str]]] = {}
    for rival in rivals:
        latest, everything, number = ranks[rival.name]
        for key, cells in rival.cells.items():
            holders.setdefault(key, []).append(((latest, cells, everything, number), rival.name))
    return {key: [name for _, name in sorted(found)] for key, found in holders.items() if len(found) > 1}


def _rank(rival: Contender) -> tuple[date, int, list[tuple[int, str]]]:
    latest = max(one.period_start for one in rival.held)
    return latest, sum(one.cells for one in rival.held), _natural(rival.name)


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name) if part]


def _note(loser: str, winner: str, keys: set[Key]) -> str:
    periods = sorted({start for _, start, _ in keys})
    figures = len({figure_id for figure_id, _, _ in keys})
    return (
        f"{loser} and {winner} both print {figures} figures of {len(periods)} periods "
        f"({periods[0]:%Y-%m} to {periods[-1]:%Y-%m}): {winner}, the later and fuller, is used."
    )
