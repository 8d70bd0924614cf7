"""The columns of a practice sheet as they are declared: what each is for, and the names by which it is known."""

from __future__ import annotations

from dataclasses import dataclass

SESSION, ENDING = "session", "ending"
BOTH = (SESSION, ENDING)


@dataclass(frozen=True)
class SheetColumn:
    """A column of the practice sheet.

    `rows` says on which kind of row it stands, `fills` the column of the record that it fills, and `names`
    are other headers by which it is known, in any case and with any punctuation.
    """

    id: str
    help: str
    fills: str
    rows: tuple[str, ...] = (SESSION,)
    names: tuple[str, ...] = ()
    is_needed: bool = False
    in_template: bool = True


@dataclass(frozen=True)
class PassedOver:
    """A column that is known and never taken, with the reason."""

    names: tuple[str, ...]
    why: str


COLUMNS = (
    SheetColumn(
        "row",
        "What the row is: session or ending. Leave the column out if the sheet holds sessions only.",
        "",
        BOTH,
        ("row kind", "kind of row", "row type", "kind", "entry", "record type"),
    ),
    SheetColumn(
        "client",
        "A code for the client, at most 20 characters. Not a name: it is copied into the record.",
        "IDS001MPI.LocalPatientId",
        BOTH,
        ("client id", "client code", "client ref", "client number", "client no", "patient", "patient id", "id",
         "case", "case id", "case number", "person", "local patient id"),
        is_needed=True,
    ),
    SheetColumn(
        "date",
        "Day of the session, or of the ending: 2025-03-31 or 31/03/2025.",
        "IDS201CareContact.CareContDate",
        BOTH,
        ("session date", "date of session", "appointment date", "date of appointment", "contact date",
         "care cont date", "day", "seen on", "appointment"),
        is_needed=True,
    ),
    SheetColumn(
        "end date",
        "Day of the ending, where it has a column of its own.",
        "IDS101Referral.ServDischDate",
        (ENDING,),
        ("date ended", "ended", "ending date", "date of ending", "discharge date", "date of discharge",
         "date closed", "closed", "serv disch date", "ended on"),
        in_template=False,
    ),
    SheetColumn(
        "time",
        "When the session began: 14:30.",
        "IDS201CareContact.CareContTime",
        (SESSION,),
        ("session time", "start time", "time of session", "appointment time", "care cont time"),
        in_template=False,
    ),
    SheetColumn(
        "therapist",
        "A code for the therapist, at most 20 characters.",
        "IDS202CareActivity.CarePersLocalId",
        (SESSION,),
        ("therapist id", "therapist code", "counsellor", "counselor", "practitioner", "clinician", "worker",
         "psychologist", "seen by", "staff", "care pers local id"),
    ),
    SheetColumn(
        "qualification",
        "The therapist's qualification, by a code of the data set (QualAttainLevelIAPT), if there is one.",
        "IDS902CarePersQual.QualAttainLevelIAPT",
        (SESSION,),
        ("therapist qualification", "qual attain level iapt"),
        in_template=False,
    ),
    SheetColumn(
        "attended",
        "yes, late, DNA, cancelled by client, cancelled by therapist; or a code of the data set, 2 to 7.",
        "IDS201CareContact.AttendOrDNACode",
        (SESSION,),
        ("attendance", "attend", "did attend", "came", "present", "status", "attend or dna code"),
    ),
    SheetColumn(
        "dna",
        "yes if the client did not attend. Another way to write attended.",
        "IDS201CareContact.AttendOrDNACode",
        (SESSION,),
        ("did not attend", "no show", "missed", "dnad"),
        in_template=False,
    ),
    SheetColumn(
        "type",
        "assessment, treatment, assessment and treatment, review, follow-up. Blank: see the rule in the manual.",
        "IDS201CareContact.AppType",
        (SESSION,),
        ("session type", "type of session", "appointment type", "app type", "purpose", "contact type"),
    ),
    SheetColumn(
        "medium",
        "face to face, phone, video, email, text, other.",
        "IDS201CareContact.ConsMechanism",
        (SESSION,),
        ("how", "session medium", "delivery", "channel", "cons mechanism", "cons medium used"),
    ),
    SheetColumn(
        "minutes",
        "How long the session was, in minutes.",
        "IDS201CareContact.ClinContDurOfCareCont",
        (SESSION,),
        ("duration", "length", "session length", "mins", "duration minutes", "clin cont dur of care cont"),
    ),
    SheetColumn(
        "treated",
        "individual, couple or group.",
        "IDS201CareContact.CareContPatientTherMode",
        (SESSION,),
        ("treated together", "therapy mode", "individual or group", "care cont patient ther mode"),
        in_template=False,
    ),
    SheetColumn(
        "medication",
        "Psychotropic medication: taking, not taking, none, not known.",
        "IDS201CareContact.PsychMed",
        (SESSION,),
        ("meds", "psych med", "on medication", "psychotropic medication"),
    ),
    SheetColumn(
        "funding",
        "Who pays, as a word of your own: self, insurer, employer.",
        "EXT06ClientGroup.ClientGroup",
        BOTH,
        ("fund", "funder", "funding source", "source of funding", "funded by", "payer", "paid by", "who pays"),
    ),
    SheetColumn(
        "referrer",
        "Who sent the client, as a word of your own.",
        "EXT06ClientGroup.ClientGroup",
        BOTH,
        ("referred by", "referral source", "source of referral"),
        in_template=False,
    ),
    SheetColumn(
        "programme",
        "The programme or contract, as a word of your own.",
        "EXT06ClientGroup.ClientGroup",
        BOTH,
        ("contract", "scheme", "project"),
        in_template=False,
    ),
    SheetColumn(
        "setting",
        "Where clients are seen, as a word of your own.",
        "EXT06ClientGroup.ClientGroup",
        BOTH,
        ("site", "location", "place"),
        in_template=False,
    ),
    SheetColumn(
        "population",
        "Which population the client belongs to, as a word of your own.",
        "EXT06ClientGroup.ClientGroup",
        BOTH,
        (),
        in_template=False,
    ),
    SheetColumn(
        "group",
        "Any other group of clients, as a word of your own.",
        "EXT06ClientGroup.ClientGroup",
        BOTH,
        ("client group", "category", "cohort"),
        in_template=False,
    ),
    SheetColumn(
        "referred",
        "Day of the referral or first enquiry. Blank: the first row of the course stands for it.",
        "IDS101Referral.ReferralRequestReceivedDate",
        BOTH,
        ("referral date", "date of referral", "date referred", "referred on", "enquiry date", "date of enquiry",
         "referral received", "referral request received date"),
    ),
    SheetColumn(
        "birth date",
        "The client's day of birth. Leave it out unless you need it.",
        "IDS001MPI.PersonBirthDate",
        BOTH,
        ("date of birth", "dob", "born", "person birth date"),
        in_template=False,
    ),
    SheetColumn(
        "gender",
        "male, female, indeterminate, not known.",
        "IDS001MPI.Gender",
        BOTH,
        ("sex",),
        in_template=False,
    ),
    SheetColumn(
        "ending",
        "On an ending: planned or unplanned.",
        "EXT02EndingReview.EndingKind",
        (ENDING,),
        ("kind of ending", "ending kind", "ending type", "type of ending", "end type", "how ended", "how it ended"),
    ),
    SheetColumn(
        "planned",
        "On an ending: yes if it was planned, no if not. Another way to write ending.",
        "EXT02EndingReview.EndingKind",
        (ENDING,),
        ("planned ending", "was planned", "ending planned"),
        in_template=False,
    ),
    SheetColumn(
        "decided by",
        "On an ending, who decided: person, professional, both, service, nobody, unknown.",
        "EXT02EndingReview.EndingDecidedBy",
        (ENDING,),
        ("ended by", "ending decided by", "who ended", "who decided"),
    ),
    SheetColumn(
        "reason",
        "On an ending, why, by a code of EndingReason. Anything else is kept as a note.",
        "EXT02EndingReview.EndingReason",
        (ENDING,),
        ("ending reason", "end reason", "reason for ending", "reason ended", "discharge reason"),
    ),
    SheetColumn(
        "end code",
        "On an ending, the code of the data set (46 to 49, 10 to 17, 50, 95, 96), if you use it.",
        "IDS101Referral.EndCode",
        (ENDING,),
        ("discharge code", "reason code"),
        in_template=False,
    ),
)  # fmt: skip

# By which kind of group of EXT06ClientGroup each is written.
GROUP_KINDS = {
    "funding": "funding",
    "referrer": "referrer",
    "programme": "programme",
    "setting": "setting",
    "population": "population",
    "group": "other",
}

PASSED_OVER = (
    PassedOver(
        ("notes", "note", "comment", "comments", "remarks", "text", "summary", "session notes"),
        "it is free text, which may identify a person",
    ),
    PassedOver(
        ("name", "client name", "first name", "surname", "last name", "full name", "patient name", "forename",
         "email", "e-mail", "phone", "telephone", "mobile", "address", "postcode", "nhs number"),
        "it may identify a person, and the record does not need it",
    ),
    PassedOver(
        ("session", "session number", "session no", "number", "no", "nr", "week"),
        "the order of sessions follows from their dates",
    ),
    PassedOver(("fee", "price", "amount", "paid", "invoice", "cost"), "the record holds no payments"),
    PassedOver(("age",), "an age is out of date the next year: give the birth date, or nothing"),
)  # fmt: skip
