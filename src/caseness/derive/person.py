"""Who the person is, and how old: derivations of rows that need no other row of their table."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.derivation import CONTACT, REFERRAL, SUBMISSION_ROW, declared_in, derivation

_SIMPLE = "specification of record and measures, section 1.3"
_NULL_AGE = "Null where the date of birth, or the day, is missing."
_STATED = tuple("ABCDEFGHJKLMNPRSZ")
# Months are counted from April 1900, which is 1.
_FIRST_YEAR, _MONTHS_BEFORE = 1900, 3


@derivation(
    REFERRAL,
    official="Person_ID",
    when_null="Without an NHS number: provider and local identifier.",
    source=_SIMPLE,
    assumed=("person",),
)
def person(nhs_number: Any, provider: Any, patient: Any, options: Any) -> Any:
    """The person: the NHS number, or the provider and its own identifier of the person."""
    local = provider + "/" + patient
    return local if options.person == "local" else ibis.coalesce(nhs_number, local)  # fmt: skip


@derivation(REFERRAL, uid="I001D11", official="Age_RP_EndDate", when_null=_NULL_AGE, source=_SIMPLE)
def age_at_period_end(birth_date: Any, period_end: Any) -> Any:
    """Age in completed years on the last day of the month."""
    return completed_years(birth_date, period_end)


@derivation(SUBMISSION_ROW, official="Age_RP_StartDate", when_null=_NULL_AGE, source=_SIMPLE)
def age_at_period_start(birth_date: Any, period_start: Any) -> Any:
    """Age in completed years on the first day of the month."""
    return completed_years(birth_date, period_start)


@derivation(SUBMISSION_ROW, official="Age_ReferralRequest_ReceivedDate", when_null=_NULL_AGE, source=_SIMPLE)
def age_at_referral(birth_date: Any, referral_date: Any) -> Any:
    """Age in completed years on the day of the referral."""
    return completed_years(birth_date, referral_date)


@derivation(SUBMISSION_ROW, official="Age_CareContact_Date", when_null=_NULL_AGE, source=_SIMPLE)
def age_at_contact(birth_date: Any, contact_date: Any) -> Any:
    """Age in completed years on the day of the contact."""
    return completed_years(birth_date, contact_date)


@derivation(SUBMISSION_ROW, official="Validated_EthnicCategory", when_null="Null, empty and 0 give -1.", source=_SIMPLE)
def validated_ethnic_category(ethnic_category: Any) -> Any:
    """The ethnic category, 99 where it is not known, -1 where it is missing and -3 where it is no code."""
    return ibis.cases(
        (ethnic_category.isnull() | ethnic_category.isin(("", "0")), "-1"),
        (ethnic_category.isin(_STATED), ethnic_category),
        (ethnic_category.isin(("9", "99")), "99"),
        else_="-3",
    )


@derivation(SUBMISSION_ROW, official="Unique_MonthID", when_null="The header is never blank.", source=_SIMPLE)
def unique_month(period_start: Any) -> Any:
    """The number of the month: April 1900 is 1."""
    return (period_start.year() - _FIRST_YEAR) * 12 + period_start.month() - _MONTHS_BEFORE


@derivation(SUBMISSION_ROW, official="Unique_ServiceRequestID", when_null="Null gives null.", source=_SIMPLE)
def unique_service_request(provider: Any, service_request: Any) -> Any:
    """The referral identifier with the provider before it."""
    return provider + service_request


@derivation(SUBMISSION_ROW, official="Unique_CareContactID", when_null="Null gives null.", source=_SIMPLE)
def unique_care_contact(provider: Any, care_contact: Any) -> Any:
    """The contact identifier with the provider before it."""
    return provider + care_contact


@derivation(SUBMISSION_ROW, official="Unique_CareActivityID", when_null="Null gives null.", source=_SIMPLE)
def unique_care_activity(provider: Any, care_activity: Any) -> Any:
    """The activity identifier with the provider before it."""
    return provider + care_activity


@derivation(SUBMISSION_ROW, official="Unique_CarePersonnelID_Local", when_null="Null gives null.", source=_SIMPLE)
def unique_care_professional(provider: Any, care_professional: Any) -> Any:
    """The identifier of the care professional with the provider before it."""
    return provider + care_professional


@derivation(
    CONTACT, official="Time_Referral_to_CareContact", when_null="Null where either day is missing.", source=_SIMPLE
)
def days_from_referral(contact_date: Any, referral_date: Any) -> Any:
    """Days from the referral to the contact."""
    return contact_date.delta(referral_date, unit="day")


@derivation(
    SUBMISSION_ROW,
    official="CareCluster_StartedInRP_Flag",
    when_null="False where the start is missing.",
    source=_SIMPLE,
)
def cluster_started_in_period(cluster_start: Any, period_start: Any, period_end: Any) -> Any:
    """The care cluster began in the month."""
    return cluster_start.between(period_start, period_end).fill_null(False)


@derivation(
    SUBMISSION_ROW, official="CareCluster_EndedInRP_Flag", when_null="False where the end is missing.", source=_SIMPLE
)
def cluster_ended_in_period(cluster_end: Any, period_start: Any, period_end: Any) -> Any:
    """The care cluster ended in the month."""
    return cluster_end.between(period_start, period_end).fill_null(False)


@derivation(
    SUBMISSION_ROW,
    official="CareCluster_OpenAtRPEnd_Flag",
    when_null="False without a start; a missing end is open.",
    source=_SIMPLE,
)
def cluster_open_at_period_end(cluster_start: Any, cluster_end: Any, period_end: Any) -> Any:
    """The care cluster had begun, and had not ended, when the month ended."""
    return ((cluster_start <= period_end) & (cluster_end.isnull() | (cluster_end > period_end))).fill_null(False)


@derivation(
    SUBMISSION_ROW,
    official="CareCluster_DayCount",
    when_null="Null without a start; a missing end is the end of the month.",
    source=_SIMPLE,
)
def cluster_days(cluster_start: Any, cluster_end: Any, period_start: Any, period_end: Any) -> Any:
    """Days of the month in the care cluster, the first and the last among them."""
    last = ibis.least(ibis.coalesce(cluster_end, period_end), period_end)
    days = last.delta(ibis.greatest(cluster_start, period_start), unit="day") + 1
    return ibis.ifelse(cluster_start.notnull(), ibis.greatest(days, 0), None)


def completed_years(born: Any, on: Any) -> Any:
    """Whole years from one day to another. A day of February that a year has not is reached on the first of March."""
    before_birthday = (on.month() * 100 + on.day()) < (born.month() * 100 + born.day())
    return (on.year() - born.year() - before_birthday.cast("int32")).cast("int32")


DERIVATIONS = declared_in(globals())
