"""The finest key: by which columns rows are told apart where they are added up. It holds what is asked for, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from caseness.measures.clocks import PERIOD
from caseness.measures.columns import TEAM

PROVIDER, COMMISSIONER = "provider", "commissioner"

# What stands in each column of a finest key. The number of the period comes first.
Key = tuple[Any, ...]


@dataclass(frozen=True)
class FinestKey:
    """Period, provider and commissioner, and any `more` columns that the grains have.

    Each column more makes every aggregation finer, so one is there only where something asks for it. Sums at any level
    stay what they are.

    Examples
    --------
    >>> FinestKey(("team",)).columns
    ('period', 'provider', 'commissioner', 'team')
    >>> FinestKey().read("provider", [(24303, "RW1", "11A"), (24303, "RX2", None)])
    ['RW1', 'RX2']
    """

    more: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order in which a key holds them."""
        return (PERIOD, PROVIDER, COMMISSIONER, *self.more)

    def keys_of(self, table: pa.Table) -> list[Key]:
        """The key of each row of a table."""
        return list(zip(*(table[name].to_pylist() for name in self.columns), strict=True))

    def read(self, column: str, keys: Iterable[Key]) -> Sequence[Any]:
        """What stands in a column of some keys."""
        place = self.columns.index(column)
        return [key[place] for key in keys]


PLAIN = FinestKey()


def finest_for(levels: Iterable[str]) -> FinestKey:
    """The finest key that some levels need.

    >>> finest_for(["england", "provider"]).more, finest_for(["provider", "team"]).more
    ((), ('team',))
    """
    return FinestKey((TEAM,) if TEAM in levels else ())
