"""Appointments: kept, missed and cancelled."""

from caseness.measures.algebra import Measure, count, held
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import coded


def _with(figure_id: str, title: str, code: str) -> Measure:
    return count(figure_id, title, on=held, where=coded("attendance", (code,), "with an attendance code"))


appointments = count("M082", "Appointments", on=held)
cancelled_by_person = _with("M083", "Appointments cancelled by or for the person", "2")
not_attended = _with("M084", "Appointments not attended, without a word", "3")
cancelled_by_provider = _with("M085", "Appointments cancelled or postponed by the provider", "4")
attended_on_time = _with("M086", "Appointments attended on time", "5")
attended_late = _with("M087", "Appointments attended late, and seen", "6")
late_not_seen = _with("M088", "Appointments attended too late to be seen", "7")

CHAPTER = Chapter(
    "appointments",
    "Appointments",
    "What was booked and what came of it. A missed appointment costs as much as one that was kept.",
    (
        appointments,
        cancelled_by_person,
        not_attended,
        cancelled_by_provider,
        attended_on_time,
        attended_late,
        late_not_seen,
    ),
)
