"""The columns of each grain, in order, with their types."""

from __future__ import annotations

from collections.abc import Mapping

from caseness.derive.attributes import SETS
from caseness.derive.contact import HAS_THERAPY
from caseness.derive.course import NARROW, WIDE
from caseness.derive.derivation import (
    ANNUAL,
    ATTRIBUTES,
    CONTACT,
    COURSE_CONTACT,
    EMPLOYMENT,
    LOG,
    REFERRAL,
    SCORE,
    STAGE,
    SUPPORT,
)
from caseness.derive.employment import STANDINGS
from caseness.derive.experience import DATES, QUESTIONS
from caseness.derive.outcome import CHOICE, FLAGS
from caseness.derive.roles import COUNTS as ROLES
from caseness.derive.score import ENDS
from caseness.derive.status import STATUSES
from caseness.derive.support import HAD
from caseness.derive.team import TEAM
from caseness.derive.work import COLUMNS as WORK

_KEYS = {
    "pathway": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean", "provider": "string",
    "commissioner": "string", "person": "string", "row_id": "int64", "submission": "int32", "referral_date": "date",
    "discharge_date": "date", "end_code": "string", "source_of_referral": "string", "ethnic_category": "string",
    "age_at_period_end": "int32", "gender": "string", "problem": "string", "problem_higher_category": "string",
    "problem_lower_category": "string", "completed_treatment": "boolean",
}  # fmt: skip
_TEXT = (
    "therapy_first", "therapy_last", "psychotropic_first", "psychotropic_last", "sick_pay_first", "sick_pay_last",
    "anxiety_problem", "anxiety_scale", "anxiety_measure",
)  # fmt: skip


def _kind(name: str) -> str:
    if name.endswith("_date"):
        return "date"
    if name in _TEXT:
        return "string"
    return "float64" if name.endswith(("_first", "_last", "_minutes")) else "int32"


