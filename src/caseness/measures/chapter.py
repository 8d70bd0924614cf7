"""A chapter of the catalogue: measures that answer one question."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.measures.algebra import Measure

# The parts of the official catalogue, as NHS England divides it.
CORE, EMPLOYMENT_CATALOGUE, LONG_TERM_CATALOGUE, ALL = "core", "employment", "long-term-conditions", "all"
CATALOGUES = (CORE, EMPLOYMENT_CATALOGUE, LONG_TERM_CATALOGUE, ALL)


@dataclass(frozen=True)
class Chapter:
    """Measures that answer one question, of one part of the official catalogue.

    `why` says why the answer matters, where a measure has no reason of its own.
    """

    id: str
    title: str
    why: str
    measures: tuple[Measure, ...]
    catalogue: str = CORE

    def why_of(self, measure: Measure) -> str:
        """Why a measure of this chapter matters."""
        return measure.why or self.why
