"""Rules of the patient index and of what hangs on the patient."""

import ibis

from caseness.check.beside import PERIOD
from caseness.check.model import FILE, GROUP, RECORD, WARNING, Childless, Row, Rule
from caseness.check.relations import repeated, shared_by_persons
from caseness.check.row_tests import (
    after,
    before,
    blank,
    blank_although,
    no_nhs_number,
    no_postcode,
    not_of_scheme,
)
from caseness.check.rules.wording import (
    CORRECT_CELL,
    CORRECT_DATE,
    DICTIONARY,
    FILL_CELL,
    LIBRARY,
    LOSES_ALL,
    NHS_NUMBER,
    OURS,
)
from caseness.record import Reference

# The oldest that a person may be, in years at the start of the month, in the published validations.
OLDEST = 120
_TOO_OLD = 12 * (OLDEST + 1)

_LOSES_PATIENT = "The patient, with every referral, contact and score, is left out of every figure."
_UNTRACED = "No rate changes. Whoever moves between providers may be counted as two people."
_NO_AGE = "The patient is missing from figures by age."
_NO_GENDER = "The patient is missing from figures by gender."
_NO_PLACE = "The patient is missing from figures by deprivation and place."
_NO_GP = "The row is left out. A patient without another registration is left out of every figure."
_NO_EMPLOYMENT = "The row is left out: employment at the start or the end becomes another status, or unknown."
_NO_SUPPORT = "Figures of employment support may miss the person."
_NO_GROUP = "The row is left out: figures by religion or sexual orientation miss the person."
_NO_MEASURE = "The row is left out. No measure reads it."
_NO_CLUSTER = "The row is left out of figures by care cluster."
_ASK_TRACE = "Trace the number on the spine, and submit again."

PATIENT = (
    Rule(
        "C001-02", "IDS001MPI", ("NHSNumber",), FILE,
        "An NHS number has ten digits, of which the last checks the others (modulus 11).", LOSES_ALL, _ASK_TRACE, NHS_NUMBER,
        no_nhs_number("NHSNumber"), official=("IDSREJ006",),
    ),
    Rule(
        "C001-03", "IDS001MPI", ("NHSNumber",), FILE, "An NHS number belongs to one person.",
        f"{LOSES_ALL} Two courses of two people would be told as one.", _ASK_TRACE, LIBRARY, shared_by_persons("NHSNumber"),
        official=("IDSREJ009",),
    ),
    Rule(
        "C001-04", "IDS001MPI", ("Postcode",), FILE, "A postcode has the form of a postcode. Its existence is not looked up.",
        LOSES_ALL, CORRECT_CELL, LIBRARY, no_postcode("Postcode"), official=("IDSREJ007",),
    ),
    Rule(
        "C001-05", "IDS001MPI", ("PersonBirthDate",), FILE,
        f"A person is born before the month ends, and is at most {OLDEST} years old when it starts.", LOSES_ALL, CORRECT_DATE,
        LIBRARY,
        Row(
            lambda rows: (rows.PersonBirthDate > rows.period_end)
            | (rows.PersonBirthDate + ibis.interval(months=_TOO_OLD) <= rows.period_start),
            (PERIOD,),
        ),
        official=("IDSREJ008",),
    ),
    Rule(
        "C001-06", "IDS001MPI", ("LocalPatientId",), GROUP, "A patient has at least one sound GP registration.",
        _LOSES_PATIENT, "Give a registration. V81997, V81998 and V81999 stand for none.", LIBRARY,
        Childless(Reference("IDS002GP", "LocalPatientId")), official=("IDS00145",),
    ),
    Rule(
        "C001-07", "IDS001MPI", ("LocalPatientId",), GROUP, "A patient has at least one sound referral.",
        _LOSES_PATIENT, "Mend the referral, or leave the patient out of the submission.", LIBRARY,
        Childless(Reference("IDS101Referral", "LocalPatientId")), official=("IDS00146",),
    ),
    Rule(
        "C001-08", "IDS001MPI", ("PersonBirthDate",), WARNING, "The birth date is given.", _NO_AGE, FILL_CELL, LIBRARY,
        blank("PersonBirthDate"), official=("IDS00120",), versions=("2.0",),
    ),
    Rule(
        "C001-09", "IDS001MPI", ("PersonBirthDate",), RECORD, "The birth date is given.", _LOSES_PATIENT, FILL_CELL,
        DICTIONARY, blank("PersonBirthDate"), versions=("2.1",), verified=False,
        reason="The dictionary marks the item mandatory; the validations of version 2.1 were not found.",
    ),
    Rule(
        "C001-10", "IDS001MPI", ("NHSNumber",), WARNING, "The NHS number is given.", _UNTRACED, _ASK_TRACE, LIBRARY,
        blank("NHSNumber"), official=("IDS00111",),
    ),
    Rule(
        "C001-11", "IDS001MPI", ("NHSNumberStatus",), WARNING, "The status of the NHS number is given.", _UNTRACED, FILL_CELL,
        LIBRARY, blank("NHSNumberStatus"), official=("IDS00162", "IDS00118"),
    ),
    Rule(
        "C001-12", "IDS001MPI", ("NHSNumber", "NHSNumberStatus"), WARNING,
        "There is no NHS number where its status says that there is none (07).", _UNTRACED, CORRECT_CELL, LIBRARY,
        Row(lambda rows: rows.NHSNumber.notnull() & (rows.NHSNumberStatus == "07")), official=("IDS00117",),
    ),
    Rule(
        "C001-13", "IDS001MPI", ("NHSNumber", "NHSNumberStatus"), WARNING,
        "There is an NHS number where its status says that it was traced (01 or 02).", _UNTRACED, CORRECT_CELL, LIBRARY,
        blank_although("NHSNumber", "NHSNumberStatus", "01", "02"), official=("IDS00161",),
    ),
    Rule(
        "C001-14", "IDS001MPI", ("Postcode",), WARNING, "The postcode is given.", _NO_PLACE, FILL_CELL, LIBRARY,
        blank("Postcode"), official=("IDS00123",),
    ),
    Rule(
        "C001-15", "IDS001MPI", ("Gender",), WARNING, "The gender is given.", _NO_GENDER, FILL_CELL, LIBRARY, blank("Gender"),
        official=("IDS00129",),
    ),
    Rule(
        "C001-16", "IDS001MPI", ("OrgIDLocalPatientId",), WARNING, "The patient's identifier is that of the provider of the header.",
        "None, unless two organisations gave one identifier to two people.", CORRECT_CELL, LIBRARY,
        Row(lambda rows: rows.OrgIDLocalPatientId != rows.header_provider, (PERIOD,)), official=("IDS00153",),
    ),
)  # fmt: skip

