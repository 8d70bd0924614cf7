"""Why a margin is off, or may be, where the reason is known. Said beside the margin, whatever the record."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_OWN = (
    "The problem has a measure of its own, whose first scores are not published. Where they begin is set by the share not at "
    "caseness, and how far they spread by recovery; nothing is left to set change in either direction by."
)
_MIXED = (
    "First scores, the share not at caseness and outcomes are published, and two normal scores that correlate alike for every "
    "problem do not meet all of them for this one."
)
_SHORT = "Fewer people finish than in other problems, so a record has to be large before chance is small here."
REASONS: Mapping[str, str] = MappingProxyType(
    {
        **{f"improvement.{code}": _OWN for code in ("F400", "F401", "F410", "F42", "F452")},
        **{f"not_case.{code}": _OWN for code in ("F42", "F452")},
        **{f"recovery.{code}": _SHORT for code in ("F401", "F410", "F42", "F452")},
        **{f"reliable_recovery.{code}": _SHORT for code in ("F400", "F401", "F410")},
        **{f"deterioration.{code}": _OWN for code in ("F400", "F401", "F410", "F42", "F431", "F452")},
        **{f"reliable_recovery.{code}": _OWN for code in ("F42", "F452")},
        **{f"{name}.{code}": _MIXED for code in ("F402", "F412") for name in ("not_case", "improvement")},
        **{f"{name}.{code}": _MIXED for code in ("F402", "F412") for name in ("recovery", "reliable_recovery")},
        "not_case.F400": _SHORT,
        "recovery.F400": _SHORT,
        "contacts.bands": "What is published is the mean and the median. The bands are those of a form that has both, and not of the country.",
        "contacts.median": "A median of whole contacts: 7 lies next to 6, and one contact is more than the tolerance.",
    }
)


def reason_for(margin: str) -> str:
    """Why this margin is or may be off, or an empty text.

    Examples
    --------
    >>> reason_for("contacts.median")
    'A median of whole contacts: 7 lies next to 6, and one contact is more than the tolerance.'
    >>> reason_for("gender")
    ''
    """
    return REASONS.get(margin, "")
