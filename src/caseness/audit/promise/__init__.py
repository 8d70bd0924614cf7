"""The promise that was made for the programme, beside what happened."""

from caseness.audit.promise.hold import hold_against
from caseness.audit.promise.model import Money, Promise, Reading, Step, Term

__all__ = ["Money", "Promise", "Reading", "Step", "Term", "hold_against"]
