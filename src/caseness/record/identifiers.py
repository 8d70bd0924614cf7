"""The columns that several tables share, declared once, and the sources of the declarations."""

from caseness.record.model import Column, Reference

# Names and order of columns were read in the library; types, needs and lengths in the data set and the dictionary.
LIBRARY = "NHS England, Reusable-Code-Library, IAPT v2.0 tables and validations"
DATA_SET = "NHS England, IAPT data set v2.1"
DICTIONARY = "NHS Data Model and Dictionary, Improving Access to Psychological Therapies Data Set"
BOTH_VERSIONS = f"{DATA_SET}; {LIBRARY}"
SINCE_2_1 = ("2.1",)
ONLY_2_0 = ("2.0",)

LOCAL_PATIENT_ID = Column(
    "LocalPatientId", "", "text", "The person, by the provider's own identifier.", "mandatory", max_length=20
)
SERVICE_REQUEST_ID = Column(
    "ServiceRequestId", "", "text", "The referral, by the provider's own identifier.", "mandatory", max_length=20
)
CARE_CONTACT_ID = Column(
    "CareContactId", "", "text", "The contact, by the provider's own identifier.", "mandatory", max_length=20
)
CARE_ACTIVITY_ID = Column(
    "CareActId", "", "text", "The activity, by the provider's own identifier.", "mandatory", max_length=20
)

OF_PERSON = Reference("IDS001MPI", "LocalPatientId")
OF_REFERRAL = Reference("IDS101Referral", "ServiceRequestId")
OF_CONTACT = Reference("IDS201CareContact", "CareContactId")
OF_ACTIVITY = Reference("IDS202CareActivity", "CareActId")
