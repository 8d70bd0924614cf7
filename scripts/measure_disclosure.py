"""Measure what each disclosure policy leaves of the counts of a made-up record, and write it into the manual: `make evidence`.

The record is made by a fixed seed, so the same code gives the same tables. A test makes small ones of the same form.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from evidence_page import percent
from numpy.typing import NDArray
from reference_pages import table

from caseness.check import check
from caseness.derive import derive
from caseness.disclosure import LEAF_LEVEL, NHS_ENGLAND, OPENSAFELY, PUBLIC, link, release
from caseness.measures import compute, core_measures, places_of_providers
from caseness.measures.algebra import COUNT
from caseness.periods import Period
from caseness.read import read_record
from caseness.results import Selection
from caseness.synthetic.request import NATIONAL, Request, usual_lead_in
from caseness.synthetic.synthesis import synthesise

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "disclosure.md"
BEGIN, END = "<!-- Written by scripts/measure_disclosure.py. -->\n", "<!-- As far as here. -->\n"
REFERRALS, SEED, MONTHS = 4_000, 1, 6
LEVELS = {"england": "England", "provider": "providers"}
POLICIES = (NHS_ENGLAND, OPENSAFELY, PUBLIC)
# The base of the policy for the public.
SMALL = 5
# Referrals received: the whole that has the most parts.
RECEIVED = "M001"
_INTRODUCTION = """Measured on a made-up record of {referrals:,} referrals over six months (`caseness synthesise --referrals {referrals} --months 6 --seed {seed}`),
all core measures, monthly: SYNTHETIC, so the shares say how the policies differ, and nothing of therapy. `make evidence` measures it again.
"""
_REASONS = """A count without a value has ends all the same, unless it is held back. Of `public`:
"""


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts of one level as a policy shows them, beside the exact ones. What is not shown is NaN."""

    figure_id: NDArray[np.str_]
    exact: NDArray[np.float64]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


LetOut = Mapping[tuple[str, str], Counts]


def let_out(referrals: int, seed: int) -> LetOut:
    """The counts of a record that is made up, by policy and level."""
    with tempfile.TemporaryDirectory(prefix="caseness-disclosure-") as name:
        folder = Path(name)
        request = Request(referrals, MONTHS, seed, NATIONAL, lead_in=usual_lead_in(NATIONAL))
        synthesise(request, folder / "made")
        grains = derive(check(read_record(str(folder / "made"), folder / "record")), folder / "grains")
        first = Period.parse(f"{request.first_month:%Y-%m}")
        months, places = [first.shift(step) for step in range(MONTHS)], places_of_providers()
        measures = tuple(core_measures().values())
        exact = compute(grains, months, measures, tuple(LEVELS), places)
        linkage = link(measures, places)
        linkage = linkage.over(compute(grains, months, tuple(linkage.atoms.values()), (LEAF_LEVEL,), places))
        shown = {one.id: release(exact, one, linkage).select(Selection()).table for one in POLICIES}
        return {(one, level): _beside(exact.table, shown[one], level) for one in shown for level in LEVELS}


# Rows of figures that were let out are in the order of the exact ones.
def _beside(exact: pa.Table, shown: pa.Table, level: str) -> Counts:
    is_wanted = (_column(exact, "statistic") == COUNT) & (_column(exact, "level") == level)
    ends = (_column(shown, name)[is_wanted].astype(float) for name in ("value", "low", "high"))
    return Counts(_column(exact, "figure_id")[is_wanted], _column(exact, "value")[is_wanted].astype(float), *ends)


def _column(held: pa.Table, name: str) -> NDArray[Any]:
    return held[name].to_numpy()


def write_loss(found: LetOut, referrals: int, seed: int) -> str:
    """What is lost, as the page has it."""
    losses = table(
        ("policy", "counts of", "with a value", "off by, on average", "with ends", "apart by, on average"),
        [(f"`{policy}`", LEVELS[level], *_loss(counts)) for (policy, level), counts in found.items()],
    )
    reasons = table(
        ("`public`, counts of", "with a value", "held back for another", "may be under 5", "middle may be far off"),
        [(LEVELS[level], *_reasons(found[PUBLIC.id, level])) for level in LEVELS],
    )
    introduction = _INTRODUCTION.format(referrals=referrals, seed=seed)
    return "\n".join([introduction, losses, _REASONS, reasons, _example(found[PUBLIC.id, "provider"])])


def _example(counts: Counts) -> str:
    is_received = counts.figure_id == RECEIVED
    middle = ((counts.low + counts.high) / 2)[is_received].mean()
    division = link(tuple(core_measures().values()), places_of_providers()).division
    parts = next(len(one.parts) for one in division.kept if one.whole == RECEIVED)
    return (
        f"Referrals received (`{RECEIVED}`), which are let out beside the {parts} sources that make them up, were "
        f"{counts.exact[is_received].mean():.1f} on average\nby provider and month, and the middles of their bins {middle:.1f}.\n"
    )


def _loss(counts: Counts) -> Iterable[str]:
    has_value, has_ends = ~np.isnan(counts.value), ~np.isnan(counts.low)
    off = np.abs(counts.value - counts.exact)[has_value]
    apart = (counts.high - counts.low)[has_ends]
    return percent(has_value.mean(), 0), f"{off.mean():.1f}", percent(has_ends.mean(), 0), f"{apart.mean():.1f}"


def _reasons(counts: Counts) -> Iterable[str]:
    has_value, is_held_back, is_low = ~np.isnan(counts.value), np.isnan(counts.low), counts.low < SMALL
    is_far_off = ~has_value & ~is_held_back & ~is_low
    return (percent(each.mean(), 0) for each in (has_value, is_held_back, is_low, is_far_off))


def main() -> int:
    """Write the tables into the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    told = write_loss(let_out(REFERRALS, SEED), REFERRALS, SEED)
    PAGE.write_text(f"{before}{BEGIN}{told}{END}{after}", encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
