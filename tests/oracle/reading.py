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
    """Five questions on employment that have two answers each, both of which this oracle can give (R41 to R45)."""

    record_start: str = "every-month"
    employment_rows: str = "own-submission"
    employment_groups: str = "not-employed-first"
    blank_sickness: str = "as-written"
    support_ended: str = "any-row"


DEFAULT = Choices()
OTHERWISE = Choices("first-month", "all-months", "unknown-first", "counted", "latest-row")
