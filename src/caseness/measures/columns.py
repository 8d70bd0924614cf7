"""The columns of the grains that measures read, and the official item codes for which each stands.

A column that is submitted, and one for which no document that was read gives an item code, stands for none. A column that
is worked out from several official items for its measures alone (the stages) stands for all of them.
"""

from __future__ import annotations

from caseness.derive.experience import DATES as ANSWER_DATES
from caseness.derive.experience import QUESTIONS
from caseness.derive.roles import COUNTS as ROLE_COUNTS

REFERRAL, CONTACT, LOG, STAGE = "referral", "contact", "internet_log", "stage"
# Derived only where they are asked for.
EMPLOYMENT, SUPPORT, ATTRIBUTES = "employment", "support", "attributes"
ON_REQUEST = (EMPLOYMENT, SUPPORT)
# Of financial years alone: a pathway in a year, and a timed contact of a course that was finished.
ANNUAL, COURSE_CONTACT = "annual", "course_contact"
YEARLY = (ANNUAL, COURSE_CONTACT)
# A row of these is a pathway in a month, or hangs on one.
PATHWAYS = (REFERRAL, STAGE, SUPPORT, *YEARLY)
# What a row of each grain is, one and several.
NOUNS = {
    REFERRAL: "referrals", CONTACT: "contacts", LOG: "internet therapy logs", STAGE: "referrals",
    EMPLOYMENT: "employment rows", SUPPORT: "referrals", ANNUAL: "referrals", COURSE_CONTACT: "contacts of referrals",
}  # fmt: skip

# A row of a grain of pathways is the one row of its pathway that counts, in the month or in the quarter.
USED_IN_MONTH, USED_IN_QUARTER, PATHWAY = "I101D12", "I101D13", "I101D14"

KEYS = ("month", "provider", "commissioner")
FLAGS = ("is_latest_in_quarter", "is_latest_in_year")
# There where the record says who was in which team.
TEAM = "team"

_SUBMITTED = ("referral_date", "discharge_date", "end_code", "source_of_referral", "ethnic_category")
# BIQ, CFS, IBS and PHQ-15 have item codes too, which no document that was read gives.
_WITHOUT_CODE = tuple(f"{name}_{end}" for name in ("biq", "cfs", "ibs", "phq15") for end in ("first", "last"))

_REFERRAL = {
    "care_contacts": "I101D28",
    "treatment_contacts": "I101D29",
    "assessment_first_date": "I101D23",
    "first_session_date": "I101D25",
    "second_session_date": "I101D26",
    "last_session_date": "I101D27",
    "integrated_contact_first_date": "I101D115",
    "integrated_treatment_first_date": "I101D116",
    "employment_support_first_date": "I101D117",
    "applied_relaxation_contacts": "I101D34",
    "brief_psychodynamic_contacts": "I101D35",
    "cbt_contacts": "I101D36",
    "collaborative_care_contacts": "I101D37",
    "counselling_for_depression_contacts": "I101D38",
    "couple_therapy_contacts": "I101D39",
    "emdr_contacts": "I101D41",
    "guided_self_help_book_contacts": "I101D42",
    "guided_self_help_computer_contacts": "I101D43",
    "interpersonal_therapy_contacts": "I101D44",
    "mindfulness_contacts": "I101D45",
    "self_help_book_contacts": "I101D46",
    "self_help_computer_contacts": "I101D47",
    "other_high_intensity_contacts": "I101D48",
    "other_low_intensity_contacts": "I101D49",
    "psychoeducation_contacts": "I101D50",
    "physical_activity_contacts": "I101D51",
    "signposting_contacts": "I101D52",
    "completed_treatment": "I101D53",
    "gad7_first": "I101D54",
    "gad7_last": "I101D55",
    "phq9_first": "I101D56",
    "phq9_last": "I101D57",
    "agoraphobia_alone_first": "I101D58",
    "agoraphobia_alone_last": "I101D59",
    "social_phobia_first": "I101D60",
    "social_phobia_last": "I101D61",
    "panic_disorder_first": "I101D62",
    "panic_disorder_last": "I101D63",
    "ocd_first": "I101D64",
    "ocd_last": "I101D65",
    "ptsd_first": "I101D111",
    "ptsd_last": "I101D112",
    "health_anxiety_first": "I101D103",
    "health_anxiety_last": "I101D104",
    "anxiety_measure": "I101D90",
    "anxiety_measure_last": "I101D92",
    "wsas_home_management_first": "I101D93",
    "wsas_private_leisure_first": "I101D94",
    "wsas_relationships_first": "I101D95",
    "wsas_social_leisure_first": "I101D96",
    "wsas_work_first": "I101D97",
    "wsas_home_management_last": "I101D98",
    "wsas_private_leisure_last": "I101D99",
    "wsas_relationships_last": "I101D100",
    "wsas_social_leisure_last": "I101D101",
    "wsas_work_last": "I101D102",
    "at_caseness": "I101D105",
    "not_at_caseness": "I101D106",
    "recovery": "I101D107",
    "reliable_improvement": "I101D108",
    "no_change": "I101D109",
    "reliable_deterioration": "I101D110",
    "sick_pay_first": "I101D17",
    "sick_pay_last": "I101D18",
    "psychotropic_last": "I101D20",
    "problem": "I603D07",
    # Counted and added up for each pathway.
    "internet_therapy_logs": PATHWAY,
    "internet_therapy_minutes": PATHWAY,
}

