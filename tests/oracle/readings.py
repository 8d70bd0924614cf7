"""Where the specification is silent or can be read in two ways: the question, and how this oracle reads it."""

from oracle.employment_readings import EMPLOYMENT
from oracle.group_readings import GROUPS
from oracle.reading import Reading

READINGS = (
    # Files, pathways and identity.
    Reading(
        "R01",
        "Does the window of a submission (primary, refresh, outside) decide whether it counts?",
        "No. Of each provider and month the file created last counts; of two created at once, the higher id.",
        "1.4 D12, 4",
    ),
    Reading(
        "R02",
        "A person's NHS number appears or changes between months: is it the same pathway?",
        "No. Each file names the person for its own rows, so the referral becomes another pathway, and what earlier "
        "files hold stays with the earlier one.",
        "1.3 PathwayID",
    ),
    Reading(
        "R03",
        "How does a contact, log, score or complaint find its pathway?",
        "By ServiceRequestId through the referral row of its own file. Without such a row it is left out.",
        "1.6",
    ),
    Reading(
        "R04",
        "When is a contact the same contact?",
        "Same provider, same file, same CareContactId. An id that comes back in another month is another contact, also "
        "within one quarter. Of two rows with one id in one file the later row is kept. A log is a row.",
        "1.1, 5.2 D",
    ),
    Reading(
        "R05",
        "What is the end of the reporting period (RP end) of a row that stands for a quarter or year?",
        "For the derived columns, the end of that row's own month. For days waited or idle (PeriodEnd) and for M1011, "
        "the last day of the period.",
        "1.4, 5.2 A",
    ),
    Reading(
        "R06",
        "Which rows can stand for a quarter or year, and whose organisations does a subset go by?",
        "Rows of files whose month begins in the period; the pathway's latest month stands, and the subset goes by "
        "that row alone, also for contacts of the earlier months.",
        "1.4 D13",
    ),
    Reading(
        "R07",
        "How are codes put into one form?",
        "Blanks at the ends go, blank is null, a code in figures is filled with zeros to two places where its list has "
        "two (AppType, ConsMechanism, EndCode, FindSchemeInUse, qualification). Letters keep their case.",
        "7.1",
    ),
    Reading(
        "R08",
        "Is a null AppType 'not 06'?",
        "No, as in SQL: a contact without AppType meets no condition on it, whether of D40, D115 or M1011.",
        "1.4, 5.2",
    ),
    # Dates and counts of a pathway.
    Reading(
        "R09",
        "Two treatments on one day: is the second the second session?",
        "Yes. The ordered sequence has one entry for each contact or log, so the second session can be 0 days after "
        "the first, and whoever has two treatment contacts has a second date.",
        "1.4 D25-27",
    ),
    Reading(
        "R10",
        "When is an internet therapy log completed and inside the referral?",
        "Its end date is at most the RP end, and its start date lies from receipt to discharge (or RP end). A log that "
        "began before discharge and ended after it counts. The same logs serve every date and count.",
        "1.4 D25-31, D48, InternetEnabledTherapy_Count",
    ),
    Reading(
        "R11",
        "Which contacts does the exclusion of employment support reach?",
        "Only session dates and TreatmentCareContact_Count. Such a contact still counts in CareContact_Count, "
        "Assessment_FirstDate, the therapy counts, the first high and low intensity dates, and the stages by its other "
        "codes.",
        "1.4 D23-D52",
    ),
    Reading(
        "R12",
        "Which high-intensity list dates HighIntensityTherapy_FirstDate?",
        "The whole list of section 2.5, with collaborative care and counselling for depression; the stages use the "
        "shorter list of M347.",
        "1.4 D30, 5.3 (2)",
    ),
    Reading(
        "R13",
        "Does 429048003 count as brief psychodynamic therapy?",
        "No: it belongs to the annual measures.",
        "2.5",
    ),
    Reading(
        "R14",
        "Which employment row gives EmpSupportDischargeDate for M099?",
        "The patient's latest row (EmployStatusRecDate, then row number; a null date first) in the file of the "
        "standing referral row, even where that row leaves the date blank. Rows of earlier files are not asked.",
        "1.4 D40, 1.6",
    ),
    Reading(
        "R15",
        "M099 names AppType 02, 03 and 05 in its first branch; D40 says any but 06. Which?",
        "D40, as section 5.3 (4) says. An employment contact of AppType 10 needs no SNOMED code.",
        "5.3 (4)",
    ),
    Reading(
        "R16",
        "Which employment rows give SickpayIndicator_First and _Last?",
        "Those of the person in the file of the standing referral row, recorded from receipt to discharge (or RP end), "
        "with SSPInd Y, N, U or Z. A patient is sent again each month, and IDS004 is joined on Person_ID and RecordNumber.",
        "1.4 D17/18, 1.6",
    ),
    # Scores.
    Reading(
        "R17",
        "In what order do scores of one day stand?",
        "By time, a null time first; then row number; then IDS606 before IDS607.",
        "1.5 (3)",
    ),
    Reading(
        "R18",
        "The same score sent in IDS606 and IDS607: one score or two?",
        "Two: every row is a candidate.",
        "1.5 (1)",
    ),
    Reading(
        "R19",
        "What is a score on an employment support activity?",
        "An IDS607 row whose own activity has the code. Another activity of the same contact does not bar it. IDS606 "
        "rows are never barred.",
        "1.5 (2)",
    ),
    Reading(
        "R20",
        "What is a score on a post-discharge follow-up?",
        "One dated after ServDischDate. AppType 06 by itself bars nothing.",
        "1.5 (2)",
    ),
    Reading(
        "R21",
        "Is a decimal on a tool of whole numbers a score?",
        "Yes if within range: the form of a score is for validation. A sign or an exponent is no number.",
        "1.5 (1), 4",
    ),
    Reading(
        "R22",
        "Where neither the specific measure nor GAD-7 is paired, the specific one with a first score is preferred, but "
        "its token may be set only when paired. Which holds?",
        "Both: the specific first score is ADSM_FirstScore, with its own cut-off, and M204 asks in addition for a last "
        "score on it.",
        "1.5 (5)",
    ),
    Reading(
        "R23",
        "Mobility Inventory: is 2.30 at caseness?",
        "No. Section 3.2 prints '> 2.3' as an exception to 'at or above'. Every other cut-off and every reliable "
        "change is met by equality.",
        "3.1, 3.2",
    ),
    Reading(
        "R24",
        "Which cut-offs do BIQ and CFQ have, and which reliable change BIQ, CFQ, IBS and PHQ-15?",
        "40 and 19, the general-knowledge values of the table; no reliable change, so that none can be reliable in "
        "either direction (though [P] shows that BIQ has one).",
        "3.1, 3.2",
    ),
    # Problems.
    Reading(
        "R25",
        "Over which rows is the one presenting complaint selected?",
        "Those of all counting files up to the month, by pathway. PresCompCodSig is 1, then 2, then anything else; a "
        "null date is the earliest. (Otherwise: those of the file of the standing referral row.)",
        "1.4 D21/22",
    ),
    Reading(
        "R26",
        "Which ICD-10 codes are valid, and how is a short one padded?",
        "A letter, a figure, then one to three more letters or figures; three characters get an X. Anything else, and "
        "any scheme but 01 and 04, is -3, which is 'populated' in the selection.",
        "1.3",
    ),
    Reading(
        "R27",
        "Are 83482000 and 723916001 tested by equality or as prefixes?",
        "By equality in all measures; the ICD-10 codes as prefixes.",
        "1.5 (5), M196-M205",
    ),
    # Outcomes.
    Reading(
        "R28",
        "Do Caseness and NotCaseness need a completed course?",
        "M179 and every denominator count NotCaseness among finished courses only.",
        "3.1, 5.3 (10)",
    ),
    # Stages.
    Reading(
        "R29",
        "In what order do contacts and logs of one day stand?",
        "Contacts by time (null first) and row number, then logs. A contact with both intensities is low, then high.",
        "5.2 E",
    ),
    Reading(
        "R30",
        "Which odd contacts exclude a pathway?",
        "Before the first stage: two or more singles. Between the stages of a step: two or more; since singles "
        "alternate, a step from one intensity to the other then has none between.",
        "5.2 E",
    ),
    Reading(
        "R31",
        "Two runs of one intensity with a single odd contact between: one stage or two?",
        "Two. So high, high, low, high, high, low, low is no step down: its second stage is high.",
        "5.2 E",
    ),
    Reading(
        "R32",
        "From when do M349 and M350 measure in branch [b]?",
        "In both branches from the last contact of stage 1 to the first of stage 2, also where the two first dates "
        "are equal.",
        "5.3 (16)",
    ),
    Reading(
        "R33",
        "A stage can be low-intensity or high-intensity by contacts whose first date is earlier than the stage. Which "
        "date do M347 and M348 take?",
        "The column HighIntensityTherapy_FirstDate or LowIntensityTherapy_FirstDate, as written.",
        "5.2 E",
    ),
    # Figures.
    Reading(
        "R34",
        "Must a contact of M082-M111, M346 or M1001-M1020 lie inside the referral?",
        "No: dated in the period and belonging to a pathway that counts. M1011 alone has the condition.",
        "5.2 D",
    ),
    Reading(
        "R35",
        "Which logs do M343 and M108 count?",
        "All that end in the period and belong to a pathway that counts, whether inside the referral or not.",
        "5.2 D, 5.3 (3)",
    ),
    Reading(
        "R36",
        "When is staff in training (M1015), and when recorded (M1016)?",
        "In training: a listed level with any planned completion date, past or not, and not qualified on the contact's "
        "date. Recorded: any IDS902 row of any of the contact's staff, whatever the level, in a file of a month up to "
        "the last of the period. The best of several staff decides.",
        "5.3 (15)",
    ),
    Reading(
        "R37",
        "Whose logs go into M1013?",
        "All logs of the pathway up to the month, inside the referral or not; a pathway whose logs give no duration is "
        "left out.",
        "5.2, M1013",
    ),
    Reading(
        "R38",
        "Which rows go into M113?",
        "Those with a count above 0, as in M114 to M119.",
        "5.3 (2)",
    ),
    Reading(
        "R39",
        "What is a figure with nothing to count?",
        "A count or sum (M089) is 0; a mean, median, largest, smallest or percentage is null.",
        "5.2",
    ),
    Reading(
        "R40",
        "Are the measures that are not published by quarter computed for one?",
        "Yes, save EA036 to EA039, which ask who was met in a month; M1011 to M1013 not for a month. What it says of "
        "employment and of long-term conditions for more than a month is compared with nothing.",
        "5.1",
    ),
    *EMPLOYMENT,
    *GROUPS,
)
