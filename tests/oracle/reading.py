"""What a reading of the specification is, and the few of which this oracle can give either."""

from dataclasses import dataclass
from typing import NamedTuple


class Reading(NamedTuple):
    """One question of interpretation. `section` is that of the specification of record and measures."""

    id: str
    question: str
    reading: str
    section: str


@dataclass(frozen=True)
class Choices:
    """Questions that have two answers each, both of which this oracle can give: five on employment (R41 to R45), and R25."""

    record_start: str = "every-month"
    employment_rows: str = "own-submission"
    employment_groups: str = "not-employed-first"
    blank_sickness: str = "as-written"
    support_ended: str = "any-row"
    problem_rows: str = "all-months"


DEFAULT = Choices()
OTHERWISE = Choices("first-month", "all-months", "unknown-first", "counted", "latest-row", "own-submission")
