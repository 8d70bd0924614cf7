"""A chapter of the catalogue: measures that answer one question."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.measures.algebra import Measure


@dataclass(frozen=True)
class Chapter:
    """Measures that answer one question. `why` says why the answer matters, where a measure has no reason of its own."""

    id: str
    title: str
    why: str
    measures: tuple[Measure, ...]

    def why_of(self, measure: Measure) -> str:
        """Why a measure of this chapter matters."""
        return measure.why or self.why
