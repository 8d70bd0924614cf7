"""Errors and ambiguities of the official definitions that touch a measure or a breakdown, and how each is resolved.

The numbers are those of the list in which they were found. Items of that list that touch neither are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

SOURCE = "The list of errors in the specification of the record and the measures, section 5.3"


@dataclass(frozen=True)
class Erratum:
    """One error: what the official definition says, what is done instead, and which measures it touches.

    `derivations` says what is wrong with the official list of derivations of these measures, where it is part of the error.
    """

    number: str
    says: str
    resolved: str
    measures: tuple[str, ...]


def _ids(*spans: str) -> tuple[str, ...]:
    """Ids written as M083 or as M083-M088."""
    return tuple(name for span in spans for name in _span(span))


def _span(span: str) -> tuple[str, ...]:
    first, _, last = span.partition("-")
    letters, begin = re.findall(r"[A-Z]+|[0-9]+", first)
    end = re.sub("[A-Z]", "", last) or begin
    return tuple(f"{letters}{number:03}" for number in range(int(begin), int(end) + 1))


# Status at first and at last: of support that ended, and of courses that were finished.
_OF_SUPPORT, _OF_COURSES = ("EA050-EA057",), ("M316-M331",)


ERRATA = (
    Erratum("typing", "Column names are mistyped: CareContactDate, ServDiscDate, ISD101Referral, CareConactDate, TherapySessionFirstDate; CompletedTreatment_Flag is tested for 'Y' and 'YTrue'; an AND is missing before UsePathway_Flag; IN stands without brackets; a table is called IDS205TheTherLog.", "Read as the column, the value and the condition that are meant.", (*_ids("M083-M088", "M090-M093", "M095", "M097-M100", "M102-M108", "M110-M111", "M346"), "M1011", *_ids("M030", "M045", "M123-M126", "M184", "M349-M350", "M360-M361", "M366-M367"), "M1015", "M1016", "M1017", *_ids("M200", "M053", "M055", "M075", "M078", "M080", "M288", "M048"), *_ids("M317-M319", "M321-M323", "EA036-EA039", "EA053"))),
    Erratum("1", "The gap is to be at least 29 and at least 90 days; one description says 29 to 56.", "29 to 90 days.", ("M122", "M125")),
    Erratum("2", "The condition on the count of sessions lacks its \"> 0\". The list of high intensity therapies holds collaborative care and counselling for depression here, and leaves them out in the stages of care.", "Sessions are more than 0. Each measure keeps its own list.", ("M113", "M112", *_ids("M347-M350", "M352-M367"))),
    Erratum("3", "Internet therapy logs are added to the appointments with another high-intensity therapy, with no condition but their last day. The count of such sessions of a referral holds them too.", "As written: both mix two things.", ("M108", "M112", "M119")),
    Erratum("4", "Brackets are unbalanced, so that the last OR escapes the dates, the attendance and the flag. Appointment type 06 stands in two branches with different dates.", "The rule of EmploymentSupport_Count for each contact: dated in the period for M099, and of the whole pathway for EA131 to EA134, there up to the day that puts it into the period.", ("M099", *_ids("EA131-EA134"))),
    Erratum("5", "Brackets are misplaced in the branches of F42 and F452, so that AND and OR bind wrongly; M205 writes f400 in small letters.", "Every descriptor is treated alike. The published figures agree with that: M196, M197 and M198 add up to M076.", ("M198", "M205")),
    Erratum("6", "\"Only one score\" asks that neither the measure of the problem nor GAD-7 has a last score, and that either has a first: a person who answered each once counts as having answered one.", "As written.", ("M196",)),
    Erratum("7", "The table of problems is declared and not read in M202, which uses ADSM_LastScore; M198 uses the descriptor. The two can disagree.", "Each as written.", ("M202", "M198")),
    Erratum("8", "\"Paired\" is not tested: it is implied by the anxiety measure that is named. The annual percentage divides by all finished courses.", "The named measure is the problem's own only where that has a last score. The monthly denominator is used.", ("M204", "M205")),
    Erratum("9", "The numerator names the monthly or the quarterly flag, the denominator the monthly one.", "The flag of the period on both sides.", (*_ids("M046-M047", "M121-M126"), "M1010")),
    Erratum("10", "The numerator does not ask that the course was finished.", "It does. The flags are never true of a course that was not.", ("M179", "M180", "M185", "M186", "M187", "M189", "M191", "M192", "M193", "M195", *_ids("M206-M210"), "M1010")),
    Erratum("11", "The description says \"more than one\" session, the formula one or more; the denominator rests on the first session's date, and not on the count of treatments.", "The formula. Published figures of both readings are within rounding.", ("M081", "M077", "M153", "M288")),
    Erratum("12", "Open referrals that were never treated are in none of the four, since they have no last session; \"activity\" is treatment alone.", "As written.", _ids("M019-M022")),
    Erratum("13", "The condition reads \"not 10, or 11, or 12 ...\".", "None of the codes.", ("M071",)),
    Erratum("14", "The conditions hold only if a count without contacts is 0 and not blank.", "It is 0. Published endings add up that way within 3.", ("M073", "M074")),
    Erratum("15", "A contact with several staff could be in several of the four; M1015 takes any planned end of training, M1016 asks that it lies before the contact; M1017 can never be true as written.", "One standing for each contact: qualified, else in training, else recorded but neither, else missing. The published four add up to all that was attended, exactly, in 47 of 47 months.", ("M1014", "M1015", "M1016", "M1017")),
    Erratum("16", "The wait is the last day of the first stage less the first day of the second, which is below zero.", "The second less the first. Published means are above zero.", (*_ids("M349-M350", "M354-M355", "M360-M361", "M366-M367"),)),
    Erratum("17", "\"Sum of count - 1\" can be read in two ways.", "The sum of (count - 1): the number of gaps.", ("M351",)),
    Erratum("18", "Codes 06 and 08 of version 2.0 are not listed among the media.", "As written: such a contact is of an unknown medium.", ("M1009",)),
    Erratum("19", "A blank is in no list, and a test for NOT IN gives no answer for it.", "A blank is told apart first, and is missing. It is not invalid.", (*_ids("EA002-EA013", "EA018-EA029", "EA127-EA130"),)),
    Erratum("20", "The status is looked for in tables that ended in September 2020 (Rep_Appointment, Rep_EA1Appointment), at first before and at last after the tables of today.", "Those tables are left out: the first and the last row of IDS004EmpStatus.", _ids(*_OF_SUPPORT, *_OF_COURSES)),
    Erratum("21", "The groups overlap: whoever does not work is not employed whatever is said of sickness, and unknown too where that is anything but not applicable. Rows with a blank about sickness are left out at first and at last, and not when support begins. Brackets are unbalanced.", "One group each, in this order: in work, off sick, not employed, unknown. No row at all is unknown. Blanks as written. When support begins, a row goes by the end of support that it tells itself.", _ids(*_OF_SUPPORT, *_OF_COURSES, "EA276-EA279")),
    Erratum("22", "\"Mean of distinct contact numbers\" is meant as a mean by pathway. EA136 joins employment rows on PathwayID, which they do not have.", "The mean, median and maximum of the count of each pathway that has any. Employment rows belong to the person in the submission of the month, as for EA041.", (*_ids("EA132-EA134"), "EA136", "EA041", "EA131", *_ids(*_OF_SUPPORT))),
    Erratum("23", "EA139 asks that RecordStartDate is the first day of the period, EA001 and EA034 that it lies within. A contact of type 10 is employment support whatever its activities, and EA036 ignores activities altogether. A type 06 contact before the end of the referral, and one of type 10 after support ended, are in none of EA037 to EA039.", "The same for all: a row begins to hold in its month. EA036 to EA039 as written, so that EA036 can exceed the sum of the others.", ("EA001", "EA034", "EA035", "EA139", *_ids("EA036-EA039"))),
    Erratum("24", "Every row of the month without employment support counts, those that ended long ago and are sent again among them.", "As written.", ("EA035",)),
    Erratum("25", "Follow-ups (06) are left out, and employment support (10) is not.", "As written.", ("M1011",)),
    Erratum("26a", "The rest is what is NOT IN a list, and a blank is neither in a list nor not in it: it would be in no group.", "A blank is in the group of the rest.", ("V002", "V004", "V005", "V006", "V008")),
    Erratum("26b", "Not stated is whoever has no listed gender identity or no listed gender, so that it overlaps all other groups; a bracket is unbalanced.", "In the listed order, the first that fits. Not stated is who is in none of the others: without a listed identity and without a listed gender.", ("V007",)),
    Erratum("26c", "Invalid Code is a code of no list beside an integrated contact, and every referral without such a contact as well.", "As written, so that every referral is in a group. Those with an integrated contact and an invalid code cannot be told apart in it.", ("V010",)),
    Erratum("26d", "In \"Other F40-F43\" AND binds before OR, so that only F43 leaves out the codes of other groups; F452 fits F45 too; a problem with a blank code is in no group; codes of medically unexplained symptoms fit \"Other recorded problems\" too.", "In the listed order, the first that fits. Codes are tested by their beginning. A blank and -3 are not stated.", ("V011",)),
    Erratum("26e", "The last OR of the rest escapes the period and the completion: every referral that did not end in the period is unknown, and one that ended in it before a course was finished can be in no group.", "The four groups are of courses that were finished in the period. Every other referral is in the rest.", ("V012",)),
    Erratum("26f", "Values overlap: a person can have several disabilities, conditions, programmes, religions or orientations.", "A referral counts in each of its values, so that they add up to more than the total.", ("V003", "V009", "V010", "V013", "V014")),
    Erratum("27", "The age is that at the end of the reporting period, so that a person can change group over a year.", "The age at the end of the month of the row that counts. NHS England's dashboards take that at referral: --assume breakdown-age=referral.", ("V001", "V004", "V015")),
    Erratum("annual", "The sheet of variables swaps the labels of XX and NN, and those of K58 and G933.", "By the meaning of the codes: XX is other, NN none, K58 irritable bowel syndrome and G933 chronic fatigue syndrome.", ("annual-disability", "annual-problem")),
    Erratum("28", "Groups are by the ethnic category that was submitted, and not by the one that was checked.", "As written.", _ids("M206-M210")),
    Erratum("29", "The description still speaks of the source of referral for mental health.", "The column of this data set.", _ids("M002-M014", "M017-M018", "M287", "M345")),
    Erratum("list", "The official list of derivations is not what the construction reads.", "The columns that the construction reads.", ("M081", "M112", "M120", "M189", "M198", "M357", "M359", "M360", "M361", "M363", "M365", "M366", "M367", "EA041", *_ids("EA131-EA134", "EA276-EA280"), "EA136", "EA285", "M278", "M299", "M303", "M305", "M309", "M313", "M315")),
)  # fmt: skip


@cache
def errata_of(measure_id: str) -> tuple[Erratum, ...]:
    """The errata that touch a measure.

    >>> [one.number for one in errata_of("M071")]
    ['13']
    """
    return tuple(one for one in ERRATA if measure_id in one.measures)
