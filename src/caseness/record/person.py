"""Who the person is, and how they live: one row of the index, and what changes in tables of its own."""

from caseness.record.identifiers import (
    BOTH_VERSIONS,
    DICTIONARY,
    LOCAL_PATIENT_ID,
    LOCAL_PATIENT_ID_SINCE_2_1,
    OF_PERSON,
    ONLY_2_0,
    SINCE_2_1,
)
from caseness.record.model import MONTHLY, Column, Table

PERSON = Table(
    id="IDS001MPI",
    name="person",
    title="Master patient index",
    meaning="One row for each person who has an open referral, or one that ended in the month.",
    key=("LocalPatientId",),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        Column("LocalPatientId", "I001901", "text", "The person, by the provider's own identifier.", "mandatory", max_length=20),
        Column("OrgIDLocalPatientId", "I001170", "text", "Code of the organisation that gave that identifier.", "mandatory", max_length=6),
        Column("OrgIDResidenceResp", "", "text", "Code of the organisation responsible where the person lives.", "required", max_length=6, versions=ONLY_2_0),
        Column("NHSNumber", "I001040", "text", "NHS number: ten digits, of which the last checks the others.", "required", max_length=10),
        Column("NHSNumberStatus", "I001050", "text", "Whether the NHS number was traced.", "required", codes="NHSNumberStatus"),
        Column("PersonBirthDate", "I001060", "date", "Date of birth.", "mandatory", source=DICTIONARY),
        Column("Postcode", "I001070", "text", "Postcode of the usual address.", "required", max_length=8),
        Column("Gender", "I001090", "text", "Gender as the person states it.", "required", codes="Gender"),
        Column("GenderIdentity", "I001160", "text", "Gender identity.", "required", codes="GenderIdentity", versions=SINCE_2_1),
        Column("GenderIdentitySameAtBirth", "I001210", "text", "Whether gender identity is that of birth.", "required", codes="GenderIdentitySameAtBirth", versions=SINCE_2_1),
        Column("EthnicCategory", "I001100", "text", "Ethnic category as the person states it.", "required", codes="EthnicCategory"),
        Column("EthnicCategory2021", "I001150", "text", "Ethnic category by the census of 2021. A pilot, empty in practice.", "pilot", codes="EthnicCategory2021", versions=SINCE_2_1),
        Column("ExBAFIndicator", "I001140", "text", "Whether the person served in the British armed forces, or depends on one who did.", "required", codes="ExBAFIndicator"),
        Column("LanguageCodePreferred", "I001120", "text", "Language that the person prefers.", "required", codes="LanguageCodePreferred"),
        Column("EduEstabTypeIAPT", "I001130", "text", "Kind of place of education, for a student.", "required", codes="EduEstabTypeIAPT"),
    ),
)  # fmt: skip

GP_REGISTRATION = Table(
    id="IDS002GP",
    name="gp_registration",
    title="GP practice registration",
    meaning="One row for each practice with which a person is or was registered. Each person needs one at least.",
    key=("LocalPatientId", "GMPCodeReg", "StartDateGMPRegistration"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID,
        Column("GMPCodeReg", "I002010", "text", "Code of the general practice.", "mandatory", max_length=6),
        Column("StartDateGMPRegistration", "I002020", "date", "When the registration began.", "required"),
        Column("EndDateGMPRegistration", "I002030", "date", "When the registration ended.", "required"),
        Column("OrgIDGPPrac", "", "text", "Code of the organisation responsible for the practice.", "required", max_length=6, versions=ONLY_2_0),
    ),
)  # fmt: skip

