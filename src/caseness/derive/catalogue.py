"""Every derivation, and the derived columns that a record of the submitted tables does not support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from caseness.derive import (
    annual,
    attributes,
    contact,
    course,
    employment,
    experience,
    outcome,
    person,
    problem,
    roles,
    score,
    sessions,
    staff,
    stage,
    status,
    support,
    team,
    work,
)
from caseness.derive.derivation import Derivation
from caseness.errors import UnknownName

_MODULES = (
    person,
    problem,
    contact,
    course,
    work,
    score,
    outcome,
    stage,
    staff,
    employment,
    status,
    support,
    sessions,
    team,
    attributes,
    roles,
    experience,
    annual,
)

# What names of derivations' inputs mean that are neither submitted nor derivations: made on the way to a grain.
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "therapies": "the set of listed therapies of a contact's activities, by their leading SNOMED CT concept",
        "first_therapy": "the listed therapy of the contact's first activity that has one",
        "last_therapy": "the listed therapy of the contact's last activity that has one",
        "medication": "the place of the contact's answer among those about psychotropic medication",
        "best_rank": "the highest standing among the therapists of a contact",
        "is_log": "whether the event is a log of internet therapy, and not a contact",
        "seconds": "seconds since midnight; a blank time is 0",
        "tie": "the row within its submission, and which of two tables it is of",
        "with_contact": "whether a score hangs on a contact",
        "tool_place": "the place of the questionnaire among the score columns",
        "value": "the score as a whole number, in the smallest step of its questionnaire; one out of range is left out",
        "employment_row": "the row of the employment table",
        "answer_row": "the row of the answer, and of which of two tables it is",
        "contact": "the number of the row of the contact",
        "month": "the first day of the month of the submission",
        "pathway": "the number that the rows of a pathway have in common",
        "has_other_activity": "whether the contact has an activity that is not employment support, or none at all",
        "is_known": "whether the therapist has a row of qualifications of the month or before",
        "qualified_on": "the first day on which the therapist was awarded a listed qualification",
        "planned_until": "the last planned end of training for a listed qualification",
        "session_days": "days with a treatment session up to the day of the score",
        "row_id": "the number of the referral row",
        "high_first_on": "the first day of a treatment contact with high intensity therapy; logs of internet therapy are left out",
        "low_first_on": "the first day of a treatment contact with low intensity therapy",
        "first_run": "the place of the first stage among the runs of sessions of one intensity",
        "second_run": "the place of the second stage among those runs",
        "first_is_high": "whether the first stage is of high intensity",
        "second_is_high": "whether the second stage is of high intensity",
        "first_last_on": "the last day of the first stage",
        "second_first_on": "the first day of the second stage",
        "told_medium": "the medium of the contact, and an empty text where it is blank",
        "cluster_order": "the first day of the cluster, and the row of its record",
    }
)


@dataclass(frozen=True)
class NotDerivable:
    """Derived columns that NHS England has and that cannot be derived here, and why."""

    names: tuple[str, ...]
    why: str


_POSTCODES = "It needs a table of postcodes, which is not part of a record."
_ORGANISATIONS = (
    "It needs the register of organisations and practices as it was in the month, which is not part of a record."
)
NOT_DERIVABLE = (
    NotDerivable(("Postcode_District", "Postcode_Default", "ValidPostcode_Flag", "LSOA", "LocalAuthority", "County", "ElectoralWard", "Census_Year"), _POSTCODES),
    NotDerivable(("IMD_YEAR", "IndicesOfDeprivationDecile", "IndicesOfDeprivationQuartile"), f"{_POSTCODES} It needs the indices of deprivation too. A file of deciles by postcode can be given for breakdowns."),
    NotDerivable(("DistanceFromHome_GP", "DistanceFromHome_ContactLocation"), _POSTCODES),
    NotDerivable(
        ("OrgIDSubICBLocResidence", "OrgIDICBRes", "OrgIDSubICBLocGP", "OrgIDICBGPPractice", "OrgID_CCG_GP", "OrgID_CCG_Residence", "CommissioningRegion"),
        _ORGANISATIONS,
    ),
    NotDerivable(("UniqueSubmissionID", "AuditId", "EFFECTIVE_FROM"), "It is given when a file is loaded. The columns `submission` and `row_id` stand for it here."),
    NotDerivable(("RecordEndDate",), "It rests on which version of each row was loaded when, of which only the submissions here are known."),
    NotDerivable(
        ("PPSM", "PPSM_FirstScore", "PPSM_LastScore", "ADSM_FirstScoreAtCaseness", "ADSM_FirstScoreNotAtCaseness", "ADSM_LastScoreNotAtCaseness"),
        "Only its name was found in any document, and no measure reads it.",
    ),
)  # fmt: skip


@cache
def derivations() -> tuple[Derivation, ...]:
    """Every derivation, in the order in which they are worked out."""
    return tuple(one for module in _MODULES for one in module.DERIVATIONS)


def find_derivation(name: str) -> Derivation:
    """A derivation by its name, its official name or its item code.

    Raises
    ------
    UnknownName
        If there is none. The message says which are near.

    Examples
    --------
    >>> find_derivation("I101D53").name, find_derivation("Recovery_Flag").name
    ('completed_treatment', 'recovery')
    """
    asked = name.strip().casefold()
    spelled = {each.casefold(): one for one in derivations() for each in (one.uid, one.official, one.name) if each}
    if asked not in spelled:
        known = [each for one in derivations() for each in (one.name, one.official) if each]
        raise UnknownName("derivation", name, known, "`caseness derivations` lists them.")
    return spelled[asked]


def read_by(one: Derivation) -> tuple[Derivation, ...]:
    """The derivations that read one."""
    return tuple(each for each in derivations() if one.name in each.parameters)


def submitted_by(one: Derivation) -> tuple[str, ...]:
    """The submitted columns that a derivation rests on, through all others that it reads.

    >>> submitted_by(find_derivation("age_at_period_end"))
    ('IDS000Header.ReportingPeriodEndDate', 'IDS001MPI.PersonBirthDate')
    """
    by_name = {each.name: each for each in derivations()}
    found: set[str] = set()
    for given in one.inputs:
        if given in by_name:
            found |= set(submitted_by(by_name[given]))
        elif "." in given:
            found.add(given)
    return tuple(sorted(found))
