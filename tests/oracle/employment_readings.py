"""How this oracle reads what is said of employment and of integrated services, where that is silent or has two senses."""

from oracle.reading import Reading

EMPLOYMENT = (
    # Employment. Of the first five each answer is a choice, and both are compared.
    Reading(
        "R41",
        "When does a row begin to hold (RecordStartDate, for EA001, EA034, EA035 and EA139)?",
        "In the month of its file: every file has the row anew. EA139 says 'the first day of the period', which is the "
        "same for a month. (Otherwise: in the first month that has the pathway.)",
        "1.3, 5.3 (23, 24)",
    ),
    Reading(
        "R42",
        "Whose rows of IDS004 tell a status or suitability (EA050-EA057, EA139, EA276-EA279, M316-M331)?",
        "Those of the person in the file of the standing referral row, as for every other use of IDS004. (Otherwise: "
        "those in any file of that provider up to the month. The catalogue links them on PersonID alone.)",
        "1.6, EA050",
    ),
    Reading(
        "R43",
        "Someone who does not work is said to be off sick or of unknown absence: not employed, or unknown?",
        "Not employed: the four groups are asked for in order. (Otherwise: unknown.) 01 with anything but Y or N is "
        "unknown, and so is a pathway without any row that counts.",
        "5.3 (21)",
    ),
    Reading(
        "R44",
        "Does a row count whose SickAbsenceInd is blank?",
        "As written: when support begins (EA276-EA279), and not for a first or last status. (Otherwise: always.)",
        "5.3 (21)",
    ),
    Reading(
        "R45",
        "Of several rows, whose EmpSupportDischargeDate puts a referral into the period (EA041, EA050-EA057, EA131-EA136)?",
        "Any row of the person in the file of the standing referral row: nothing is said of an order. (Otherwise: that "
        "of the latest row alone.)",
        "5.3 (22), EA041",
    ),
    Reading(
        "R46",
        "Which contacts do EA131 to EA134 count, and of whom are the mean, median and maximum?",
        "Those of the whole pathway by the rule of EmploymentSupport_Count, whose end of support is the day that put the "
        "referral into the period: it is one date of one row. Of several in the period the last. A pathway without such "
        "a contact is in no mean.",
        "5.3 (4, 22), EA131",
    ),
    Reading(
        "R47",
        "What is the greater of two dates of which one is null (EA050-EA057, EA276-EA279)?",
        "The other, or else an open referral would have no status at all. In EA276 EmpSupportDischargeDate is that of "
        "the row itself whose EmployStatusRecDate is compared.",
        "EA050, EA276",
    ),
    Reading(
        "R48",
        "A contact has employment support and something else among its activities: which is it for EA037 to EA039?",
        "Both, as the join has a row for each activity. Without an activity, or with a blank one, it is something else.",
        "EA037",
    ),
    Reading(
        "R49",
        "Which end of support bounds a contact of type 10 in EA036 to EA039?",
        "That of R14, as for EmploymentSupport_Count. A follow-up with the code before discharge counts in none of "
        "EA037 to EA039. A log must begin and end in the referral, so one that ends later is no therapy here.",
        "5.3 (23), EA036",
    ),
    Reading(
        "R50",
        "Which rows do EA002 to EA029 and EA127 to EA130 count?",
        "All of the files of the period whose EmployStatusRecDate lies in it, whatever became of the patient's referral. "
        "A blank is missing before it can be invalid.",
        "5.3 (19)",
    ),
    Reading(
        "R51",
        "What does Count_EmploymentStatuses count (EA001)?",
        "Rows in the file of the standing referral row, recorded from receipt to discharge (or RP end), whose status is "
        "not blank, listed or not.",
        "1.4 D15",
    ),
    Reading(
        "R52",
        "EA139 ranks rows by Person_ID. Does of two referrals of a person only one count?",
        "No: each has the latest row within its own dates.",
        "EA139",
    ),
    # Integrated services.
    Reading(
        "R53",
        "Can a contact for employment support be the first integrated treatment (M272)?",
        "Yes: its type alone decides, as in the therapy counts.",
        "1.4 D116",
    ),
)
