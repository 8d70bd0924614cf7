"""What a referral has had so far: aggregates of its contacts and logs, all in one pass."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.contact import ASSESSMENT, FOLLOW_UP, HIGH, HIGH_IN_STAGES, LOW
from caseness.derive.derivation import CONTACT, REFERRAL, Derivation, derivation
from caseness.derive.lists import CODES, OTHER_HIGH, SUPPORT, THERAPIES
from caseness.derive.order import packed_order

_SPEC = "specification of record and measures, section 1.4"
_NEVER_NULL = "Never null: 0 where there is none."
_NULL_DATE = "Null where there is none."
_LOGS = ("support-in-sessions", "log-inside")
# A code of no list is a value too, so that whoever has it is neither prescribed nor not.
MEDICATION, UNLISTED = ("01", "02", "03", "UU", "ZZ"), "other"
_PLACES, _ANSWERS = 1 << 6, 1 << 3


@derivation(CONTACT, when_null="A log has both days.", source=_SPEC, assumed=("log-inside",))
def is_completed_log(is_log: Any, inside: Any, log_end: Any, discharge_date: Any, period_end: Any, options: Any) -> Any:
    """A log of internet therapy within the referral that ended by the end of the month."""
    end = ibis.coalesce(discharge_date, period_end) if options.log_inside == "whole" else period_end
    return is_log & inside & (log_end <= end).fill_null(False)


@derivation(CONTACT, when_null="See what it reads.", source=_SPEC, assumed=_LOGS)
def is_session(is_treatment: Any, has_employment_support: Any, is_completed_log: Any, options: Any) -> Any:
    """A treatment session: a treatment contact that is not for employment support, or a completed log."""
    contact = is_treatment if options.support_in_sessions == "counted" else is_treatment & ~has_employment_support
    return contact | is_completed_log


@derivation(CONTACT, when_null="A blank time counts as the start of the day.", source=_SPEC)
def event_order(contact_date: Any, referral_date: Any, seconds: Any, tie: Any) -> Any:
    """The order of events within a referral: by day, time and row."""
    return packed_order(contact_date, referral_date, seconds, tie)


EVENT = (is_completed_log, is_session)


@derivation(REFERRAL, uid="I101D28", official="CareContact_Count", when_null=_NEVER_NULL, source=_SPEC, assumed=_LOGS)
def care_contacts(attended: Any, inside: Any, is_completed_log: Any) -> Any:
    """Attended contacts within the referral for whatever purpose, and completed logs."""
    return _count((attended & inside) | is_completed_log)


@derivation(
    REFERRAL, uid="I101D29", official="TreatmentCareContact_Count", when_null=_NEVER_NULL, source=_SPEC, assumed=_LOGS
)
def treatment_contacts(is_session: Any) -> Any:
    """Treatment sessions."""
    return _count(is_session)


@derivation(REFERRAL, uid="I101D23", official="Assessment_FirstDate", when_null=_NULL_DATE, source=_SPEC)
def assessment_first_date(attended: Any, inside: Any, appointment_type: Any, contact_date: Any) -> Any:
    """Day of the first attended assessment."""
    return _when(_is_assessment(attended, inside, appointment_type), contact_date).min()


@derivation(REFERRAL, uid="I101D24", official="Assessment_LastDate", when_null=_NULL_DATE, source=_SPEC)
def assessment_last_date(attended: Any, inside: Any, appointment_type: Any, contact_date: Any) -> Any:
    """Day of the last attended assessment."""
    return _when(_is_assessment(attended, inside, appointment_type), contact_date).max()


@derivation(
    REFERRAL, uid="I101D25", official="TherapySession_FirstDate", when_null=_NULL_DATE, source=_SPEC, assumed=_LOGS
)
def first_session_date(is_session: Any, contact_date: Any) -> Any:
    """Day of the first treatment session. A log counts by its first day."""
    return _when(is_session, contact_date).min()


# The two earliest, as a list: no engine-specific aggregate is needed, and it costs little more.
@derivation(
    REFERRAL,
    uid="I101D26",
    official="TherapySession_SecondDate",
    when_null="Null where there was one session, or none.",
    source=_SPEC,
    assumed=(*_LOGS, "second-session"),
)
def second_session_date(is_session: Any, contact_date: Any, options: Any) -> Any:
    """Day of the second treatment session, which may be that of the first."""
    days = _when(is_session, contact_date).collect()
    days = days.unique() if options.second_session == "another-day" else days
    return ibis.ifelse(days.length() >= 2, days.sort()[1], None)  # fmt: skip


@derivation(
    REFERRAL, uid="I101D27", official="TherapySession_LastDate", when_null=_NULL_DATE, source=_SPEC, assumed=_LOGS
)
def last_session_date(is_session: Any, contact_date: Any) -> Any:
    """Day of the last treatment session."""
    return _when(is_session, contact_date).max()


@derivation(REFERRAL, uid="I101D115", official="IntegratedContact_FirstDate", when_null=_NULL_DATE, source=_SPEC)
def integrated_contact_first_date(
    attended: Any, inside: Any, integrated_service: Any, appointment_type: Any, contact_date: Any
) -> Any:
    """Day of the first attended contact with an integrated service, follow-ups left out."""
    is_follow_up = (appointment_type == FOLLOW_UP).fill_null(False)
    return _when(attended & inside & integrated_service & ~is_follow_up, contact_date).min()


@derivation(REFERRAL, uid="I101D116", official="IntegratedTreatment_FirstDate", when_null=_NULL_DATE, source=_SPEC)
def integrated_treatment_first_date(is_treatment: Any, integrated_service: Any, contact_date: Any) -> Any:
    """Day of the first treatment contact with an integrated service."""
    return _when(is_treatment & integrated_service, contact_date).min()


@derivation(
    REFERRAL, official="InternetEnabledTherapy_Count", when_null=_NEVER_NULL, source=_SPEC, assumed=("log-inside",)
)
def internet_therapy_logs(is_completed_log: Any) -> Any:
    """Completed logs of internet therapy."""
    return _count(is_completed_log)


@derivation(
    REFERRAL,
    when_null="Null where no log tells minutes.",
    source="specification of record and measures, section 5.1 (M1013)",
)
def internet_therapy_minutes(is_log: Any, log_minutes: Any) -> Any:
    """Minutes that care professionals spent on all logs of internet therapy."""
    return _when(is_log, log_minutes).sum().cast("float64")


@derivation(
    REFERRAL,
    uid="I101D30",
    official="HighIntensityTherapy_FirstDate",
    when_null=_NULL_DATE,
    source=_SPEC,
    is_wide=True,
    assumed=("high-intensity", "log-inside"),
)
def high_intensity_first_date(
    is_treatment: Any, therapies: Any, is_completed_log: Any, contact_date: Any, options: Any
) -> Any:
    """Day of the first treatment contact with high intensity therapy, or of the first completed log."""
    listed = HIGH_IN_STAGES if options.high_intensity == "as-stages" else HIGH
    return _when((is_treatment & _any_of(therapies, listed)) | is_completed_log, contact_date).min()  # fmt: skip


@derivation(
    REFERRAL, uid="I101D31", official="LowIntensityTherapy_FirstDate", when_null=_NULL_DATE, source=_SPEC, is_wide=True
)
def low_intensity_first_date(is_treatment: Any, therapies: Any, contact_date: Any) -> Any:
    """Day of the first treatment contact with low intensity therapy."""
    return _when(is_treatment & _any_of(therapies, LOW), contact_date).min()


@derivation(
    REFERRAL,
    uid="I101D32",
    official="TherapyType_First",
    when_null="Null where no treatment contact has a listed therapy.",
    source=_SPEC,
    is_wide=True,
)
def therapy_first(is_treatment: Any, first_therapy: Any, event_order: Any) -> Any:
    """Code of the first listed therapy in treatment contacts, by day, time and row."""
    known = is_treatment & first_therapy.notnull()
    return _named(_when(known, event_order * _PLACES + first_therapy).min(), _PLACES, CODES)


@derivation(
    REFERRAL,
    uid="I101D33",
    official="TherapyType_Last",
    when_null="Null where no treatment contact has a listed therapy.",
    source=_SPEC,
    is_wide=True,
)
def therapy_last(is_treatment: Any, last_therapy: Any, event_order: Any) -> Any:
    """Code of the last listed therapy in treatment contacts, by day, time and row."""
    known = is_treatment & last_therapy.notnull()
    return _named(_when(known, event_order * _PLACES + last_therapy).max(), _PLACES, CODES)


@derivation(
    REFERRAL,
    uid="I101D19",
    official="PsychotropicIndicator_First",
    when_null="Null where no attended contact tells it.",
    source=_SPEC,
    is_wide=True,
)
def psychotropic_first(attended: Any, medication: Any, event_order: Any) -> Any:
    """Use of psychotropic medication at the first attended contact that tells it; `other` for a code of no list."""
    told = _when(attended & medication.notnull(), event_order * _ANSWERS + medication)
    return _named(told.min(), _ANSWERS, (*MEDICATION, UNLISTED))


@derivation(
    REFERRAL,
    uid="I101D20",
    official="PsychotropicIndicator_Last",
    when_null="Null where no attended contact tells it.",
    source=_SPEC,
    is_wide=True,
)
def psychotropic_last(attended: Any, medication: Any, event_order: Any) -> Any:
    """Use of psychotropic medication at the last attended contact that tells it; `other` for a code of no list."""
    told = _when(attended & medication.notnull(), event_order * _ANSWERS + medication)
    return _named(told.max(), _ANSWERS, (*MEDICATION, UNLISTED))


@derivation(
    REFERRAL, uid="I101D40", official="EmploymentSupport_Count", when_null=_NEVER_NULL, source=_SPEC, is_wide=True
)
def employment_support_contacts(is_employment_support: Any) -> Any:
    """Attended contacts for employment support."""
    return _count(is_employment_support)


@derivation(REFERRAL, uid="I101D117", official="EmpSupport_FirstDate", when_null=_NULL_DATE, source=_SPEC, is_wide=True)
def employment_support_first_date(is_employment_support: Any, contact_date: Any) -> Any:
    """Day of the first contact for employment support."""
    return _when(is_employment_support, contact_date).min()


@derivation(REFERRAL, uid="I101D118", official="EmpSupport_LastDate", when_null=_NULL_DATE, source=_SPEC, is_wide=True)
def employment_support_last_date(is_employment_support: Any, contact_date: Any) -> Any:
    """Day of the last contact for employment support."""
    return _when(is_employment_support, contact_date).max()


def _count_of(name: str, uid: str, official: str) -> Derivation:
    declare = derivation(REFERRAL, uid=uid, official=official, when_null=_NEVER_NULL, source=_SPEC, is_wide=True)

    def contacts(is_treatment: Any, therapies: Any) -> Any:
        return _count(is_treatment & _any_of(therapies, bit))

    bit = next(one.bit for one in THERAPIES if one.name == name)
    contacts.__name__ = f"{name}_contacts"
    contacts.__doc__ = f"Treatment contacts with {name.replace('_', ' ')}. A contact counts once."
    return declare(contacts)


@derivation(
    REFERRAL,
    uid="I101D48",
    official="OtherHighIntensity_Count",
    when_null=_NEVER_NULL,
    source=f"{_SPEC} and 5.3, item 3",
    is_wide=True,
    assumed=("log-inside",),
)
def other_high_intensity_contacts(is_treatment: Any, has_other_high_intensity: Any, is_completed_log: Any) -> Any:
    """Treatment contacts with other high intensity therapy, and completed logs of internet therapy."""
    return _count(is_treatment & has_other_high_intensity) + _count(is_completed_log)


def _is_assessment(attended: Any, inside: Any, appointment_type: Any) -> Any:
    return attended & inside & appointment_type.isin(ASSESSMENT).fill_null(False)


def _any_of(therapies: Any, listed: int) -> Any:
    return (therapies & listed) > 0


def _count(flag: Any) -> Any:
    return flag.cast("int32").sum()


def _when(flag: Any, value: Any) -> Any:
    return ibis.ifelse(flag, value, None)


def _named(key: Any, size: int, names: tuple[str, ...]) -> Any:
    place = key % size
    return ibis.cases(
        *((place == number, name) for number, name in enumerate(names, start=1)), else_=ibis.null("string")
    )


NARROW = (
    care_contacts, treatment_contacts, assessment_first_date, assessment_last_date, first_session_date, second_session_date,
    last_session_date, integrated_contact_first_date, integrated_treatment_first_date, internet_therapy_logs,
    internet_therapy_minutes,
)  # fmt: skip
COUNTS = tuple(_count_of(one.name, one.uid, one.official) for one in THERAPIES if one.name not in (SUPPORT, OTHER_HIGH))
WIDE = (
    high_intensity_first_date, low_intensity_first_date, therapy_first, therapy_last, *COUNTS, other_high_intensity_contacts,
    employment_support_contacts, employment_support_first_date, employment_support_last_date, psychotropic_first, psychotropic_last,
)  # fmt: skip
DERIVATIONS = (*EVENT, event_order, *NARROW, *WIDE)
