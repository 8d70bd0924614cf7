"""Rules of the referral, of what interrupts it, and of the problem that it is for."""

from caseness.check.beside import PATIENT
from caseness.check.model import RECORD, WARNING, Row, Rule
from caseness.check.relations import ended_before_the_month
from caseness.check.row_tests import after, before, blank, not_of_scheme
from caseness.check.rules.wording import CORRECT_CELL, CORRECT_DATE, FILL_CELL, LIBRARY, OURS

_LOSES_REFERRAL = "The referral, with its contacts and scores, is left out of every figure."
_NO_ENDING = "Ended referrals and finished courses (M056, M076) miss it, or their reason (M061 to M074) is unknown."
_NO_PAUSE = "The row is left out. No official wait subtracts a pause."
_NO_ONWARD = "The row is left out. No measure reads it."
_NO_PROBLEM = (
    "The row is left out: the problem descriptor, and so the anxiety measure of the outcome, may become another."
)

REFERRAL = (
    Rule(
        "C101-03", "IDS101Referral", ("ReferralRequestReceivedDate",), RECORD, "A referral is not received before birth.",
        _LOSES_REFERRAL, CORRECT_DATE, LIBRARY, before("ReferralRequestReceivedDate", "patient_born"), official=("IDS10140",),
    ),
    Rule(
        "C101-04", "IDS101Referral", ("ReferralRequestReceivedDate",), RECORD, "A referral is not received after the month.",
        _LOSES_REFERRAL, CORRECT_DATE, LIBRARY, after("ReferralRequestReceivedDate", "period_end"), official=("IDS10113",),
    ),
    Rule(
        "C101-05", "IDS101Referral", ("ServDischDate", "ReferralRequestReceivedDate"), RECORD,
        "A referral does not end before it was received.", _LOSES_REFERRAL, CORRECT_DATE, LIBRARY,
        before("ServDischDate", "ReferralRequestReceivedDate"), official=("IDS10128",),
    ),
    Rule(
        "C101-06", "IDS101Referral", ("ServDischDate",), RECORD, "A referral does not end after the month.", _LOSES_REFERRAL,
        "Leave the end blank until the month in which it comes.", LIBRARY, after("ServDischDate", "period_end"),
        official=("IDS10139",),
    ),
    Rule(
        "C101-07", "IDS101Referral", ("ServDischDate",), RECORD,
        "A referral that ended before the month has a follow-up contact or an experience questionnaire in it.", _LOSES_REFERRAL,
        "Leave out what ended before the month.", LIBRARY, ended_before_the_month(), official=("IDS10129",),
    ),
    Rule(
        "C101-08", "IDS101Referral", ("EndCode", "ServDischDate"), WARNING, "A referral with a reason for its end has a date of end.",
        _NO_ENDING, "Give the date, or remove the reason.", LIBRARY, blank("ServDischDate", where="EndCode"), official=("IDS10138",),
    ),
    Rule(
        "C101-09", "IDS101Referral", ("ServDischDate", "EndCode"), WARNING, "A referral with a date of end has a reason for it.",
        _NO_ENDING, FILL_CELL, LIBRARY, blank("EndCode", where="ServDischDate"), official=("IDS10137",),
    ),
    Rule(
        "C101-10", "IDS101Referral", ("OnsetDate",), RECORD, "The problem does not begin before the month of birth.",
        _LOSES_REFERRAL, CORRECT_DATE, LIBRARY,
        Row(lambda rows: rows.OnsetDate < rows.patient_born.strftime("%Y-%m"), (PATIENT,)), official=("IDS10141",),
    ),
    Rule(
        "C101-11", "IDS101Referral", ("OnsetDate", "ReferralRequestReceivedDate"), WARNING,
        "The problem does not begin after the month of referral.", "None: no measure reads it.", CORRECT_DATE, OURS,
        Row(lambda rows: rows.OnsetDate > rows.ReferralRequestReceivedDate.strftime("%Y-%m")),
    ),
)  # fmt: skip

