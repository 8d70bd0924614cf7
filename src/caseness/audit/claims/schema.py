"""What a claim in a file may say: its keys, the kinds of their values, and which kind of claim takes which."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from caseness.audit.claims.model import CHANGES, COMPARISONS, KINDS, RANKS
from caseness.audit.counts import COUNTS
from caseness.results import BASES, COMPUTED


@dataclass(frozen=True)
class Key:
    """One key of a claim: what it holds in plain words, and the words it may be, if they are few."""

    name: str
    holds: str
    type: type
    words: tuple[str, ...] = ()


_KEYS = (
    Key("id", "a short name that no other claim in the file has", str),
    Key("says", "the claim, in our own words", str),
    Key("source", "who said it, where and when", str),
    Key("kind", "what kind of figure is claimed", str, KINDS),
    Key("period", "a month, quarter or financial year", str),
    Key("numerator", "the name of a count", str, tuple(COUNTS)),
    Key("denominator", "the name of a count", str, tuple(COUNTS)),
    Key("value", "the figure, with the decimals that were printed", Decimal),
    Key("compare", "how the figure is compared", str, COMPARISONS),
    Key("low", "the lower end of 'about'", Decimal),
    Key("high", "the upper end of 'about'", Decimal),
    Key("organisation", "the code or the name of an organisation", str),
    Key("basis", "the one basis to judge on", str, tuple(one for one in BASES if one != COMPUTED)),
    Key("breakdown", "a table with the type and the group of an annual breakdown", dict),
    Key("from", "the earlier period of a difference", str),
    Key("change", "whether a difference is absolute or relative", str, CHANGES),
    Key("rank", "which end of the ranking", str, RANKS),
    Key("within", "how many years are ranked, this one included", int),
    Key("needs", "a table with the figure that is not published, and who holds it", dict),
)
KEYS = MappingProxyType({key.name: key for key in _KEYS})

BREAKDOWN_KEYS = ("type", "group")
NEEDS_KEYS = ("figure", "held_by")

ALWAYS = ("id", "says", "source", "kind", "period")
_COMPARED = frozenset({"value", "compare", "low", "high"})
_WHERE = frozenset({"organisation", "basis", "breakdown"})
_QUOTIENT = frozenset({"numerator", "denominator"})

# The keys that each kind takes besides those that every claim has.
TAKES = MappingProxyType(
    {
        "count": _COMPARED | _WHERE | {"numerator"},
        "share": _COMPARED | _WHERE | _QUOTIENT,
        "ratio": _COMPARED | _WHERE | _QUOTIENT,
        "difference": _COMPARED | _WHERE | _QUOTIENT | {"from", "change"},
        "rank": _WHERE | _QUOTIENT | {"rank", "within"},
    }
)
REQUIRES = MappingProxyType(
    {
        "count": ("numerator",),
        "share": ("numerator",),
        "ratio": ("numerator",),
        "difference": ("numerator", "from"),
        "rank": ("numerator", "rank", "within"),
    }
)
# A claim about a figure that no count stands for says which figure that is, and nothing of counts.
NEEDS_TAKES = _COMPARED | {"needs"}

TYPE_NAMES = MappingProxyType(
    {str: "text in quotes", Decimal: "a number without quotes", int: "a whole number", dict: "a table in braces"}
)
