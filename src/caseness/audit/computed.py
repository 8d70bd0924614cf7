"""Figures that were computed from the rows of a record, as a source for an audit."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from caseness.periods import Period
from caseness.provenance import Provenance
from caseness.results import Results, Selection


@dataclass(frozen=True, eq=False)
class Computed:
    """The official measures of a record by month and year, and what became of every referral.

    `referred` holds the counts of `caseness.audit.cohorts.count_referrals`, `ends` those of
    `caseness.audit.counted_ends.count_ends`, and `months` the months of the record in order. Percentages and means are not among the figures that an audit recomputes: it makes them of the counts.
    """

    results: Results
    referred: pa.Table
    ends: pa.Table
    months: tuple[Period, ...]
    rests_on: Provenance

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted."""
        return self.results.select(wanted)

    def provenance(self) -> Provenance:
        """The record, its files, and whether it is made up."""
        return self.rests_on
