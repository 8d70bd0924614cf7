"""What a contact, or a log of internet therapy, is: derivations of single events beside their referral."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.derivation import CONTACT, Derivation, declared_in, derivation
from caseness.derive.lists import NOT_IN_STAGES, THERAPIES, bits

_SPEC = "specification of record and measures, section 1.4"
# Attended on time, and late but seen. Source: section 2.2.
ATTENDED = ("5", "6")
TREATMENT, ASSESSMENT = ("02", "03", "05"), ("01", "03")
FOLLOW_UP, SUPPORT_ONLY = "06", "10"


@derivation(CONTACT, when_null="A blank is neither attended nor unplanned.", source=_SPEC)
def attended(attendance: Any, planned: Any) -> Any:
    """Seen, on time or late, or not planned."""
    return attendance.isin(ATTENDED).fill_null(False) | (planned == "N").fill_null(False)


@derivation(CONTACT, when_null="Without an end of the referral: up to the end of the month.", source=_SPEC)
def inside(contact_date: Any, referral_date: Any, discharge_date: Any, period_end: Any) -> Any:
    """Between the day of the referral and that on which it ended, or the month did."""
    return contact_date.between(referral_date, ibis.coalesce(discharge_date, period_end))


@derivation(CONTACT, when_null="A blank purpose is no treatment.", source=_SPEC)
def is_treatment(attended: Any, inside: Any, appointment_type: Any) -> Any:
    """Attended, within the referral, and for treatment."""
    return attended & inside & appointment_type.isin(TREATMENT).fill_null(False)


@derivation(CONTACT, when_null="A blank is not integrated.", source=_SPEC)
def integrated_service(integrated_indicator: Any) -> Any:
    """Given by an integrated service for long-term conditions."""
    return (integrated_indicator == "Y").fill_null(False)


@derivation(
    CONTACT,
    when_null="Without an end of employment support: up to the end of the month. A blank purpose counts by the therapy alone.",
    source=f"{_SPEC} (D40), after NHS England's own recomputation",
)
def is_employment_support(
    attended: Any,
    inside: Any,
    has_employment_support: Any,
    appointment_type: Any,
    contact_date: Any,
    referral_date: Any,
    discharge_date: Any,
    employment_support_discharge: Any,
    period_end: Any,
) -> Any:
    """Attended employment support: within the referral, as a follow-up after it, or until the support itself ended."""
    is_follow_up = (appointment_type == FOLLOW_UP).fill_null(False)
    is_support_only = (appointment_type == SUPPORT_ONLY).fill_null(False)
    after = (contact_date > discharge_date).fill_null(False)
    until = ibis.coalesce(employment_support_discharge, period_end)
    during = has_employment_support & ~is_follow_up & inside
    later = has_employment_support & is_follow_up & after
    on_its_own = (is_support_only | (has_employment_support & is_follow_up)) & contact_date.between(
        referral_date, until
    )
    return attended & (during | later | on_its_own)  # fmt: skip


def _has(therapy_name: str, bit: int, meaning: str) -> Derivation:
    declare = derivation(CONTACT, when_null="False where no activity has the code.", source=f"{_SPEC} and 2.5")

    def has(therapies: Any) -> Any:
        return (therapies & bit) > 0

    has.__name__, has.__doc__ = f"has_{therapy_name}", f"An activity of the contact was {meaning}."
    return declare(has)


HAS_THERAPY = tuple(_has(one.name, one.bit, one.name.replace("_", " ")) for one in THERAPIES)
LOW, HIGH, HIGH_IN_STAGES = bits("LI"), bits("HI"), bits("HI", NOT_IN_STAGES)


DERIVATIONS = declared_in(globals())
