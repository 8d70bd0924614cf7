"""Recovery that would have happened anyway, by several estimates, and what remains of recovery."""

from caseness.audit.natural.model import Band, Natural

__all__ = ["Band", "Natural"]
