"""One case at a time: what a course shows beside its own start and beside others like it. Pure functions, no database."""

from caseness.feedback.signal import INTENDED_PURPOSE, NOT_MEASURED, Kind, Signal, Urgency, most_urgent_first
from caseness.feedback.trajectory import INTENSITIES, Contact, SessionScore, Trajectory

__all__ = [
    "INTENDED_PURPOSE",
    "INTENSITIES",
    "NOT_MEASURED",
    "Contact",
    "Kind",
    "SessionScore",
    "Signal",
    "Trajectory",
    "Urgency",
    "most_urgent_first",
]
