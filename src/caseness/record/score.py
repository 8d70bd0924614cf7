"""Scores of questionnaires, with the referral or with an activity of a contact."""

from caseness.record.identifiers import (
    BOTH_VERSIONS,
    CARE_ACTIVITY_ID,
    OF_ACTIVITY,
    OF_REFERRAL,
    SERVICE_REQUEST_ID,
)
from caseness.record.model import OWN_MONTH, Column, Table

REFERRAL_SCORE = Table(
    id="IDS606CodedScoreAssessmentRefer",
    name="referral_score",
    title="Coded scored assessment, referral",
    meaning="One row for each questionnaire that was completed outside a contact.",
    key=("ServiceRequestId", "AssToolCompDate", "AssToolCompTime", "CodedAssToolType"),
    parents=(OF_REFERRAL,),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("CodedAssToolType", "I606910", "text", "The questionnaire, a SNOMED CT concept.", "mandatory", codes="CodedAssToolType", max_length=18),
        Column("PersScore", "I606911", "text", "The score as it stands: a number, or Y, N or NA where the questionnaire says so.", "mandatory", max_length=5),
        Column("AssToolCompDate", "I606917", "date", "When it was completed.", "mandatory"),
        Column("AssToolCompTime", "I606918", "time", "At what time.", "required"),
    ),
)  # fmt: skip

ACTIVITY_SCORE = Table(
    id="IDS607CodedScoreAssessmentAct",
    name="activity_score",
    title="Coded scored assessment, care activity",
    meaning="One row for each questionnaire that was completed in a contact. Its date is that of the contact.",
    key=("CareActId", "CodedAssToolType"),
    parents=(OF_ACTIVITY,),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        CARE_ACTIVITY_ID,
        Column("CodedAssToolType", "I607910", "text", "The questionnaire, a SNOMED CT concept.", "mandatory", codes="CodedAssToolType", max_length=18),
        Column("PersScore", "I607911", "text", "The score as it stands: a number, or Y, N or NA where the questionnaire says so.", "mandatory", max_length=5),
    ),
)  # fmt: skip

TABLES = (REFERRAL_SCORE, ACTIVITY_SCORE)
