"""What the same money could buy otherwise."""

from caseness.audit.otherwise.model import Otherwise

__all__ = ["Otherwise"]
