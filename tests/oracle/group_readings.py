"""How this oracle reads what is said of the breakdown variables V001 to V015, where that is silent or has two senses."""

from oracle.reading import Reading

GROUPS = (
    Reading(
        "R54",
        "Whose rows say who somebody is (V001 to V008, V013 to V015)?",
        "The patient's in the file of the standing referral row: IDS001, IDS007 and IDS011 alike. What other files say "
        "is not asked, nor of several circumstances the latest.",
        "1.6, 6 (SPC)",
    ),
    Reading(
        "R55",
        "At what date is somebody as old as V001, V004 and V015 say, for a quarter?",
        "At the end of the month of the row that stands for the quarter (as R05). Somebody born on 29 February is a year "
        "older on 1 March.",
        "1.3, 5.3 (27)",
    ),
    Reading(
        "R56",
        "In which group is a null, of which NOT IN says nothing (V002, V004 to V008)?",
        "In the one that is not stated, not known or invalid.",
        "5.3 (26)",
    ),
    Reading(
        "R57",
        "Which variables put one pathway into several groups?",
        "Those of tables with several rows: disability, programme, long-term condition, religion and sexual orientation. "
        "Every row counts, and of one text that names two programmes both. All others have one group.",
        "5.2 F",
    ),
    Reading(
        "R58",
        "When is nothing recorded (V003, V009, V010, V013, V014)?",
        "When none of the rows has a code, or of circumstances one of the listed codes. A blank row beside one with a "
        "code says nothing.",
        "V003, V009, V010, V013, V014",
    ),
    Reading(
        "R59",
        "Which logs name the programme of a pathway (V009)?",
        "All of its files up to the month, inside the referral or not, completed or not.",
        "1.6",
    ),
    Reading(
        "R60",
        "Which rows of IDS602 tell the condition of a pathway (V010), and which of its codes?",
        "Those of the referral in the file of the standing row: of IDS602 it is not said that it is joined on PathwayID, as "
        "IDS201, 205, 603 and 606 are. The code as submitted, whatever its scheme.",
        "1.6, V010",
    ),
    Reading(
        "R61",
        "Is the problem (V011) that of every complaint, or of the one that is selected?",
        "Of the one (as R25). Codes without a star are tested by equality, so F4000 is another F40-F43 code. (Otherwise: "
        "every code is a beginning, as section 1.3 has it for F42 and K58.)",
        "1.4 D21/22, 2.4",
    ),
    Reading(
        "R62",
        "Which contacts tell medication (V012), and in which group is a course that did not finish in the period?",
        "All attended ones with a date and a value, inside the referral or not; UU, ZZ and unlisted codes are values. A "
        "course that did not finish is in the group that is not stated, not known or invalid.",
        "1.4 D19/20, 5.3 (26)",
    ),
)
