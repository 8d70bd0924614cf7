"""Groups that meet: their contacts share day, time and therapist, and each says how many took part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseness.synthetic.appointments import REVIEW_AND_TREATMENT, TREATMENT, Appointments
from caseness.synthetic.attendance import is_attended
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.providers import LOW

GROUP_MODE = "3"
# How many meet at most, and at least: assumed.
_MOST, _FEWEST = 10, 4
# Groups of one day begin so many quarter hours apart, which goes round the quarters of a day without meeting itself.
_APART, _QUARTERS, _FIRST_QUARTER, _QUARTER = 5, 44, 32, 900


@dataclass(frozen=True, eq=False)
class Groups:
    """The group of each contact, or -1, and of each group how many took part, when it began, and who led it."""

    of: np.ndarray
    size: np.ndarray
    time: np.ndarray
    therapist: np.ndarray

    def per_contact(self, of_groups: np.ndarray, otherwise: np.ndarray | int) -> np.ndarray:
        """What holds of the group of each contact, or the other where it is in none."""
        if not len(self.size):
            return np.broadcast_to(otherwise, self.of.shape)
        return np.where(self.of >= 0, of_groups[self.of], otherwise)


def gather_groups(chunk: Chunk, rows: Appointments, rng: np.random.Generator) -> Groups:
    """Put later low intensity sessions of one provider and day together, until the published share of groups is met.

    A provider that is small has few people on one day, and so fewer groups.
    """
    able = np.flatnonzero(_may_meet(chunk, rows))
    order = np.lexsort((rng.random(len(able)), rows.day[able], chunk.provider[rows.who[able]]))
    able = able[order]
    place = _place_in_day(chunk.provider[rows.who[able]], rows.day[able])
    block = np.cumsum(place % _MOST == 0) - 1
    sizes = np.bincount(block)
    chosen = (sizes >= _FEWEST) & (rng.random(len(sizes)) < _share(chunk, rows, sizes))
    first = np.flatnonzero(place % _MOST == 0)[chosen]
    number = np.where(chosen, np.cumsum(chosen) - 1, -1)
    of = np.full(rows.size, -1, np.int32)
    of[able] = number[block]
    return Groups(of, sizes[chosen], _times(place[first], rng), rows.therapist[able[first]])


def _may_meet(chunk: Chunk, rows: Appointments) -> np.ndarray:
    later = np.isin(rows.purpose, (TREATMENT, REVIEW_AND_TREATMENT))
    return later & is_attended(rows.attendance) & (rows.step == LOW) & ~chunk.cohort.over_internet[rows.who]


def _share(chunk: Chunk, rows: Appointments, sizes: np.ndarray) -> float:
    mode = chunk.plan.world.mode
    wanted = mode.chances[mode.codes.index(GROUP_MODE)] * is_attended(rows.attendance).sum()
    return float(wanted / max(1, sizes[sizes >= _FEWEST].sum()))


def _place_in_day(provider: np.ndarray, day: np.ndarray) -> np.ndarray:
    starts = np.append(True, (provider[1:] != provider[:-1]) | (day[1:] != day[:-1]))[: len(day)]
    places = np.arange(len(day))
    return places - np.maximum.accumulate(np.where(starts, places, 0))


# All groups of a day count from the same quarter, so that no two of them begin at once.
def _times(place: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    day = np.cumsum(place == 0)
    start = rng.integers(0, _QUARTERS, int(day.max(initial=0)) + 1)
    quarter = _FIRST_QUARTER + (start[day] + place // _MOST * _APART) % _QUARTERS
    return (quarter * _QUARTER).astype(np.int32)
