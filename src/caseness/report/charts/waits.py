"""Waits as bars: the share seen in time, with the target that was in force marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.spelling import spell
from caseness.audit.waits import WaitShare
from caseness.report.charts.bars import Bar, bar_of, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import BLUE, INK, Width

_COLOURS = {"accessing": BLUE, "second": INK}


def draw_waits(shares: Sequence[WaitShare], width: Width) -> Drawing:
    """Describe shares of people who waited up to, or more than, so long."""
    return draw_bars([_bar(share) for share in shares], width, longest=100.0)


def _bar(share: WaitShare) -> Bar:
    target = share.target
    text = spell(share.share) + (f" (target {target.value:g} %)" if target else "")
    return bar_of(
        share.share,
        f"{share.label}, of {share.of}",
        text,
        _COLOURS.get(share.wait, INK),
        mark=target.value if target else None,
    )