REGISTRATION = (
    Rule(
        "C002-02", "IDS002GP", ("StartDateGMPRegistration",), RECORD,
        "A registration starts at most one day after the month.", _NO_GP, CORRECT_DATE, LIBRARY,
        after("StartDateGMPRegistration", "period_end", days=1), official=("IDS00211",),
    ),
    Rule(
        "C002-03", "IDS002GP", ("StartDateGMPRegistration",), RECORD, "A registration does not start before birth.", _NO_GP,
        CORRECT_DATE, LIBRARY, before("StartDateGMPRegistration", "patient_born"), official=("IDS00212",),
    ),
    Rule(
        "C002-04", "IDS002GP", ("EndDateGMPRegistration",), RECORD, "A registration does not end before the month.", _NO_GP,
        "Leave out what ended before the month.", LIBRARY, before("EndDateGMPRegistration", "period_start"), official=("IDS00214",),
    ),
    Rule(
        "C002-05", "IDS002GP", ("EndDateGMPRegistration",), RECORD, "A registration does not end after the month.", _NO_GP,
        "Leave the end blank until the month in which it comes.", LIBRARY, after("EndDateGMPRegistration", "period_end"),
        official=("IDS00215",),
    ),
    Rule(
        "C002-06", "IDS002GP", ("EndDateGMPRegistration", "StartDateGMPRegistration"), RECORD,
        "A registration does not end before it starts.", _NO_GP, CORRECT_DATE, LIBRARY,
        before("EndDateGMPRegistration", "StartDateGMPRegistration"), official=("IDS00216",),
    ),
    Rule(
        "C002-07", "IDS002GP", ("LocalPatientId", "EndDateGMPRegistration"), GROUP,
        "A patient has one registration without an end, not several.", _NO_GP, "Give the end of the earlier registration.",
        LIBRARY, repeated("IDS002GP", ("LocalPatientId",), only=lambda rows: rows.EndDateGMPRegistration.isnull()),
        official=("IDS00222",),
    ),
    Rule(
        "C002-08", "IDS002GP", ("OrgIDGPPrac",), WARNING, "The organisation responsible for the practice is given.",
        "None: no measure reads it.", FILL_CELL, LIBRARY, blank("OrgIDGPPrac"), official=("IDS00217",), versions=("2.0",),
    ),
)  # fmt: skip