ONWARD = (
    Rule(
        "C105-01", "IDS105OnwardReferral", ("OnwardReferDate",), RECORD, "An onward referral does not come before the month.",
        _NO_ONWARD, CORRECT_DATE, LIBRARY, before("OnwardReferDate", "period_start"), official=("IDS10522",),
    ),
    Rule(
        "C105-02", "IDS105OnwardReferral", ("OnwardReferDate",), RECORD, "An onward referral does not come after the month.",
        _NO_ONWARD, CORRECT_DATE, LIBRARY, after("OnwardReferDate", "period_end"), official=("IDS10505",),
    ),
    Rule(
        "C105-03", "IDS105OnwardReferral", ("OnwardReferDate",), RECORD, "An onward referral does not come before the referral.",
        _NO_ONWARD, CORRECT_DATE, LIBRARY, before("OnwardReferDate", "referral_received"), official=("IDS10521",),
    ),
)  # fmt: skip

PAUSE = (
    Rule(
        "C108-01", "IDS108WaitingTimePauses", ("PauseStartDate",), RECORD, "A pause does not start after the month.", _NO_PAUSE,
        CORRECT_DATE, LIBRARY, after("PauseStartDate", "period_end"), official=("IDS10809",),
    ),
    Rule(
        "C108-02", "IDS108WaitingTimePauses", ("PauseStartDate",), RECORD, "A pause does not start before the referral.",
        _NO_PAUSE, CORRECT_DATE, LIBRARY, before("PauseStartDate", "referral_received"), official=("IDS10816",),
    ),
    Rule(
        "C108-03", "IDS108WaitingTimePauses", ("PauseEndDate",), RECORD, "A pause does not end before the month.", _NO_PAUSE,
        "Leave out what ended before the month.", LIBRARY, before("PauseEndDate", "period_start"), official=("IDS10811",),
    ),
    Rule(
        "C108-04", "IDS108WaitingTimePauses", ("PauseEndDate",), RECORD, "A pause does not end after the month.", _NO_PAUSE,
        "Leave the end blank until the month in which it comes.", LIBRARY, after("PauseEndDate", "period_end"),
        official=("IDS10812",),
    ),
    Rule(
        "C108-05", "IDS108WaitingTimePauses", ("PauseEndDate", "PauseStartDate"), RECORD, "A pause does not end before it starts.",
        _NO_PAUSE, CORRECT_DATE, LIBRARY, before("PauseEndDate", "PauseStartDate"), official=("IDS10813",),
    ),
    Rule(
        "C108-06", "IDS108WaitingTimePauses", ("PauseReason",), WARNING, "The reason of a pause is given.",
        "None: no official wait subtracts a pause.", FILL_CELL, LIBRARY, blank("PauseReason"), official=("IDS10817",),
    ),
)  # fmt: skip

PROBLEM = (
    Rule(
        "C602-01", "IDS602LongTermCondition", ("FindSchemeInUse", "LongTermCondition"), RECORD,
        "A long-term condition is written in the way of its scheme.", "The row is left out of figures by long-term condition.",
        CORRECT_CELL, LIBRARY, not_of_scheme("FindSchemeInUse", "LongTermCondition"), official=("IDS60209",),
    ),
    Rule(
        "C603-01", "IDS603PresentingComplaints", ("FindSchemeInUse", "PresComp"), RECORD,
        "A problem is written in the way of its scheme.", _NO_PROBLEM, CORRECT_CELL, LIBRARY,
        not_of_scheme("FindSchemeInUse", "PresComp"), official=("IDS60310",),
    ),
    Rule(
        "C603-02", "IDS603PresentingComplaints", ("PresCompDate",), RECORD, "A problem is not recorded after the month.",
        _NO_PROBLEM, CORRECT_DATE, LIBRARY, after("PresCompDate", "period_end"), official=("IDS60314",),
    ),
    Rule(
        "C603-03", "IDS603PresentingComplaints", ("PresCompDate",), RECORD, "A problem is not recorded before birth.",
        _NO_PROBLEM, CORRECT_DATE, LIBRARY, before("PresCompDate", "patient_born"), official=("IDS60316",),
    ),
    Rule(
        "C603-04", "IDS603PresentingComplaints", ("PresCompCodSig",), WARNING, "Whether a problem is the primary one is given.",
        "Where a referral has several problems, another may be taken for the first.", FILL_CELL, LIBRARY, blank("PresCompCodSig"),
        official=("IDS60315",),
    ),
)  # fmt: skip

RULES = (*REFERRAL, *ONWARD, *PAUSE, *PROBLEM)
