"""Employment support: who has it, when it begins and ends, how much of it there is, and whether it is recorded as such."""

from caseness.measures.algebra import (
    Clock,
    Condition,
    condition,
    count,
    held,
    maximum,
    mean,
    median,
    percentage,
    sum_of,
)
from caseness.measures.chapter import EMPLOYMENT_CATALOGUE, Chapter
from caseness.measures.columns import PATHWAY, SUPPORT
from caseness.measures.conditions import blank, days_between, number, present
from caseness.measures.media import kept

submitted = Clock("record_start_date", SUPPORT, "record_start_date", "whose row begins to hold in the period")
in_month = Clock("contact_date", SUPPORT, "month", "submitted in the period")
support_began = Clock(
    "first_support_date", SUPPORT, "employment_support_first_date", "whose first employment support lies in the period"
)
support_ended = Clock(
    "support_ended_date", SUPPORT, "support_ended_date", "whose employment support ended in the period"
)

had_support = present("employment_support_first_date", "that had employment support")


@condition
def without_status(employment_statuses):
    """that have no employment row with a status"""
    return employment_statuses == 0


@condition
def suitable(suitable_for_support):
    """found suitable for employment support when last asked"""
    return suitable_for_support


@condition
def kept_any(had_appointment):
    """with an attended appointment or an internet therapy log in the month"""
    return had_appointment


@condition
def kept_therapy(had_therapy_appointment):
    """with an attended appointment that was not for employment support, or a log, in the month"""
    return had_therapy_appointment


@condition
def no_therapy(had_therapy_appointment):
    """with none but for employment support in the month"""
    return ~had_therapy_appointment


@condition
def kept_support(had_support_appointment):
    """with an attended appointment for employment support in the month"""
    return had_support_appointment


@condition
def no_support(had_support_appointment):
    """with none for employment support in the month"""
    return ~had_support_appointment


@condition
def treated(treatment_contacts):
    """that were treated"""
    return treatment_contacts > 0


@condition
def not_treated(treatment_contacts):
    """that were not treated"""
    return treatment_contacts == 0


@condition
def has_support_contacts(support_contacts_until_its_end):
    """with a contact for employment support"""
    return support_contacts_until_its_end > 0


@condition
def assessed_before_support(assessment_first_date, employment_support_first_date):
    """assessed no later than first supported"""
    return employment_support_first_date >= assessment_first_date


@condition
def for_support(has_employment_support):
    """with employment support"""
    return has_employment_support


@condition
def after_the_end(contact_date, discharge_date):
    """after the referral had ended"""
    return contact_date > discharge_date


@condition
def within_referral(inside):
    """between the referral and its end"""
    return inside


# The catalogue counts EA108 and EA110 by the number of the contact's row.
labelled_follow_up = Condition(("appointment_type",), "labelled a follow-up", lambda kind: kind == "06", ("I201D02",))
not_labelled_follow_up = Condition(
    ("appointment_type",), "not labelled a follow-up", lambda kind: kind != "06", ("I201D02",)
)


@condition
def not_labelled_support(appointment_type):
    """not labelled employment support"""
    return appointment_type != "10"


supported = count("EA034", "Referrals with employment support", on=submitted, where=had_support)
supported_without_status = percentage(
    "EA001",
    "Share of referrals with employment support that have no employment status",
    count("EA001", "", on=submitted, where=had_support & without_status),
    supported,
)
not_supported = count(
    "EA035",
    "Referrals without employment support",
    on=submitted,
    where=blank("employment_support_first_date", "that had no employment support"),
)
seen = count("EA036", "Referrals seen in the month", on=in_month, where=kept_any)
seen_for_therapy = count(
    "EA037", "Referrals seen in the month for therapy only", on=in_month, where=kept_therapy & no_support
)
seen_for_support = count(
    "EA038", "Referrals seen in the month for employment support only", on=in_month, where=kept_support & no_therapy
)
seen_for_both = count(
    "EA039",
    "Referrals seen in the month for therapy and for employment support",
    on=in_month,
    where=kept_therapy & kept_support,
)
began = count("EA040", "Employment support began", on=support_began)
ended_support = count("EA041", "Employment support ended", on=support_ended, where=had_support)
early_follow_up = count(
    "EA108",
    "Employment support labelled a follow-up before the referral ended",
    on=held,
    where=kept & within_referral & for_support & labelled_follow_up,
)
late_not_follow_up = count(
    "EA110",
    "Employment support after the referral ended, not labelled a follow-up",
    on=held,
    where=kept & after_the_end & for_support & not_labelled_follow_up,
)
late_not_support = count(
    "EA280",
    "Employment support after the referral ended, not labelled employment support",
    on=held,
    where=kept & after_the_end & for_support & not_labelled_support,
)
contacts = number("support_contacts_until_its_end", "contacts for employment support")
contacts_in_all = sum_of(
    "EA131", "Contacts for employment support of those whose support ended", contacts, on=support_ended
)
mean_contacts = mean(
    "EA132", "Mean contacts for employment support", contacts, on=support_ended, where=has_support_contacts
)
median_contacts = median(
    "EA133", "Median contacts for employment support", contacts, on=support_ended, where=has_support_contacts
)
most_contacts = maximum(
    "EA134", "Most contacts for employment support", contacts, on=support_ended, where=has_support_contacts
)
ended_untreated = count(
    "EA136", "Employment support ended, never treated", on=support_ended, where=had_support & not_treated
)
suitable_referrals = count("EA139", "Suitable for employment support", on=submitted, where=suitable)
wait = Condition(
    ("assessment_first_date", "employment_support_first_date"),
    "days from the first assessment to the first employment support",
    days_between,
    (PATHWAY,),
)
mean_wait = mean(
    "EA140",
    "Mean wait from assessment to employment support",
    wait,
    on=support_began,
    where=assessed_before_support,
)
median_wait = median(
    "EA281",
    "Median wait from assessment to employment support",
    wait,
    on=support_began,
    where=assessed_before_support,
)

CHAPTER = Chapter(
    "employment-support",
    "Employment support",
    "Advisers are to help people keep or find work. These measures say whom they reach, how soon and how often.",
    (
        supported_without_status,
        supported,
        not_supported,
        seen,
        seen_for_therapy,
        seen_for_support,
        seen_for_both,
        began,
        ended_support,
        early_follow_up,
        late_not_follow_up,
        contacts_in_all,
        mean_contacts,
        median_contacts,
        most_contacts,
        ended_untreated,
        suitable_referrals,
        mean_wait,
        late_not_support,
        median_wait,
    ),
    EMPLOYMENT_CATALOGUE,
)
