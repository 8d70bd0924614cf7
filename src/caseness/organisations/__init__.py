"""Provider, board, region: who is who, what they were called, and who took over from whom."""

from caseness.organisations.finding import find
from caseness.organisations.reference import Organisation, all_organisations, describe, is_england
from caseness.organisations.succession import Succession, heir_of, read_successions

__all__ = [
    "Organisation",
    "Succession",
    "all_organisations",
    "describe",
    "find",
    "heir_of",
    "is_england",
    "read_successions",
]
