"""The referral, what interrupts it and where it leads, and what the person came with."""

from caseness.record.identifiers import BOTH_VERSIONS, LOCAL_PATIENT_ID, OF_PERSON, OF_REFERRAL, SERVICE_REQUEST_ID
from caseness.record.model import MONTHLY, OWN_MONTH, Column, Table

REFERRAL = Table(
    id="IDS101Referral",
    name="referral",
    title="Referral",
    meaning="One row for each referral that was open in the month. It is sent again each month until it has ended.",
    key=("ServiceRequestId",),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        Column("ServiceRequestId", "I101902", "text", "The referral, by the provider's own identifier.", "mandatory", max_length=20),
        LOCAL_PATIENT_ID,
        Column("OrgIDComm", "I101922", "text", "Code of the commissioner.", "mandatory", max_length=6),
        Column("ReferralRequestReceivedDate", "I101010", "date", "When the provider received the referral.", "mandatory"),
        Column("SourceOfReferralIAPT", "I101030", "text", "Who referred the person.", "required", codes="SourceOfReferralIAPT", former_name="SourceOfReferralMH"),
        Column("OnsetDate", "I101230", "month", "Month in which the problem began.", "required"),
        Column("PrevDiagCondInd", "I101240", "text", "Whether the condition was diagnosed before.", "required", codes="PrevDiagCondInd"),
        Column("EndCode", "I101250", "text", "Why the referral ended.", "required", codes="EndCode"),
        Column("ServDischDate", "I101090", "date", "When the referral ended.", "required"),
    ),
)  # fmt: skip

ONWARD_REFERRAL = Table(
    id="IDS105OnwardReferral",
    name="onward_referral",
    title="Onward referral",
    meaning="One row for each time that a person was referred on to another service.",
    key=("ServiceRequestId", "OnwardReferDate", "OnwardReferTime", "OrgIDReceiving"),
    parents=(OF_REFERRAL,),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("OnwardReferDate", "I105010", "date", "When the person was referred on.", "mandatory"),
        Column("OnwardReferTime", "I105060", "time", "At what time.", "required"),
        Column("OnwardReferReason", "I105020", "text", "Why the person was referred on.", "required", codes="OnwardReferReason"),
        Column("OrgIDReceiving", "I105090", "text", "Code of the organisation to which.", "required", max_length=6),
    ),
)  # fmt: skip

PAUSE = Table(
    id="IDS108WaitingTimePauses",
    name="pause",
    title="Waiting time pause",
    meaning="One row for each pause in a wait. No official wait subtracts it.",
    key=("PauseID", "ServiceRequestId"),
    parents=(OF_REFERRAL,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        Column("PauseID", "I108010", "text", "The pause, by the provider's own identifier.", "mandatory", max_length=5),
        SERVICE_REQUEST_ID,
        Column("PauseStartDate", "I108020", "date", "First day of the pause.", "mandatory"),
        Column("PauseEndDate", "I108030", "date", "Last day of the pause.", "required"),
        Column("PauseReason", "I108040", "text", "Why the wait was paused.", "required", codes="PauseReason"),
    ),
)  # fmt: skip

LONG_TERM_CONDITION = Table(
    id="IDS602LongTermCondition",
    name="long_term_condition",
    title="Long-term physical health condition",
    meaning="One row for each long-term condition of the person, or one that says there is none.",
    key=("ServiceRequestId", "FindSchemeInUse", "LongTermCondition"),
    parents=(OF_REFERRAL,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("FindSchemeInUse", "I602913", "text", "Scheme of the code.", "mandatory", codes="FindSchemeInUse"),
        Column("LongTermCondition", "I602010", "text", "The condition.", "mandatory", codes="LongTermCondition", max_length=18),
    ),
)  # fmt: skip

PROBLEM = Table(
    id="IDS603PresentingComplaints",
    name="problem",
    title="Presenting complaint",
    meaning="One row for each problem that a person came with, the problem descriptor of the referral.",
    key=("ServiceRequestId", "PresCompDate", "PresComp"),
    parents=(OF_REFERRAL,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("FindSchemeInUse", "I603913", "text", "Scheme of the code.", "mandatory", codes="FindSchemeInUse"),
        Column("PresComp", "I603010", "text", "The problem.", "mandatory", codes="PresComp", max_length=18),
        Column("PresCompCodSig", "I603020", "text", "Whether it is the primary problem or a secondary one.", "required", codes="PresCompCodSig"),
        Column("PresCompDate", "I603030", "date", "When this was recorded.", "required"),
    ),
)  # fmt: skip

TABLES = (REFERRAL, ONWARD_REFERRAL, PAUSE, LONG_TERM_CONDITION, PROBLEM)