_CONTACT = (
    "contact_date",
    "attendance",
    "appointment_type",
    "medium",
    "integrated_service",
    "attended",
    "inside",
    "is_employment_support",
    "has_employment_support",
    "discharge_date",
    "staff_standing",
    "has_guided_self_help_book",
    "has_self_help_book",
    "has_guided_self_help_computer",
    "has_self_help_computer",
    "has_physical_activity",
    "has_psychoeducation",
    "has_other_low_intensity",
    "has_signposting",
    "has_applied_relaxation",
    "has_couple_therapy",
    "has_collaborative_care",
    "has_counselling_for_depression",
    "has_brief_psychodynamic",
    "has_emdr",
    "has_mindfulness",
    "has_other_high_intensity",
    "has_cbt",
    "has_interpersonal_therapy",
)

# The contacts and activities of a course by their own keys, and what makes it a course.
_OF_STAGES = (PATHWAY, "I101D29", "I101D53", "I201D07", "I202D02")

# The flags of a stage row mark the last of the rows of its pathway in this grain, and not in that of referrals.
_STAGE = {
    "discharge_date": (),
    "assessment_first_date": ("I101D23",),
    "first_session_date": ("I101D25",),
    "first_stage": _OF_STAGES,
    "second_stage": _OF_STAGES,
    "days_to_first_stage": ("I101D23",),
    "days_between_stages": ("I101D30", "I101D31"),
    "excluded_before_first_stage": _OF_STAGES,
    "excluded_between_stages": _OF_STAGES,
}

_STANDINGS = (
    "employment_status", "hours_worked", "benefits", "employment_allowance", "universal_credit", "independence_payment",
    "suitability",
)  # fmt: skip

# The contacts of a pathway by their own keys, its status by the rows that lie within its dates.
_SUPPORT = {
    **dict.fromkeys(("month", "record_start_date", "referral_date", "discharge_date", "support_ended_date"), ()),
    **dict.fromkeys(("suitable_for_support", "had_appointment", "had_therapy_appointment", "had_support_appointment"), ()),
    **dict.fromkeys(("status_at_start", "status_at_end", "status_so_far_in_support"), ()),
    **dict.fromkeys(("status_before_support", "status_after_support"), ("I101D118",)),
    "assessment_first_date": ("I101D23",),
    "treatment_contacts": ("I101D29",),
    "completed_treatment": ("I101D53",),
    "support_contacts_until_its_end": (PATHWAY, "I201D07", "I201D12", "I202D07"),
    "employment_support_first_date": ("I101D117",),
    "employment_statuses": ("I101D15",),
}  # fmt: skip

# What breakdowns read of the row of a referral.
ATTRIBUTE_UIDS: dict[str, tuple[str, ...]] = {
    "breakdown_age": ("I001D11",),
    "problem": ("I603D07",),
    "psychotropic_first": ("I101D19",),
    "psychotropic_last": ("I101D20",),
    "completed_treatment": ("I101D53",),
    "integrated_contact_first_date": ("I101D115",),
}

# Only the annual report asks these, and its metadata list no item codes.
_ANNUAL = {
    **dict.fromkeys(("referral_date", "discharge_date", "armed_forces", "followed_up", "timed_minutes", "employment_at_end"), ()),
    "completed_treatment": ("I101D53",),
    "therapy_at_end": ("I101D33",),
    **dict.fromkeys((*(one.name for one in ROLE_COUNTS), *(one.name for one in ANSWER_DATES), *(one.name for one in QUESTIONS)), ()),
}  # fmt: skip

# What each column of each grain stands for. `period_end` is the last day of the period, which is no column of a grain.
UIDS: dict[str, dict[str, tuple[str, ...]]] = {
    REFERRAL: {
        **dict.fromkeys((*_SUBMITTED, *_WITHOUT_CODE, "period_end"), ()),
        **{name: (uid,) for name, uid in _REFERRAL.items()},
    },
    CONTACT: dict.fromkeys(_CONTACT, ()),
    LOG: {"end_date": ()},
    STAGE: _STAGE,
    EMPLOYMENT: {"recorded_date": (), **{f"{name}_standing": () for name in _STANDINGS}},
    SUPPORT: _SUPPORT,
    ANNUAL: _ANNUAL,
    COURSE_CONTACT: {"discharge_date": (), "minutes": ()},
}