ACCOMMODATION = (
    Rule(
        "C003-01", "IDS003AccommStatus", ("AccommodationTypeEndDate", "AccommodationTypeStartDate"), WARNING,
        "Accommodation does not end before it starts.", "None: no measure reads it.", CORRECT_DATE, OURS,
        before("AccommodationTypeEndDate", "AccommodationTypeStartDate"), versions=("2.1",),
    ),
)  # fmt: skip

EMPLOYMENT = (
    Rule(
        "C004-01", "IDS004EmpStatus", ("EmployStatusRecDate",), RECORD, "Employment is not recorded before birth.",
        _NO_EMPLOYMENT, CORRECT_DATE, LIBRARY, before("EmployStatusRecDate", "patient_born"), official=("IDS00438",),
    ),
    Rule(
        "C004-02", "IDS004EmpStatus", ("EmployStatusRecDate",), RECORD, "Employment is not recorded after the month.",
        _NO_EMPLOYMENT, CORRECT_DATE, LIBRARY, after("EmployStatusRecDate", "period_end"), official=("IDS00436",),
    ),
    Rule(
        "C004-03", "IDS004EmpStatus", ("EmpSupportReferral",), RECORD,
        "A referral to employment support does not come before birth.", _NO_EMPLOYMENT, CORRECT_DATE, LIBRARY,
        before("EmpSupportReferral", "patient_born"), official=("IDS00439",),
    ),
    Rule(
        "C004-04", "IDS004EmpStatus", ("EmpSupportReferral",), RECORD,
        "A referral to employment support does not come after the month.", _NO_EMPLOYMENT, CORRECT_DATE, LIBRARY,
        after("EmpSupportReferral", "period_end"), official=("IDS00437",),
    ),
    Rule(
        "C004-05", "IDS004EmpStatus", ("LocalPatientId", "EmployStatusRecDate"), GROUP,
        "A patient has one employment row without a date, not several.", _NO_EMPLOYMENT, FILL_CELL, LIBRARY,
        repeated("IDS004EmpStatus", ("LocalPatientId",), only=lambda rows: rows.EmployStatusRecDate.isnull()),
        official=("IDS00440",),
    ),
    Rule(
        "C004-06", "IDS004EmpStatus", ("EmployStatusRecDate",), WARNING, "The date of an employment row is given.",
        "Employment at the start and at the end cannot be told apart.", FILL_CELL, LIBRARY, blank("EmployStatusRecDate"),
        official=("IDS00412",),
    ),
    Rule(
        "C004-07", "IDS004EmpStatus", ("EmpSupportInd", "EmpSupportReferral"), WARNING,
        "Whoever is referred to employment support has a suitability for it.", _NO_SUPPORT, FILL_CELL, LIBRARY,
        blank("EmpSupportInd", where="EmpSupportReferral"), official=("IDS00433",),
    ),
    Rule(
        "C004-08", "IDS004EmpStatus", ("EmpSupportReferral", "EmpSupportInd"), WARNING,
        "Whoever is suitable for employment support has a date of referral to it.", _NO_SUPPORT, FILL_CELL, LIBRARY,
        blank_although("EmpSupportReferral", "EmpSupportInd", "Y"), official=("IDS00435",),
    ),
    Rule(
        "C004-09", "IDS004EmpStatus", ("EmpSupportDischargeDate", "EmpSupportReferral"), WARNING,
        "Employment support does not end before it was referred to.", _NO_SUPPORT, CORRECT_DATE, OURS,
        before("EmpSupportDischargeDate", "EmpSupportReferral"), versions=("2.1",),
    ),
)  # fmt: skip

