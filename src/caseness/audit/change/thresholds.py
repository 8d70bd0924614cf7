"""The smallest reliable change of each questionnaire by every reliability that is declared: how the threshold itself moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caseness.audit.change.definitions import KINDS
from caseness.audit.change.model import SmallestChange
from caseness.audit.change.yardstick import Lacking, Yardstick
from caseness.instruments import Norm
from caseness.stats.change import smallest_reliable_change


def smallest_changes(yardsticks: Mapping[str, Yardstick]) -> Iterator[SmallestChange]:
    """By the index of Jacobson and Truax, for each reliability that may be used."""
    for one in yardsticks.values():
        try:
            deviation, whose = one.deviation()
        except Lacking:
            continue
        for statistic in KINDS.values():
            for norm in one.norms(statistic):
                yield _smallest(one, norm, deviation, whose)


def _smallest(one: Yardstick, norm: Norm, deviation: float, whose: str) -> SmallestChange:
    return SmallestChange(
        instrument=one.instrument.short_name,
        reliability=norm.statistic,
        value=norm.value,
        group=norm.group,
        deviation=deviation,
        deviation_of=whose,
        change=smallest_reliable_change(deviation, norm.value),
        programme=str(one.lines.change) if one.lines.change else "none",
        verified=norm.verified,
        source=norm.source if norm.verified else norm.reason,
    )