ACCOMMODATION = Table(
    id="IDS003AccommStatus",
    name="accommodation",
    title="Accommodation status",
    meaning="One row for each kind of accommodation that a person has had.",
    key=("LocalPatientId", "AccommodationType", "AccommodationTypeDate"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    versions=SINCE_2_1,
    source=f"{BOTH_VERSIONS}; {DICTIONARY}",
    columns=(
        LOCAL_PATIENT_ID_SINCE_2_1,
        Column("AccommodationType", "I003010", "text", "Type of accommodation.", "mandatory", codes="AccommodationType", versions=SINCE_2_1),
        Column("SettledAccommodationInd", "I003020", "text", "Whether the accommodation is settled.", "required", codes="SettledAccommodationInd", versions=SINCE_2_1),
        Column("AccommodationTypeDate", "I003030", "date", "When this was recorded.", "mandatory", versions=SINCE_2_1, source=DICTIONARY),
        Column("AccommodationTypeStartDate", "I003040", "date", "When the person began to live so.", "required", versions=SINCE_2_1),
        Column("AccommodationTypeEndDate", "I003050", "date", "When the person ceased to live so.", "required", versions=SINCE_2_1),
    ),
)  # fmt: skip

EMPLOYMENT = Table(
    id="IDS004EmpStatus",
    name="employment",
    title="Employment status",
    meaning="One row for each time that work, sickness absence and benefits were asked about.",
    key=("LocalPatientId", "EmployStatusRecDate"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID,
        Column("EmployStatus", "I004010", "text", "Employment status.", "mandatory", codes="EmployStatus"),
        Column("EmployStatusRecDate", "I004020", "date", "When this was recorded.", "required"),
        Column("WeekHoursWorked", "I004030", "text", "Hours worked in a week, as a band.", "required", codes="WeekHoursWorked"),
        Column("SelfEmployInd", "I004040", "text", "Whether self-employed.", "required", codes="SelfEmployInd"),
        Column("SickAbsenceInd", "I004050", "text", "Whether absent from work through sickness.", "required", codes="SickAbsenceInd"),
        Column("SSPInd", "I004080", "text", "Whether receiving statutory sick pay.", "required", codes="SSPInd"),
        Column("BenefitRecInd", "I004090", "text", "Whether receiving benefits.", "required", codes="BenefitRecInd"),
        Column("JSAInd", "", "text", "Whether receiving jobseeker's allowance.", "required", codes="JSAInd", versions=ONLY_2_0),
        Column("ESAInd", "I004110", "text", "Whether receiving employment and support allowance.", "required", codes="ESAInd"),
        Column("UCInd", "I004120", "text", "Whether receiving universal credit.", "required", codes="UCInd"),
        Column("PIPInd", "I004130", "text", "Whether receiving personal independence payment.", "required", codes="PIPInd"),
        Column("OtherBenefitInd", "", "text", "Whether receiving another benefit.", "required", codes="OtherBenefitInd", versions=ONLY_2_0),
        Column("EmpSupportInd", "I004060", "text", "Whether suitable for employment support.", "required", codes="EmpSupportInd"),
        Column("EmpSupportReferral", "I004070", "date", "When referred to employment support.", "required"),
        Column("EmpSupportDischargeDate", "I004150", "date", "When employment support ended.", "required", versions=SINCE_2_1),
    ),
)  # fmt: skip

DISABILITY = Table(
    id="IDS007DisabilityType",
    name="disability",
    title="Disability type",
    meaning="One row for each disability of a person.",
    key=("LocalPatientId", "DisabCode"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID,
        Column("DisabCode", "I007010", "text", "Disability.", "mandatory", codes="DisabCode"),
    ),
)  # fmt: skip

CIRCUMSTANCE = Table(
    id="IDS011SocPerCircumstances",
    name="circumstance",
    title="Social and personal circumstances",
    meaning="One row for each circumstance of a person, such as religion or sexual orientation, and each time it was recorded.",
    key=("LocalPatientId", "SocPerCircumstance", "SocPerCircumstanceRecDate"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID,
        Column("SocPerCircumstance", "I011020", "text", "The circumstance, a SNOMED CT concept.", "mandatory", codes="SocPerCircumstance", max_length=18),
        Column("SocPerCircumstanceRecDate", "I011010", "date", "When this was recorded.", "required"),
    ),
)  # fmt: skip

OVERSEAS_VISITOR = Table(
    id="IDS012OverseasVisitorChargCat",
    name="overseas_visitor",
    title="Overseas visitor charging category",
    meaning="One row for each charging category that applied to a person.",
    key=("LocalPatientId", "OvsVisChCat", "OvsVisChCatAppDate"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID,
        Column("OvsVisChCat", "I012010", "text", "Charging category of a visitor from overseas.", "mandatory", codes="OvsVisChCat"),
        Column("OvsVisChCatAppDate", "I012020", "date", "From when the category applied.", "required"),
    ),
)  # fmt: skip

PREVIOUS_DIAGNOSIS = Table(
    id="IDS601MedHistPrevDiag",
    name="previous_diagnosis",
    title="Medical history, previous diagnosis",
    meaning="One row for each diagnosis that a person had before.",
    key=("LocalPatientId", "DiagSchemeInUse", "PrevDiag", "DiagDate"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    versions=SINCE_2_1,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID_SINCE_2_1,
        Column("DiagSchemeInUse", "I601010", "text", "Scheme of the diagnosis code.", "required", codes="DiagSchemeInUse", versions=SINCE_2_1),
        Column("PrevDiag", "I601020", "text", "The diagnosis.", "required", codes="PrevDiag", max_length=18, versions=SINCE_2_1),
        Column("DiagDate", "I601030", "date", "When it was made.", "required", versions=SINCE_2_1),
    ),
)  # fmt: skip

CARE_CLUSTER = Table(
    id="IDS803CareCluster",
    name="care_cluster",
    title="Care cluster",
    meaning="One row for each care cluster to which a person was allocated.",
    key=("LocalPatientId", "AMHCareClustCodeFin", "StartDateCareClust", "StartTimeCareClust"),
    parents=(OF_PERSON,),
    flows=MONTHLY,
    source=BOTH_VERSIONS,
    columns=(
        LOCAL_PATIENT_ID,
        Column("AMHCareClustCodeFin", "I803010", "text", "The care cluster.", "mandatory", codes="AMHCareClustCodeFin"),
        Column("StartDateCareClust", "I803020", "date", "First day in the cluster.", "required"),
        Column("StartTimeCareClust", "I803030", "time", "Time at which it began.", "required"),
        Column("EndDateCareClust", "I803040", "date", "Last day in the cluster.", "required"),
        Column("EndTimeCareClust", "I803050", "time", "Time at which it ended.", "required"),
    ),
)  # fmt: skip

TABLES = (
    PERSON,
    GP_REGISTRATION,
    ACCOMMODATION,
    EMPLOYMENT,
    DISABILITY,
    CIRCUMSTANCE,
    OVERSEAS_VISITOR,
    PREVIOUS_DIAGNOSIS,
    CARE_CLUSTER,
)
