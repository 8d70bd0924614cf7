"""The identities that published figures should satisfy, declared one a line."""

from __future__ import annotations

import math
from dataclasses import dataclass

from caseness.results import ANNUAL, MONTHLY

EXACT, ROUNDING, NEAR, PLAUSIBLE, ORDER = "exact", "rounding", "near", "plausible", "order"

CATALOGUE = "NHS England, catalogue of NHS Talking Therapies monthly measures (July 2026), construction of the measures"
_OBSERVED = "NHS England, monthly activity and performance files, January 2021 to March 2026: the range seen in England"
_ANNUAL = "NHS Digital and NHS England, Psychological Therapies annual reports, definitions of the measures"

_SOURCES = "M002 + M003 + M004 + M005 + M006 + M007 + M008 + M009 + M010 + M011 + M012 + M013 + M014 + M017 + M018 + M287? + M345"
_MEDIA = "M1001 + M1002 + M1004 + M1005 + M1006 + M1007 + M1008 + M1009 + M1018 + M1019 + M1020"
_END_CODES = (
    "M342 + M057 + M058 + M059 + M060 + M061 + M340 + M062 + M063 + M066 + M344 + M341 + M069 + M070 + M071 + M072"
)


@dataclass(frozen=True)
class Identity:
    """One identity. `left` and `right` are sums of figures.

    What must lie between `low` and `high` depends on the kind: left less right (exact,
    near), right less left (order), left as a percentage of right (plausible).
    """

    id: str
    kind: str
    statement: str
    left: str
    right: str
    low: float
    high: float
    source: str
    basis: str = MONTHLY
    remark: str = ""


def _exactly(name: str, statement: str, left: str, right: str, within: float = 0) -> Identity:
    return Identity(name, EXACT, statement, left, right, -within, within, _OBSERVED if within else CATALOGUE)


def _near(name: str, statement: str, left: str, right: str, most: float, remark: str) -> Identity:
    return Identity(name, NEAR, statement, left, right, 0, most, _OBSERVED, remark=remark)


def _within(name: str, statement: str, left: str, right: str, basis: str = MONTHLY, remark: str = "") -> Identity:
    source = _ANNUAL if basis == ANNUAL else CATALOGUE
    return Identity(name, ORDER, statement, left, right, 0, math.inf, source, basis, remark)


_OTHER_PEOPLE = (
    "A finding about the figures, and no error by itself: those who end were received earlier, so a provider that "
    "winds down, takes over referrals or codes few as received can show it."
)

