"""What the same money could buy otherwise."""

from caseness.audit.otherwise.compare import compare_spending
from caseness.audit.otherwise.model import Otherwise, Purchase

__all__ = ["Otherwise", "Purchase", "compare_spending"]
