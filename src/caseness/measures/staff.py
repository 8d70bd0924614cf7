"""Appointments by the standing of the staff who gave them."""

from caseness.measures.algebra import Measure, count, held
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import coded
from caseness.measures.media import kept


# Each contact has one standing, so the four add up to all that was attended (erratum 15).
def _by(figure_id: str, title: str, standing: str) -> Measure:
    return count(
        figure_id, title, on=held, where=kept & coded("staff_standing", (standing,), "by staff whose standing is")
    )


qualified = _by("M1014", "Appointments with qualified staff", "qualified")
in_training = _by("M1015", "Appointments with staff in training", "in training")
neither = _by("M1016", "Appointments with staff neither qualified nor in training", "neither")
missing = _by("M1017", "Appointments with staff of whom nothing is recorded", "missing")

CHAPTER = Chapter(
    "staff",
    "Staff",
    "Trials tested therapies given by trained people. This says how many of the appointments were.",
    (qualified, in_training, neither, missing),
)
