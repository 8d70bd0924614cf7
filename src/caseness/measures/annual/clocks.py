"""What places a row of the grains of the year: those that only the annual report reads."""

from __future__ import annotations

from caseness.measures.algebra import Clock
from caseness.measures.columns import ANNUAL, COURSE_CONTACT

received_in_year = Clock("referral_received_date", ANNUAL, "referral_date", "received in the period")
ended_in_year = Clock("discharge_date", ANNUAL, "discharge_date", "that ended in the period")
answered = {
    of: Clock(f"{of}_answered_date", ANNUAL, f"{of}_answered_date", f"whose answers about {of} are of the period")
    for of in ("treatment", "assessment")
}
timed = Clock("discharge_date", COURSE_CONTACT, "discharge_date", "that finished in the period")
