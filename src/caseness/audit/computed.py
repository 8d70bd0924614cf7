"""Figures that were computed from the rows of a record, as a source for an audit."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from caseness.disclosure import OWN_USE, Linkage, Policy
from caseness.periods import Period
from caseness.provenance import Provenance
from caseness.results import Results, Selection


@dataclass(frozen=True, eq=False)
class Computed:
    """The official measures of a record by month and year, and what became of every referral.

    `referred` holds the counts of `caseness.audit.cohorts.count_referrals`, `ends` those of
    `caseness.audit.counted_ends.count_ends`, and `months` the months of the record in order. Percentages and means are not among the figures that an audit recomputes: it makes them of the counts.

    `results` are exact, and `policy` the one under which an audit lets them out; `linkage` says how they hang together where it
    lets them out together. For what no policy but own use has a rule, `referred` and `ends`, there is nothing under another.
    """

    results: Results
    referred: pa.Table | None
    ends: pa.Table | None
    months: tuple[Period, ...]
    rests_on: Provenance
    policy: Policy = OWN_USE
    linkage: Linkage | None = None

    def select(self, wanted: Selection) -> Results:
        """The figures that are wanted."""
        return self.results.select(wanted)

    def provenance(self) -> Provenance:
        """The record, its files, and whether it is made up."""
        return self.rests_on
