"""One look for every chart: legible on a phone, in grey print, and to readers who confuse colours.

No colour stands alone: every bar and line is named beside itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

# Dark and light differ in grey print as they do on a screen. Okabe and Ito (2008), "Color
# universal design", is where the blue and the vermillion come from; both keep 4.5:1 on white.
INK = "#1d2733"
QUIET = "#55606d"
RULE = "#d5dae0"
PAPER = "#ffffff"
BLUE = "#005a8c"
VERMILLION = "#a8420a"
PALE = "#b9c4cf"
EMPTY = "#eef1f4"

ROLES = MappingProxyType({"stage": BLUE, "leaves": PALE, "outcome": INK, "beside": EMPTY})

FONT = "sans-serif"
TEXT = 13


@dataclass(frozen=True)
class Width:
    """A size in which charts are drawn. `is_narrow` puts the names above the bars."""

    name: str
    pixels: int
    is_narrow: bool


WIDE = Width("wide", 700, is_narrow=False)
NARROW = Width("narrow", 312, is_narrow=True)
WIDTHS = (WIDE, NARROW)
# A chart that stands alone may be drawn wider, so that tall ones fill their room too.
ALONE = (WIDE, *(replace(WIDE, pixels=pixels) for pixels in (1000, 1300, 1600)))

CONFIG = MappingProxyType(
    {
        # What the picture says stands in its alternative text; its parts would only be noise to a screen reader.
        "aria": False,
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": TEXT - 1,
            "titleFontSize": TEXT - 1,
            "titleFontWeight": "normal",
            "labelColor": QUIET,
            "titleColor": QUIET,
            "gridColor": RULE,
            "domainColor": RULE,
            "tickColor": RULE,
        },
        "text": {"fontSize": TEXT, "color": INK},
        "legend": {"labelFontSize": TEXT, "titleFontSize": TEXT, "symbolSize": 120},
        "header": {"labelFontSize": TEXT, "titleFontSize": TEXT},
    }
)
