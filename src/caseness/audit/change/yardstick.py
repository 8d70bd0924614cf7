"""What is known of a questionnaire to judge change by: its lines, its reliability, its populations, the record's own scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from caseness.audit.assumptions import Assumptions
from caseness.audit.change.model import Array, Lines, SessionScores
from caseness.instruments import Instrument, Norm
from caseness.instruments.parts import CLINICAL, FUNCTIONAL, MEAN, SD
from caseness.stats.change import Sample, describe
from caseness.stats.cut_offs import Population, joined

OWN = "this record's first scores"


class Lacking(Exception):
    """A definition cannot be asked of a questionnaire. It says why, and is never shown as an error."""

    def __init__(self, of: str, why: str):
        self.of, self.why = of, why
        super().__init__(f"{of}: {why}")


def say_lacking(lacking: Iterable[Lacking]) -> str:
    """What is lacking and of which questionnaires, each reason once.

    >>> say_lacking([Lacking("OCI", "no norms"), Lacking("SPIN", "no norms"), Lacking("PDSS", "too few")])
    'no norms (OCI, SPIN); too few (PDSS)'
    """
    names: dict[str, list[str]] = {}
    for one in lacking:
        names.setdefault(one.why, []).append(one.of)
    return "; ".join(f"{why} ({', '.join(dict.fromkeys(of))})" for why, of in names.items())


@dataclass(frozen=True, eq=False)
class Yardstick:
    """A questionnaire with the finished courses of a record that it was asked in.

    What comes from a source is used where it was verified, or where everything was asked for. What is not there is
    never put in its place by something else: it is `Lacking`.
    """

    instrument: Instrument
    lines: Lines
    first: Array
    last: Array
    assumptions: Assumptions
    with_unverified: bool = False
    sessions: SessionScores | None = None

    @property
    def lower_is_better(self) -> bool:
        """Which way is better."""
        return self.instrument.higher_is == "worse"

    def lacking(self, why: str) -> Lacking:
        """That a definition cannot be asked of this questionnaire."""
        return Lacking(self.instrument.short_name, why)

    def norms(self, statistic: str, population: str = "") -> tuple[Norm, ...]:
        """The norms that may be used, those that were verified first."""
        held = [one for one in self.instrument.norms if one.statistic == statistic and one.population == population]
        usable = [one for one in held if one.is_usable(self.with_unverified)]
        return tuple(sorted(usable, key=lambda one: not one.verified))

    def reliability(self, statistic: str) -> Norm:
        """The reliability of a kind."""
        found = self.norms(statistic)
        if not found:
            raise self.lacking(f"no verified {_plain(statistic)} is at hand")
        return found[0]

    def deviation(self) -> tuple[float, str]:
        """The deviation of first scores: a published one of patients, or else the record's own. And whose it is."""
        published = self.norms(SD, CLINICAL)
        if published:
            return published[0].value, published[0].group
        return self._own(0.5).deviation, OWN

    def clinical(self) -> Population:
        """The clinical population: a published one, or else the record's own first scores."""
        published = self._published(CLINICAL)
        if published:
            return published[0]
        own = self._own(0.5)
        return Population(own.mean, own.deviation)

    def functional(self) -> Population:
        """The functional population, from published norms alone. Those of women and men apart are joined."""
        published = self._published(FUNCTIONAL)
        if not published:
            raise self.lacking("no verified norms of a general population are at hand")
        if len(published) == 1:
            return published[0]
        return joined(published[0], published[1], self.assumptions.number("change.women") / 100)

    def sample(self, statistic: str) -> Sample:
        """The record's own scores, with a reliability of a kind for the first and for the last alike."""
        return self._own(self.reliability(statistic).value)

    def require_courses(self, number: int, holding: str) -> None:
        """Refuse a definition that looks at the record's own scores where there are too few."""
        fewest = int(self.assumptions.number("change.fewest_courses"))
        if number < fewest:
            raise self.lacking(f"fewer than {fewest} courses have {holding} scores")

    def _own(self, reliability: float) -> Sample:
        self.require_courses(int((~np.isnan(self.first + self.last)).sum()), "two")
        try:
            return describe(self.first, self.last, reliability, reliability)
        except ValueError as problem:
            raise self.lacking("all first scores are the same") from problem

    def _published(self, population: str) -> list[Population]:
        return list(_populations(self.norms(MEAN, population), self.norms(SD, population)))


def _populations(means: tuple[Norm, ...], deviations: tuple[Norm, ...]) -> Iterator[Population]:
    of_group = {one.group: one.value for one in deviations}
    for one in means:
        if one.group in of_group:
            yield Population(one.value, of_group[one.group])


def _plain(statistic: str) -> str:
    return statistic[:1].lower() + statistic[1:] if not statistic.startswith("Cronbach") else statistic
