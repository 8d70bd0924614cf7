"""Which column of the record is which field of the application: declarations, and no more.

What is named here stands in a model. Every other column of the same table is kept in `other_columns`, under its own
name, and every other table whole in `KeptRow`. So nothing that was sent is lost, and nothing is held twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from caseness.record import TABLES, Table, table

HEADER, PERSON, REFERRAL, PROBLEM = "IDS000Header", "IDS001MPI", "IDS101Referral", "IDS603PresentingComplaints"
CONTACT, ACTIVITY = "IDS201CareContact", "IDS202CareActivity"
REFERRAL_SCORE, ACTIVITY_SCORE = "IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct"
TEAM_MEMBERSHIP, GOAL, LIFE_CIRCUMSTANCES = "EXT01TeamMembership", "EXT03Goal", "EXT05LifeCircumstances"


@dataclass(frozen=True)
class Shape:
    """A table as a model: column -> field. `links` are columns that are told by another row, such as the referral's.

    Examples
    --------
    >>> SHAPES["IDS101Referral"].fields["ServDischDate"], SHAPES["IDS101Referral"].links["LocalPatientId"]
    ('ended', 'client.local_patient_id')
    """

    model: str
    fields: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=dict)
    keeps_others: bool = True

    def others(self, declared: Table) -> tuple[str, ...]:
        """The columns that stand in `other_columns`."""
        return tuple(one.name for one in declared.columns if one.name not in {**self.fields, **self.links})


_REQUEST = {"ServiceRequestId": "referral.service_request_id"}
SHAPES: Mapping[str, Shape] = {
    PERSON: Shape(
        "Client",
        {
            "LocalPatientId": "local_patient_id", "NHSNumber": "nhs_number", "PersonBirthDate": "birth_date",
            "Gender": "gender", "EthnicCategory": "ethnic_category", "LanguageCodePreferred": "preferred_language",
        },
    ),
    REFERRAL: Shape(
        "Referral",
        {
            "ServiceRequestId": "service_request_id", "OrgIDComm": "commissioner", "ReferralRequestReceivedDate": "received",
            "SourceOfReferralIAPT": "source_of_referral", "OnsetDate": "onset_month",
            "PrevDiagCondInd": "was_diagnosed_before", "EndCode": "end_code", "ServDischDate": "ended",
        },
        {"LocalPatientId": "client.local_patient_id"},
        keeps_others=False,
    ),
    PROBLEM: Shape(
        "Problem",
        {
            "FindSchemeInUse": "scheme", "PresComp": "code", "PresCompCodSig": "significance", "PresCompDate": "recorded",
        },
        _REQUEST,
        keeps_others=False,
    ),
    CONTACT: Shape(
        "Contact",
        {
            "CareContactId": "care_contact_id", "CareContDate": "day", "CareContTime": "time",
            "AttendOrDNACode": "attendance", "AppType": "appointment_type", "ConsMechanism": "medium",
            "PsychMed": "psychotropic_medication", "PlannedCareContIndicator": "planned",
            "ClinContDurOfCareCont": "minutes",
        },
        _REQUEST,
    ),
    ACTIVITY: Shape(
        "Activity",
        {
            "CareActId": "care_activity_id", "CarePersLocalId": "care_person_id", "CodeProcAndProcStatus": "procedure",
            "ClinContactDurOfCareAct": "minutes",
        },
        {"CareContactId": "contact.care_contact_id"},
    ),
    REFERRAL_SCORE: Shape(
        "Score",
        {
            "CodedAssToolType": "tool_code", "PersScore": "as_sent", "AssToolCompDate": "day", "AssToolCompTime": "time",
        },
        _REQUEST,
        keeps_others=False,
    ),
    ACTIVITY_SCORE: Shape(
        "Score",
        {"CodedAssToolType": "tool_code", "PersScore": "as_sent"},
        {"CareActId": "activity.care_activity_id"},
        keeps_others=False,
    ),
    GOAL: Shape(
        "GoalRating",
        {"GoalRating": "rating", "GoalRatingDate": "day"},
        {"ServiceRequestId": "goal.referral.service_request_id", "GoalId": "goal.goal_id", "GoalWording": "goal.wording"},
        keeps_others=False,
    ),
    LIFE_CIRCUMSTANCES: Shape(
        "Circumstance",
        {"LifeCircumstanceKind": "kind", "LifeCircumstanceDate": "day", "LifeCircumstanceNote": "note"},
        _REQUEST,
        keeps_others=False,
    ),
}  # fmt: skip

# Rows of these are told anew each month. A month that was imported is given back as it was sent.
LEDGERED = (PERSON, REFERRAL, PROBLEM)
# What a person wrote in these leaves the service only where it is asked for.
ON_REQUEST = (GOAL, LIFE_CIRCUMSTANCES)
KEPT: tuple[Table, ...] = tuple(one for one in TABLES if one.id not in SHAPES)


def describe(table_id: str, column: str) -> str:
    """Where a column of the record stands in the application, in words.

    >>> describe("IDS001MPI", "Gender"), describe("IDS001MPI", "Postcode")
    ('Client.gender', 'Client.other_columns')
    >>> describe("IDS002GP", "GMPCodeReg")
    'KeptRow.columns'
    """
    declared = table(table_id)
    shape = SHAPES.get(declared.id)
    if shape is None:
        return "KeptRow.columns"
    name = declared.column(column).name
    place = {**shape.fields, **shape.links}.get(name, "other_columns")
    return f"{shape.model}.{place}"