IDENTITIES = (
    _exactly("assessment_bands", "The four bands of the wait for assessment make all first assessments", "M024 + M025 + M026 + M027", "M023"),
    _exactly("access_bands", "The four bands of the wait for treatment make all first treatments", "M032 + M033 + M034 + M035", "M031"),
    _exactly("waiting_bands", "Waiting up to 18 weeks and longer make all who wait", "M043 + M044", "M038"),
    _exactly("second_treatment_bands", "Second treatments within 28 days and later make all second treatments", "M121 + M046", "M184"),
    _exactly("late_second_treatments", "Second treatments after 29 to 90 days and later make all after 28 days", "M122 + M047", "M046"),
    _exactly("phq_scores", "One, no or paired PHQ-9 scores make all who finished", "M199 + M200 + M201", "M076"),
    _exactly("outcomes", "Improved, unchanged and deteriorated make all with paired scores", "M185 + M187 + M189", "M202"),
    _exactly("end_codes", "The sixteen end codes make all referrals ended", _END_CODES, "M056"),
    _exactly("integrated", "Integrated and core make all who finished", "M273 + M274", "M076"),
    _exactly("staff", "The four states of staff qualification make all contacts by medium", "M1014 + M1015 + M1016 + M1017", _MEDIA),
    _exactly("contacts", "Not seen, seen not treated, treated once and finished make all referrals ended", "M073 + M074 + M075 + M076", "M056", 3),
    _exactly("before_treatment", "Ended before treatment, treated once and finished make all referrals ended", "M153 + M075 + M076", "M056", 27),
    _exactly("anxiety_scores", "One, no or paired anxiety scores make all who finished", "M196 + M197 + M198", "M076", 1),
    _near("attendance", "Appointments exceed those with a known attendance", "M082", "M083 + M084 + M085 + M086 + M087 + M088", 3_472, "The rest have no valid attendance code."),
    _near("media", "Contacts by medium exceed appointments attended", _MEDIA, "M086 + M087", 1_800, "The rest are unplanned contacts."),
    _near("referral_sources", "Referrals exceed those with a known source", "M001", _SOURCES, 16_844, "The rest have no listed source."),
    Identity("staged", PLAUSIBLE, "In England, those with a first stage of care are 89 to 90 % of all who finished", "M352 + M353", "M076", 88.5, 90.5, _OBSERVED),
    _within("finished_in_ended", "No more finish than end", "M076", "M056"),
    _within("treated_in_ended", "No more end after treatment than end", "M075 + M076", "M056"),
    _within("outcomes_in_finished", "No more have an outcome than finish", "M185 + M187 + M189", "M076"),
    _within("not_cases_in_finished", "No more are below caseness than finish", "M179", "M076"),
    _within("recovered_in_judged", "No more recover than are judged", "M191", "M076 - M179"),
    _within("recovered_in_paired", "No more recover than have paired scores", "M191", "M202"),
    _within("reliable_in_recovered", "No more recover reliably than recover", "M193", "M191"),
    _within("reliable_in_improved", "No more recover reliably than improve reliably", "M193", "M185"),
    _within("six_in_eighteen_finished", "No more finishers are seen in 6 weeks than in 18", "M052", "M054"),
    _within("eighteen_in_finished", "No more are seen in 18 weeks than finish", "M054", "M076"),
    _within("six_in_eighteen_access", "No more first treatments come in 6 weeks than in 18", "M036", "M037"),
    _within("eighteen_in_access", "No more first treatments come in 18 weeks than come", "M037", "M031"),
    _within("long_waits_in_waiting", "No more wait over 90 days than wait", "M045", "M038"),
    _within("late_in_second", "No more second treatments come after 90 days than come", "M047", "M184"),
    _within("attended_in_appointments", "No more appointments are attended than made", "M086 + M087", "M082"),
    _within("missed_in_appointments", "No more appointments are missed than made", "M084", "M082"),
    _within("annual_outcomes_in_finished", "No more have an outcome than finish", "M185 + M187 + M189", "M076", ANNUAL),
    _within("annual_caseness_in_finished", "At caseness and not at caseness are no more than finish", "at_caseness + M179", "M076", ANNUAL),
    _within("annual_recovered_in_judged", "No more recover than are judged", "M191", "M076 - M179", ANNUAL),
    _within("annual_recovered_in_cases", "No more recover than are at caseness", "M191", "at_caseness", ANNUAL),
    _within("annual_reliable_in_recovered", "No more recover reliably than recover", "M193", "M191", ANNUAL),
    _within("annual_reliable_in_improved", "No more recover reliably than improve reliably", "M193", "M185", ANNUAL),
    _within("annual_finished_and_received", "No more finish in a year than are received in it", "M076", "M001", ANNUAL, _OTHER_PEOPLE),
)  # fmt: skip

# The monthly files and the annual report count the same year, and differ: later submissions are
# not the whole reason, since the annual count is not always the larger.
BETWEEN_BASES = ("M001", "M076", "M179", "M185", "M187", "M189", "M191", "M193")
BETWEEN_BASES_PERCENT = 3.0
BETWEEN_BASES_SOURCE = (
    "NHS England, annual reports 2021-22 to 2024-25 and monthly files of the same years: all lie within this range"
)
