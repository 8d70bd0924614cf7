"""The promise that was made for the programme, beside what happened."""

from caseness.audit.promise.model import Promise

__all__ = ["Promise"]
