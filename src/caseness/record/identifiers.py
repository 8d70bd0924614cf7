"""The columns that several tables share, declared once, and the sources of the declarations."""

from dataclasses import replace

from caseness.record.model import Column, Reference

LIBRARY = (
    "NHS England, Reusable-Code-Library: src/dsp/datasets/models/iapt_base.py (2.0) and iapt_v2_1_base.py (2.1) for names"
    " and types, src/dsp/validations/iapt/validations.py (2.0) for lengths"
)
DATA_SET = "NHS England, IAPT data set v2.1, for item ids and needs"
DICTIONARY = "NHS Data Model and Dictionary, Improving Access to Psychological Therapies Data Set"
BOTH_VERSIONS = f"{DATA_SET}; {LIBRARY}"
SINCE_2_1 = ("2.1",)
ONLY_2_0 = ("2.0",)

LOCAL_PATIENT_ID = Column(
    "LocalPatientId", "", "text", "The person, by the provider's own identifier.", "mandatory", max_length=20
)
LOCAL_PATIENT_ID_SINCE_2_1 = replace(LOCAL_PATIENT_ID, versions=SINCE_2_1)
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
