"""How organisations and groups differ, beyond chance and beyond what is usual between services."""

from caseness.audit.variation.compare import compare
from caseness.audit.variation.model import Variation

__all__ = ["Variation", "compare"]