_NARROW = {one.name: _kind(one.name) for one in NARROW}
WIDE_COLUMNS: Mapping[str, str] = {
    **{one.name: _kind(one.name) for one in (*WIDE, *WORK, *ENDS, *CHOICE)},
    **{one.name: "boolean" for one in FLAGS},
}
NARROW_COLUMNS: Mapping[str, str] = {**_KEYS, **_NARROW}
REFERRAL_COLUMNS: Mapping[str, str] = {**NARROW_COLUMNS, **WIDE_COLUMNS}
CONTACT_COLUMNS: Mapping[str, str] = {
    "contact": "int64", "pathway": "int64", "month": "date", "provider": "string", "commissioner": "string",
    "contact_date": "date", "attendance": "string", "planned": "string", "appointment_type": "string", "medium": "string",
    "integrated_service": "boolean", "minutes": "int64", "attended": "boolean", "inside": "boolean", "is_treatment": "boolean",
    "is_employment_support": "boolean", **{one.name: "boolean" for one in HAS_THERAPY}, "staff_standing": "string",
    "days_from_referral": "int32", "referral_date": "date", "discharge_date": "date", "is_latest_in_quarter": "boolean",
}  # fmt: skip
LOG_COLUMNS: Mapping[str, str] = {
    "log": "int64", "pathway": "int64", "month": "date", "provider": "string", "commissioner": "string", "start_date": "date",
    "end_date": "date", "minutes": "int64", "programme": "string", "is_latest_in_quarter": "boolean",
}  # fmt: skip
STAGE_COLUMNS: Mapping[str, str] = {
    "pathway": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean", "provider": "string",
    "commissioner": "string", "row_id": "int64", "discharge_date": "date", "assessment_first_date": "date",
    "first_session_date": "date", "first_stage": "string", "second_stage": "string", "days_to_first_stage": "int32",
    "days_between_stages": "int32", "excluded_before_first_stage": "boolean", "excluded_between_stages": "boolean",
}  # fmt: skip
EMPLOYMENT_COLUMNS: Mapping[str, str] = {
    "employment": "int64", "row_id": "int64", "month": "date", "provider": "string", "commissioner": "string", "recorded_date": "date",
    "employment_status": "string", "sick_absence": "string", **{one.name: "string" for one in STANDINGS},
}  # fmt: skip
SUPPORT_COLUMNS: Mapping[str, str] = {
    "pathway": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean", "provider": "string",
    "commissioner": "string", "row_id": "int64", "referral_date": "date", "discharge_date": "date", "record_start_date": "date",
    "assessment_first_date": "date", "treatment_contacts": "int32", "completed_treatment": "boolean",
    "employment_support_contacts": "int32", "employment_support_first_date": "date", "employment_support_last_date": "date",
    "support_ended_date": "date", "support_contacts_until_its_end": "int32", "employment_statuses": "int32", "suitable_for_support": "boolean",
    **dict.fromkeys(STATUSES, "string"), **{one.name: "boolean" for one in HAD},
}  # fmt: skip
ATTRIBUTE_COLUMNS: Mapping[str, str] = {
    "row_id": "int64", "pathway": "int64", "month": "date", "referral_date": "date", "discharge_date": "date",
    "first_session_date": "date", "second_session_date": "date", "integrated_contact_first_date": "date",
    "high_intensity_first_date": "date", "low_intensity_first_date": "date", "completed_treatment": "boolean",
    "breakdown_age": "int32", "deprivation_decile": "int32", **{one.name: "int32" for one in SETS},
    **dict.fromkeys((
        "ethnic_category", "gender", "gender_identity", "gender_same_at_birth", "armed_forces", "education", "care_cluster", "problem",
        "psychotropic_first", "psychotropic_last",
    ), "string"),
}  # fmt: skip
SCORE_COLUMNS: Mapping[str, str] = {
    "pathway": "int64", "month": "date", "provider": "string", "commissioner": "string", "person": "string", "tool": "string",
    "score_number": "int32", "score_session": "int32", "score_date": "date", "days_from_first_score": "int32", "score": "float64",
    "intensity_so_far": "string", "course_intensity": "string", "referral_date": "date", "discharge_date": "date",
    "end_code": "string", "treatment_contacts": "int32", "completed_treatment": "boolean", "age_at_period_end": "int32",
    "gender": "string",
}  # fmt: skip
_OF_YEAR = {
    "pathway": "int64", "row_id": "int64", "month": "date", "is_latest_in_quarter": "boolean", "is_latest_in_year": "boolean",
    "provider": "string", "commissioner": "string", "referral_date": "date", "discharge_date": "date",
}  # fmt: skip
# What breakdowns of the annual report alone read, beside the columns of attributes.
START_COLUMNS: Mapping[str, str] = {"therapy_at_start": "string", "employment_at_start": "string"}
ANNUAL_COLUMNS: Mapping[str, str] = {
    **_OF_YEAR, "completed_treatment": "boolean", "armed_forces": "string", "followed_up": "boolean", "timed_minutes": "float64",
    **START_COLUMNS, "therapy_at_end": "string", "employment_at_end": "string", **{one.name: "int32" for one in ROLES},
    **{one.name: "date" for one in DATES}, **{one.name: "string" for one in QUESTIONS},
}  # fmt: skip
COURSE_CONTACT_COLUMNS: Mapping[str, str] = {**_OF_YEAR, "contact": "int64", "minutes": "float64"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    REFERRAL: REFERRAL_COLUMNS, CONTACT: CONTACT_COLUMNS, LOG: LOG_COLUMNS, STAGE: STAGE_COLUMNS,
    EMPLOYMENT: EMPLOYMENT_COLUMNS, SUPPORT: SUPPORT_COLUMNS, ATTRIBUTES: ATTRIBUTE_COLUMNS,
    SCORE: SCORE_COLUMNS, ANNUAL: ANNUAL_COLUMNS, COURSE_CONTACT: COURSE_CONTACT_COLUMNS,
}  # fmt: skip
# Every grain but those of attributes, of scores and of the year has this column too, where the record says who was in which team.
TEAM_COLUMNS: Mapping[str, str] = {TEAM: "string"}
