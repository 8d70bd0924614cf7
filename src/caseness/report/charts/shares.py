"""One numerator over each denominator: the same people, and how the percentage depends on who else is counted."""

from __future__ import annotations

from collections.abc import Sequence

from caseness.audit.counts import COUNTS
from caseness.audit.denominators import Share
from caseness.audit.spelling import spell
from caseness.report.charts.bars import Bar, bar_of, draw_bars
from caseness.report.charts.drawing import Drawing
from caseness.report.charts.theme import BLUE, PALE, Width


def draw_shares(shares: Sequence[tuple[str, Share]], width: Width) -> Drawing:
    """Describe the shares of one numerator, each with the short name of its basis."""
    return draw_bars([_bar(basis, share) for basis, share in shares], width, longest=100.0)


def _bar(basis: str, share: Share) -> Bar:
    label = f"{COUNTS[share.denominator].label} ({basis.lower()})"
    text = (
        spell(share.share)
        + (", official" if share.is_official else "")
        + (", other people" if share.is_another_cohort else "")
    )
    colour = BLUE if share.is_official else PALE
    return bar_of(share.share, label, text, colour, is_outlined=share.is_another_cohort)
