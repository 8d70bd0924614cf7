"""Rules of contacts, of what was done in them, and of therapy over the internet."""

from caseness.check.beside import REFERRAL
from caseness.check.model import RECORD, WARNING, Row, Rule
from caseness.check.relations import ATTENDED, absent, attended_without_activity, repeated
from caseness.check.row_tests import (
    ICD_10,
    SNOMED_CT,
    after,
    before,
    blank,
    blank_although,
    filled_although,
    not_of_scheme,
)
from caseness.check.rules.wording import CORRECT_CELL, CORRECT_DATE, FILL_CELL, LIBRARY, OURS, REMOVE_DUPLICATE
from caseness.record import Reference

_LOSES_CONTACT = (
    "The contact, with its activities and scores, is left out: first treatment, waits and doses may change."
)
_LOSES_ACTIVITY = "The activity, with its scores, is left out: counts by therapy and first and last scores may change."
_NO_LOG = "The log is left out: first treatment and the number of treatments (M031, M076) may change."
_NO_FINDING = "None: no measure reads findings and observations."
# The purposes whose contacts count as treatment.
_TREATMENT = ("02", "03", "05")

CONTACT = (
    Rule(
        "C201-01", "IDS201CareContact", ("CareContDate",), RECORD, "A contact does not come before the month.", _LOSES_CONTACT,
        "Submit it with its own month.", LIBRARY, before("CareContDate", "period_start"), official=("IDS20170",),
    ),
    Rule(
        "C201-02", "IDS201CareContact", ("CareContDate",), RECORD, "A contact does not come after the month.", _LOSES_CONTACT,
        "Submit it with its own month.", LIBRARY, after("CareContDate", "period_end"), official=("IDS20108",),
    ),
    Rule(
        "C201-03", "IDS201CareContact", ("CareContDate",), RECORD, "A contact does not come before the referral.", _LOSES_CONTACT,
        CORRECT_DATE, LIBRARY, before("CareContDate", "referral_received"), official=("IDS20171",),
    ),
    Rule(
        "C201-04", "IDS201CareContact", ("AttendOrDNACode", "CareContactId"), WARNING, "An attended contact has an activity.",
        "The contact counts as treatment by its purpose, but in no count by therapy, and no score hangs on it.",
        "Record what was done in the contact.", LIBRARY, attended_without_activity(), official=("IDS20169",),
    ),
    Rule(
        "C201-05", "IDS201CareContact", ("CareContDate", "CareContTime", "AttendOrDNACode"), WARNING,
        "A referral has one attended contact at one time, not several.",
        "Contacts may be counted twice, and a course of one treatment may pass for one of two (M075, M076).", REMOVE_DUPLICATE,
        LIBRARY,
        repeated(
            "IDS201CareContact", ("ServiceRequestId", "CareContDate", "CareContTime"),
            only=lambda rows: rows.AttendOrDNACode.isin(ATTENDED),
        ),
        official=("IDS20168",),
    ),
    Rule(
        "C201-06", "IDS201CareContact", ("Cancellation", "AttendOrDNACode"), WARNING,
        "A contact cancelled by or for the patient says whether it was at short notice.", "No rate changes.", FILL_CELL, LIBRARY,
        blank_although("Cancellation", "AttendOrDNACode", "2"), official=("IDS20166",),
    ),
    Rule(
        "C201-07", "IDS201CareContact", ("Cancellation", "AttendOrDNACode"), WARNING,
        "Only a contact cancelled by or for the patient says whether it was at short notice.", "No rate changes.", CORRECT_CELL,
        LIBRARY, filled_although("Cancellation", "AttendOrDNACode", "2"), official=("IDS20167",),
    ),
    Rule(
        "C201-08", "IDS201CareContact", ("CareContDate", "AppType"), WARNING,
        "An attended treatment contact does not come after the end of the referral.",
        "The contact is outside the referral, and counts for neither first treatment nor dose.",
        "Correct the end of the referral, or the purpose (06 is follow-up).", OURS,
        Row(
            lambda rows: (rows.CareContDate > rows.referral_ended)
            & rows.AppType.isin(_TREATMENT)
            & rows.AttendOrDNACode.isin(ATTENDED),
            (REFERRAL,),
        ),
    ),
)  # fmt: skip

