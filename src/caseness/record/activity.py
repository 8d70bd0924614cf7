"""What was done: contacts, the activities within them, and logs of therapy over the internet."""

from caseness.record.identifiers import (
    BOTH_VERSIONS,
    CARE_CONTACT_ID,
    OF_CONTACT,
    OF_REFERRAL,
    SERVICE_REQUEST_ID,
)
from caseness.record.model import OWN_MONTH, Column, Table

CONTACT = Table(
    id="IDS201CareContact",
    name="contact",
    title="Care contact",
    meaning="One row for each appointment, whether it was kept, missed or cancelled.",
    key=("CareContactId",),
    parents=(OF_REFERRAL,),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        Column("CareContactId", "I201903", "text", "The contact, by the provider's own identifier. Another month may use it again.", "mandatory", max_length=20),
        SERVICE_REQUEST_ID,
        Column("CareContDate", "I201010", "date", "Day of the contact.", "mandatory"),
        Column("CareContTime", "I201020", "time", "Time at which it began.", "required"),
        Column("OrgIDComm", "I201922", "text", "Code of the commissioner.", "required", max_length=6),
        Column("PlannedCareContIndicator", "I201280", "text", "Whether the contact was planned.", "required", codes="PlannedCareContIndicator"),
        Column("AttendOrDNACode", "I201090", "text", "Whether it was attended, missed or cancelled.", "required", codes="AttendOrDNACode"),
        Column("Cancellation", "I201200", "text", "An indicator of cancellation. What exactly it says was not read.", "required", codes="Cancellation"),
        Column("ClinContDurOfCareCont", "I201040", "integer", "Time that the care professional spent with the person.", "required", unit="minutes", max_length=4),
        Column("IAPTLTCServiceInd", "I201290", "text", "Whether an integrated service for long-term conditions gave it.", "mandatory", codes="IAPTLTCServiceInd"),
        Column("AppType", "I201210", "text", "Purpose of the appointment, such as assessment or treatment.", "mandatory", codes="AppType"),
        Column("ConsMechanism", "I201070", "text", "How it took place, such as face to face or by video.", "required", codes="ConsMechanism", former_name="ConsMediumUsed"),
        Column("IntEnabledTherProg", "I201270", "text", "Programme of therapy over the internet.", "required", codes="IntEnabledTherProg", max_length=20),
        Column("CareContPatientTherMode", "I201080", "text", "Whether one person, a couple or a group was treated.", "required", codes="CareContPatientTherMode"),
        Column("NumGroupTherParticipants", "I201220", "integer", "How many took part in the group.", "required", unit="persons", max_length=3),
        Column("NumGroupTherFacilitators", "I201230", "integer", "How many care professionals led the group.", "required", unit="persons", max_length=2),
        Column("PsychMed", "I201240", "text", "Use of psychotropic medication.", "required", codes="PsychMed"),
        Column("ActLocTypeCode", "I201909", "text", "Kind of place.", "required", codes="ActLocTypeCode"),
        Column("SiteIDOfTreat", "I201921", "text", "Code of the site.", "required", max_length=9),
        Column("LanguageCodeTreat", "I201250", "text", "Language that was spoken.", "required", codes="LanguageCodeTreat"),
        Column("InterpreterPresentInd", "I201260", "text", "Whether an interpreter was there.", "required", codes="InterpreterPresentInd"),
    ),
)  # fmt: skip

ACTIVITY = Table(
    id="IDS202CareActivity",
    name="activity",
    title="Care activity",
    meaning="One row for each activity of a contact, such as a therapy. A contact may have several.",
    key=("CareActId",),
    parents=(OF_CONTACT,),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        Column("CareActId", "I202904", "text", "The activity, by the provider's own identifier.", "mandatory", max_length=20),
        CARE_CONTACT_ID,
        Column("CarePersLocalId", "I202920", "text", "The care professional, by the provider's own identifier.", "required", max_length=20),
        Column("ClinContactDurOfCareAct", "I202020", "integer", "Time that the activity took.", "required", unit="minutes", max_length=4),
        Column("CodeProcAndProcStatus", "I202110", "text", "The therapy, a SNOMED CT concept or expression.", "required", codes="CodeProcAndProcStatus", max_length=56),
        Column("FindSchemeInUse", "I202050", "text", "Scheme of the finding.", "required", codes="FindSchemeInUse"),
        Column("CodeFind", "I202060", "text", "A finding.", "required", codes="CodeFind", max_length=18),
        Column("CodeObs", "I202080", "text", "An observation, a SNOMED CT concept.", "required", codes="CodeObs", max_length=18),
        Column("ObsValue", "I202090", "text", "What was observed.", "required", max_length=10),
        Column("UnitMeasure", "I202100", "text", "Unit of what was observed.", "required", max_length=10),
    ),
)  # fmt: skip

INTERNET_LOG = Table(
    id="IDS205InternetTherLog",
    name="internet_log",
    title="Internet-enabled therapy log",
    meaning="One row for each week of therapy over the internet.",
    key=("ServiceRequestId", "StartDateIntEnabledTherLog", "IntEnabledTherProg"),
    parents=(OF_REFERRAL,),
    flows=OWN_MONTH,
    source=BOTH_VERSIONS,
    columns=(
        SERVICE_REQUEST_ID,
        Column("StartDateIntEnabledTherLog", "I205010", "date", "First day of the week.", "mandatory"),
        Column("EndDateIntEnabledTherLog", "I205020", "date", "Last day of the week.", "mandatory"),
        Column("IntEnabledTherProg", "I205030", "text", "Programme of therapy.", "mandatory", codes="IntEnabledTherProg", max_length=20),
        Column("DurationIntEnabledTher", "I205040", "integer", "Time that the care professional spent on it.", "mandatory", unit="minutes", max_length=4),
        Column("CarePersLocalId", "I205920", "text", "The care professional, by the provider's own identifier.", "required", max_length=20),
        Column("IntegratedSoftwareInd", "I205050", "text", "Whether the therapy software is linked to the record system.", "required", codes="IntegratedSoftwareInd"),
    ),
)  # fmt: skip

TABLES = (CONTACT, ACTIVITY, INTERNET_LOG)
