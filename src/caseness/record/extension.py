"""Tables of our own: what the data set has no place for. They never enter an official submission."""

from caseness.record.identifiers import OF_CONTACT, OF_REFERRAL, SERVICE_REQUEST_ID
from caseness.record.model import EXTENSION, MONTHLY, OWN_MONTH, Column, Table

OURS = "Caseness, extension tables of the record"

TEAM_MEMBERSHIP = Table(
    id="EXT01TeamMembership",
    name="team_membership",
    title="Team membership",
    meaning="One row for each time that a care professional belonged to a team in one role.",
    key=("CarePersLocalId", "TeamId", "TeamRole", "TeamStartDate"),
    origin=EXTENSION,
    flows=MONTHLY,
    source=OURS,
    columns=(
        Column("CarePersLocalId", "EXT01010", "text", "The care professional, as in IDS202 and IDS902.", "mandatory", max_length=20),
        Column("TeamId", "EXT01020", "text", "The team, by the provider's own identifier.", "mandatory", max_length=20),
        Column("TeamRole", "EXT01030", "text", "Role in the team.", "mandatory", codes="TeamRole"),
        Column("TeamStartDate", "EXT01040", "date", "First day in the team.", "mandatory"),
        Column("TeamEndDate", "EXT01050", "date", "Last day in the team.", "optional"),
    ),
)  # fmt: skip

ENDING_REVIEW = Table(
    id="EXT02EndingReview",
    name="ending_review",
    title="Ending review",
    meaning="One row for each ending that was looked at: how it came about, who decided, and why.",
    key=("ServiceRequestId", "EndingReviewDate"),
    parents=(OF_REFERRAL,),
    origin=EXTENSION,
    flows=OWN_MONTH,
    source=OURS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("EndingReviewDate", "EXT02020", "date", "When the ending was reviewed.", "mandatory"),
        Column("EndingKind", "EXT02030", "text", "Whether the ending was planned, and of which kind it was.", "mandatory", codes="EndingKind"),
        Column("EndingDecidedBy", "EXT02040", "text", "Who decided to end.", "optional", codes="EndingDecidedBy"),
        Column("EndingReason", "EXT02050", "text", "Why, in coded form.", "optional", codes="EndingReason"),
        Column("EndingNote", "EXT02060", "text", "A note. It may identify a person, and leaves the service in no report.", "optional", max_length=4000),
        Column("EndingToldBy", "EXT02070", "text", "Whose account of the ending this is.", "optional", codes="EndingToldBy"),
    ),
)  # fmt: skip

GOAL = Table(
    id="EXT03Goal",
    name="goal",
    title="Goal",
    meaning="One row for each rating of a goal that a person set.",
    key=("ServiceRequestId", "GoalId", "GoalRatingDate"),
    parents=(OF_REFERRAL,),
    origin=EXTENSION,
    flows=OWN_MONTH,
    source=OURS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("GoalId", "EXT03020", "text", "The goal, by the provider's own identifier.", "mandatory", max_length=20),
        Column("GoalWording", "EXT03030", "text", "The goal in the person's words. It may identify a person, and leaves the service in no report.", "optional", max_length=1000),
        Column("GoalRating", "EXT03040", "integer", "How far it has been reached: 0 is not at all, 10 fully.", "mandatory", unit="points, 0 to 10"),
        Column("GoalRatingDate", "EXT03050", "date", "When it was rated.", "mandatory"),
    ),
)  # fmt: skip

ALLIANCE_AND_EXPERIENCE = Table(
    id="EXT04AllianceAndExperience",
    name="alliance_and_experience",
    title="Alliance and experience",
    meaning="One row for each questionnaire on the working alliance or on the experience of the service.",
    key=("ServiceRequestId", "CareContactId", "AllianceTool", "AllianceDate"),
    parents=(OF_REFERRAL, OF_CONTACT),
    origin=EXTENSION,
    flows=OWN_MONTH,
    source=OURS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("CareContactId", "EXT04020", "text", "The contact in which it was completed, if in one.", "optional", max_length=20),
        Column("AllianceTool", "EXT04030", "text", "The questionnaire: the id of an instrument, or a SNOMED CT concept.", "mandatory", codes="AllianceTool", max_length=40),
        Column("AllianceScore", "EXT04040", "text", "The score as it stands.", "mandatory", max_length=10),
        Column("AllianceDate", "EXT04050", "date", "When it was completed.", "mandatory"),
    ),
)  # fmt: skip

LIFE_CIRCUMSTANCES = Table(
    id="EXT05LifeCircumstances",
    name="life_circumstances",
    title="Life circumstances",
    meaning="One row for each circumstance outside therapy that a person told of.",
    key=("ServiceRequestId", "LifeCircumstanceKind", "LifeCircumstanceDate"),
    parents=(OF_REFERRAL,),
    origin=EXTENSION,
    flows=OWN_MONTH,
    source=OURS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("LifeCircumstanceKind", "EXT05020", "text", "What it concerns.", "mandatory", codes="LifeCircumstanceKind"),
        Column("LifeCircumstanceDate", "EXT05030", "date", "When it was told.", "mandatory"),
        Column("LifeCircumstanceNote", "EXT05040", "text", "A note. It may identify a person, and leaves the service in no report.", "optional", max_length=4000),
    ),
)  # fmt: skip

CLIENT_GROUP = Table(
    id="EXT06ClientGroup",
    name="client_group",
    title="Client group",
    meaning="One row for each group to which a referral belongs, such as who pays.",
    key=("ServiceRequestId", "ClientGroupKind", "ClientGroup"),
    parents=(OF_REFERRAL,),
    origin=EXTENSION,
    flows=MONTHLY,
    source=OURS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("ClientGroupKind", "EXT06020", "text", "By what clients are grouped, such as funding source.", "mandatory", codes="ClientGroupKind"),
        Column("ClientGroup", "EXT06030", "text", "The group.", "mandatory", max_length=100),
    ),
)  # fmt: skip

TABLES = (TEAM_MEMBERSHIP, ENDING_REVIEW, GOAL, ALLIANCE_AND_EXPERIENCE, LIFE_CIRCUMSTANCES, CLIENT_GROUP)