ACTIVITY = (
    Rule(
        "C202-01", "IDS202CareActivity", ("FindSchemeInUse", "CodeFind"), RECORD, "A finding has a scheme.", _LOSES_ACTIVITY,
        FILL_CELL, LIBRARY,
        Row(lambda rows: rows.CodeFind.notnull() & ~rows.FindSchemeInUse.isin((ICD_10, SNOMED_CT)).fill_null(False)),
        official=("IDS20214",),
    ),
    Rule(
        "C202-02", "IDS202CareActivity", ("CodeFind", "FindSchemeInUse"), RECORD, "A finding is written in the way of its scheme.",
        _LOSES_ACTIVITY, CORRECT_CELL, LIBRARY, not_of_scheme("FindSchemeInUse", "CodeFind"), official=("IDS20228",),
    ),
    Rule(
        "C202-03", "IDS202CareActivity", ("FindSchemeInUse", "CodeFind"), WARNING, "A scheme has a finding.", _NO_FINDING, FILL_CELL,
        LIBRARY, blank("CodeFind", where="FindSchemeInUse"), official=("IDS20216",),
    ),
    Rule(
        "C202-04", "IDS202CareActivity", ("UnitMeasure", "ObsValue"), WARNING, "An observation has a unit.", _NO_FINDING, FILL_CELL,
        LIBRARY, blank("UnitMeasure", where="ObsValue"), official=("IDS20226",),
    ),
    Rule(
        "C202-05", "IDS202CareActivity", ("CarePersLocalId",), WARNING, "The therapist has a row of qualifications.",
        "The contact is told as one of unknown staff (M1017).", "Add the therapist's qualifications to the submission.", OURS,
        absent("IDS202CareActivity", Reference("IDS902CarePersQual", "CarePersLocalId")),
    ),
)  # fmt: skip

INTERNET = (
    Rule(
        "C205-01", "IDS205InternetTherLog", ("StartDateIntEnabledTherLog",), RECORD, "A log does not start after the month.",
        _NO_LOG, CORRECT_DATE, LIBRARY, after("StartDateIntEnabledTherLog", "period_end"), official=("IDS20506",),
    ),
    Rule(
        "C205-02", "IDS205InternetTherLog", ("StartDateIntEnabledTherLog",), RECORD, "A log does not start before the referral.",
        _NO_LOG, CORRECT_DATE, LIBRARY, before("StartDateIntEnabledTherLog", "referral_received"), official=("IDS20520",),
    ),
    Rule(
        "C205-03", "IDS205InternetTherLog", ("EndDateIntEnabledTherLog",), RECORD, "A log does not end before the month.", _NO_LOG,
        "Submit it with its own month.", LIBRARY, before("EndDateIntEnabledTherLog", "period_start"), official=("IDS20509",),
    ),
    Rule(
        "C205-04", "IDS205InternetTherLog", ("EndDateIntEnabledTherLog",), RECORD, "A log does not end after the month.", _NO_LOG,
        "Submit it with the month in which it ends.", LIBRARY, after("EndDateIntEnabledTherLog", "period_end"),
        official=("IDS20510",),
    ),
    Rule(
        "C205-05", "IDS205InternetTherLog", ("EndDateIntEnabledTherLog", "StartDateIntEnabledTherLog"), RECORD,
        "A log does not end before it starts.", _NO_LOG, CORRECT_DATE, LIBRARY,
        before("EndDateIntEnabledTherLog", "StartDateIntEnabledTherLog"), official=("IDS20511",),
    ),
)  # fmt: skip

RULES = (*CONTACT, *ACTIVITY, *INTERNET)