CIRCUMSTANCE = (
    Rule(
        "C011-01", "IDS011SocPerCircumstances", ("SocPerCircumstanceRecDate",), RECORD,
        "A circumstance is not recorded before birth.", _NO_GROUP, CORRECT_DATE, LIBRARY,
        before("SocPerCircumstanceRecDate", "patient_born"), official=("IDS01111",),
    ),
    Rule(
        "C011-02", "IDS011SocPerCircumstances", ("SocPerCircumstanceRecDate",), RECORD,
        "A circumstance is not recorded after the month.", _NO_GROUP, CORRECT_DATE, LIBRARY,
        after("SocPerCircumstanceRecDate", "period_end"), official=("IDS01107",),
    ),
    Rule(
        "C011-03", "IDS011SocPerCircumstances", ("SocPerCircumstanceRecDate",), WARNING, "The date of a circumstance is given.",
        "The latest of several answers cannot be told.", FILL_CELL, LIBRARY, blank("SocPerCircumstanceRecDate"),
        official=("IDS01110",),
    ),
    Rule(
        "C012-01", "IDS012OverseasVisitorChargCat", ("OvsVisChCatAppDate",), RECORD,
        "A charging category does not apply before birth.", _NO_MEASURE, CORRECT_DATE, LIBRARY,
        before("OvsVisChCatAppDate", "patient_born"), official=("IDS01211",),
    ),
    Rule(
        "C012-02", "IDS012OverseasVisitorChargCat", ("OvsVisChCatAppDate",), RECORD,
        "A charging category does not apply from after the month.", _NO_MEASURE, CORRECT_DATE, LIBRARY,
        after("OvsVisChCatAppDate", "period_end"), official=("IDS01209",),
    ),
    Rule(
        "C012-03", "IDS012OverseasVisitorChargCat", ("OvsVisChCatAppDate",), WARNING,
        "The date of a charging category is given.", "None: no measure reads it.", FILL_CELL, LIBRARY, blank("OvsVisChCatAppDate"),
        official=("IDS01210",),
    ),
)  # fmt: skip

DIAGNOSIS = (
    Rule(
        "C601-01", "IDS601MedHistPrevDiag", ("DiagSchemeInUse", "PrevDiag"), WARNING,
        "A previous diagnosis is written in the way of its scheme.", "None: no measure reads it.", CORRECT_CELL, OURS,
        not_of_scheme("DiagSchemeInUse", "PrevDiag"), versions=("2.1",),
    ),
    Rule(
        "C601-02", "IDS601MedHistPrevDiag", ("DiagSchemeInUse", "PrevDiag"), WARNING,
        "A previous diagnosis has a scheme.", "None: no measure reads it.", FILL_CELL, OURS,
        blank("DiagSchemeInUse", where="PrevDiag"), versions=("2.1",),
    ),
)  # fmt: skip

CLUSTER = (
    Rule(
        "C803-01", "IDS803CareCluster", ("StartDateCareClust",), RECORD, "A care cluster does not start after the month.",
        _NO_CLUSTER, CORRECT_DATE, LIBRARY, after("StartDateCareClust", "period_end"), official=("IDS80306",),
    ),
    Rule(
        "C803-02", "IDS803CareCluster", ("EndDateCareClust",), RECORD, "A care cluster does not end before the month.",
        _NO_CLUSTER, "Leave out what ended before the month.", LIBRARY, before("EndDateCareClust", "period_start"),
        official=("IDS80315",),
    ),
    Rule(
        "C803-03", "IDS803CareCluster", ("EndDateCareClust",), RECORD, "A care cluster does not end after the month.",
        _NO_CLUSTER, "Leave the end blank until the month in which it comes.", LIBRARY, after("EndDateCareClust", "period_end"),
        official=("IDS80316",),
    ),
    Rule(
        "C803-04", "IDS803CareCluster", ("EndDateCareClust", "StartDateCareClust"), RECORD,
        "A care cluster does not end before it starts.", _NO_CLUSTER, CORRECT_DATE, LIBRARY,
        before("EndDateCareClust", "StartDateCareClust"), official=("IDS80317",),
    ),
    Rule(
        "C803-05", "IDS803CareCluster", ("LocalPatientId", "EndDateCareClust"), GROUP,
        "A patient has one care cluster without an end, not several.", _NO_CLUSTER, "Give the end of the earlier cluster.", LIBRARY,
        repeated("IDS803CareCluster", ("LocalPatientId",), only=lambda rows: rows.EndDateCareClust.isnull()),
        official=("IDS80319",),
    ),
    Rule(
        "C803-06", "IDS803CareCluster", ("StartDateCareClust",), WARNING, "The start of a care cluster is given.",
        "The cluster cannot be placed in time.", FILL_CELL, LIBRARY, blank("StartDateCareClust"), official=("IDS80304",),
    ),
)  # fmt: skip

RULES = (*PATIENT, *REGISTRATION, *ACCOMMODATION, *EMPLOYMENT, *CIRCUMSTANCE, *DIAGNOSIS, *CLUSTER)
