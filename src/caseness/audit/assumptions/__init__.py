"""What the audit assumes: every number that is not a published figure, with its range and its source."""

from caseness.audit.assumptions.model import Assumption, Assumptions, Entry
from caseness.audit.assumptions.reading import read_assumptions, read_shipped_assumptions

__all__ = ["Assumption", "Assumptions", "Entry", "read_assumptions", "read_shipped_assumptions"]
