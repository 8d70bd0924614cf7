"""The promise that was made for the programme, beside what happened."""

from caseness.audit.promise.hold import hold_against
from caseness.audit.promise.model import Employment, Money, Promise, Reading, Start, Step, Term

__all__ = ["Employment", "Money", "Promise", "Reading", "Start", "Step", "Term", "hold_against"]
