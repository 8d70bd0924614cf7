"""Where rows belong: provider and commissioner, and through them board and region."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from caseness.errors import UnreadableInput
from caseness.measures.columns import TEAM
from caseness.organisations import all_organisations
from caseness.results import ENGLAND

UNKNOWN = "UNKNOWN"
LEVELS = ("england", "region", "icb", "sub-icb", "provider", "sub-icb-provider", TEAM)
COLUMNS = ("commissioner", "icb", "region")


@dataclass(frozen=True)
class Places:
    """Board and region of a row. By its commissioner where a file says so, and else by its provider.

    A row that cannot be placed belongs to the organisation UNKNOWN of the level, and never to one that is near.
    """

    by_provider: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    by_commissioner: Mapping[str, tuple[str, str]] | None = None

    def of(
        self,
        level: str,
        providers: Sequence[str | None],
        commissioners: Sequence[str | None],
        teams: Sequence[str | None] = (),
    ) -> list[str]:
        """The organisation of each row at a level. `sub-icb-provider` gives the provider.

        Teams are the provider's own, so a team is told together with its provider.

        Examples
        --------
        >>> places = Places({"RX1": ("QAA", "Y99")})
        >>> places.of("region", ["RX1", "RX2"], ["11A", "11A"])
        ['Y99', 'UNKNOWN']
        >>> places.of("sub-icb", ["RX1", "RX2"], ["11A", None])
        ['11A', 'UNKNOWN']
        >>> places.of("team", ["RX1", "RX2"], ["11A", "11A"], ["north", None])
        ['RX1/north', 'RX2/UNKNOWN']
        """
        pairs = list(zip(providers, commissioners, strict=True))
        match level:
            case "england":
                return [ENGLAND] * len(pairs)
            case "sub-icb":
                return [commissioner or UNKNOWN for _, commissioner in pairs]
            case "provider" | "sub-icb-provider":
                return [provider or UNKNOWN for provider, _ in pairs]
            case "team":
                return [
                    f"{provider or UNKNOWN}/{team or UNKNOWN}" for provider, team in zip(providers, teams, strict=True)
                ]
        return [self._board_and_region(*pair)[level == "region"] for pair in pairs]

    def _board_and_region(self, provider: str | None, commissioner: str | None) -> tuple[str, str]:
        known, key = (
            (self.by_provider, provider) if self.by_commissioner is None else (self.by_commissioner, commissioner)
        )
        return known.get(key or "", (UNKNOWN, UNKNOWN))


def places_of_providers() -> Places:
    """Boards and regions of the providers that the reference tables know, as they are today.

    >>> places_of_providers().of("icb", ["RW1"], [None])
    ['QRL']
    """
    known = all_organisations().values()
    return Places({one.code: (one.icb or UNKNOWN, one.region or UNKNOWN) for one in known if one.level == "provider"})


def read_places(path: Path) -> Places:
    """Boards and regions of commissioners, from a CSV file with the columns commissioner, icb and region.

    Raises
    ------
    UnreadableInput
        If it is no such file, or places a commissioner twice.
    """
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"{path} cannot be read as a CSV file of places. Nothing was computed.") from problem
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise UnreadableInput(
            f"{path} needs the columns {', '.join(COLUMNS)}, and a row for each commissioner. Nothing was computed."
        )
    placed = {row["commissioner"]: (row["icb"] or UNKNOWN, row["region"] or UNKNOWN) for row in rows}
    if len(placed) < len(rows):
        raise UnreadableInput(
            f"{path} places {len(rows) - len(placed)} commissioners twice. Nothing was computed. Keep one row for each."
        )
    return Places(by_commissioner=placed)
