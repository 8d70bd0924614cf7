"""Rules that no public document gives, each with what it could be, what is assumed, and which columns rest on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_SPEC = "specification of record and measures"
_ANNUAL = "NHS England, metadata of the annual measures, 2024-25"
_OURS = "Caseness, extension tables of the record (EXT01TeamMembership); no official table has teams"
_ALL_SCORES = tuple(
    f"I101D{number}" for number in (*range(54, 66), *range(91, 105), *range(105, 115))
)  # D54 to D65, D91 to D114: the scores whose item codes were read, and the flags that rest on them.


@dataclass(frozen=True)
class AssumedRule:
    """A rule that is assumed. `options` says of each choice what it does; `default` is the one that is used.

    `uids` are the official item codes of the columns that it touches.
    """

    id: str
    meaning: str
    options: Mapping[str, str]
    default: str
    source: str
    uids: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.default not in self.options or len(self.options) < 2:
            raise ValueError(f"{self.id}: there are two options or more, and the default is one of them")


ASSUMED: tuple[AssumedRule, ...] = (
    AssumedRule(
        "submissions", "Which submission of a provider and month counts.",
        {"latest": "the last that was accepted, as a refresh replaces what came before", "primary": "the last of the primary window, on which the published monthly files rest"},
        "latest", f"{_SPEC}, sections 1.4 (D12) and 4 (windows)", ("I101D12", "I101D13"),
    ),
    AssumedRule(
        "person", "Who a person is, without the tracing service of NHS England.",
        {"nhs-number": "the NHS number, and without one the provider's own identifier", "local": "the provider's own identifier always"},
        "nhs-number", f"{_SPEC}, section 1.3 (Person_ID)", ("I101D14",),
    ),
    AssumedRule(
        "pathway", "What makes a referral another pathway than it was in an earlier month.",
        {"person-and-referral": "another person or another referral identifier", "referral": "another referral identifier only"},
        "person-and-referral", f"{_SPEC}, section 1.3 (PathwayID)", ("I101D14",),
    ),
    AssumedRule(
        "support-in-sessions", "Whether contacts for employment support can be a treatment session.",
        {"left-out": "no contact with employment support is a session", "counted": "they are, if their purpose is treatment"},
        "left-out", f"{_SPEC}, section 1.4 (D25 to D29)", ("I101D25", "I101D26", "I101D27", "I101D29", "I101D53"),
    ),
    AssumedRule(
        "second-session", "Whether two sessions on one day are a first and a second.",
        {"any": "two sessions are two, on whatever days", "another-day": "the second is the next day with a session"},
        "any", f"{_SPEC}, section 1.4 (D26)", ("I101D26",),
    ),
    AssumedRule(
        "log-inside", "When a log of internet therapy lies within the referral.",
        {"start": "if its first day does, as it is dated by that day", "whole": "if its first and its last day do"},
        "start", f"{_SPEC}, section 1.4 (D25 to D29, InternetEnabledTherapy_Count)", ("I101D25", "I101D26", "I101D27", "I101D28", "I101D29", "I101D48", "I101D53"),
    ),
    AssumedRule(
        "high-intensity", "Which therapies make the first date of high intensity therapy.",
        {"all": "every therapy of that group", "as-stages": "without collaborative care and counselling for depression, which M347 leaves out"},
        "all", f"{_SPEC}, sections 1.4 (D30) and 5.3, item 2", ("I101D30",),
    ),
    AssumedRule(
        "stage-intensity", "Which therapies are of high intensity where stages of care are told apart.",
        {"as-stages": "without collaborative care and counselling for depression, as M347 lists them", "all": "every therapy of that group"},
        "as-stages", f"{_SPEC}, sections 5.2 E and 5.3, item 2", (),
    ),
    AssumedRule(
        "scores-of-support", "Whether a score counts that was taken in an activity of employment support.",
        {"dropped": "it does not", "kept": "it does"},
        "dropped", f"{_SPEC}, section 1.5, item 2; stated for WSAS by M212", _ALL_SCORES,
    ),
    AssumedRule(
        "scores-of-missed-contacts", "Whether a score counts that hangs on a contact that was not attended.",
        {"dropped": "it does not", "kept": "it does"},
        "dropped", f"{_SPEC}, section 1.5, item 2", _ALL_SCORES,
    ),
    AssumedRule(
        "scores-of-follow-up", "Whether a score counts that was taken in a follow-up after the end of treatment (AppType 06).",
        {"dropped": "it does not", "kept": "it does, if its day lies within the referral"},
        "dropped", f"{_SPEC}, section 1.5, item 2", _ALL_SCORES,
    ),
    AssumedRule(
        "scores-after-discharge", "Whether a score counts that was taken after the referral ended.",
        {"dropped": "it does not", "kept": "it does, up to the end of the month"},
        "dropped", f"{_SPEC}, section 1.5, item 2", _ALL_SCORES,
    ),
    AssumedRule(
        "score-ties", "Which of two scores on one day is the earlier.",
        {"time-and-row": "by the time, a blank one before all others, then by the row number", "row": "by the row number alone"},
        "time-and-row", f"{_SPEC}, section 1.5, item 3", _ALL_SCORES,
    ),
    AssumedRule(
        "problem-ties", "Which of two problem descriptors counts that are alike in all that M203 orders by but the date.",
        {"latest": "the one with the latest date, a blank one last", "first": "the one with the earliest date, a blank one last"},
        "latest", f"{_SPEC}, sections 1.4 (D21, D22) and 7, item 3; M203 says latest", ("I603D07", "I101D21", "I101D22", "I101D90"),
    ),
    AssumedRule(
        "problem-rows", "Which rows tell the problem of a referral.",
        {"all-months": "those of every month so far", "own-submission": "those of the submission of its own month"},
        "all-months", f"{_SPEC}, sections 1.4 (D21, D22) and 1.6; M203 chooses among the rows of a pathway", ("I603D07", "I101D21", "I101D22", "I101D90"),
    ),
    AssumedRule(
        "reliable-change", "Whether a change by exactly the threshold is reliable.",
        {"at or above": "it is", "above": "it is not, as the guide prints it"},
        "at or above", f"{_SPEC}, section 3.1", ("I101D108", "I101D109", "I101D110"),
    ),
    AssumedRule(
        "unverified-cut-offs", "Whether a cut-off is used for anxiety measures whose official one was not found (BIQ, CFQ).",
        {"off": "no: on such a measure alone nobody is at caseness or recovers", "on": "yes, the one of the literature"},
        "off", f"{_SPEC}, sections 3.2 and 7, item 3", ("I101D105", "I101D106", "I101D107"),
    ),
    AssumedRule(
        "unverified-reliable-change", "Whether a reliable change is used for anxiety measures whose official one was not found.",
        {"off": "no: on BIQ, CFQ, IBS and PHQ-15 no change is reliable, and PHQ-9 decides alone", "on": "yes, where the literature has one"},
        "off", f"{_SPEC}, sections 3.2 and 7, item 3", ("I101D108", "I101D109", "I101D110"),
    ),
    AssumedRule(
        "in-training", "When a therapist is in training.",
        {"any-planned-date": "with any planned end of training, as M1015 says", "not-yet-completed": "with a planned end on or after the day of the contact"},
        "any-planned-date", f"{_SPEC}, section 5.3, item 15", (),
    ),
    AssumedRule(
        "record-start", "In which month a row of a referral begins to hold (RecordStartDate), which EA001, EA034, EA035 and EA139 ask for.",
        {"every-month": "in that of each submission, as it is sent anew", "first-month": "in that of the first submission that has the pathway"},
        "every-month", f"{_SPEC}, sections 1.3 (RecordStartDate) and 5.3, items 23 and 24", (),
    ),
    AssumedRule(
        "employment-rows", "Which employment rows belong to a referral in a month.",
        {"own-submission": "those of the person in the submission of the month, as for other counts of them", "all-months": "those of the person in any submission of the provider until then, as the catalogue links them by person alone"},
        "own-submission", f"{_SPEC}, sections 1.6 (IDS004) and 5.3, item 22; EA050, EA139 and EA276", (),
    ),
    AssumedRule(
        "employment-groups", "Where a person counts who does not work, and whose sickness absence is said to be anything but not applicable.",
        {"not-employed-first": "as not employed, whatever is said of sickness (EA052)", "unknown-first": "as unknown (EA053)"},
        "not-employed-first", f"{_SPEC}, sections 5.3, item 21, and 7, item 3", (),
    ),
    AssumedRule(
        "blank-sickness", "Whether an employment row counts for the status at first and at last that leaves sickness absence blank.",
        {"as-written": "when support starts, and not when support or a course ends", "counted": "always"},
        "as-written", f"{_SPEC}, section 5.3, item 21", (),
    ),
    AssumedRule(
        "support-ended", "Whose day says when employment support ended, where a person has several employment rows.",
        {"any-row": "the latest day in any row of the submission, up to the end of the month", "latest-row": "that of the latest row, and none if that row leaves it blank"},
        "any-row", f"{_SPEC}, sections 5.2 A (EA041) and 5.3, item 22", (),
    ),
    AssumedRule(
        "team-of-referral", "To which team a referral belongs. Teams are of staff, and a referral names none.",
        {"latest-therapist": "to that of the therapist of its latest attended contact so far that names one", "first-therapist": "to that of the therapist of its first attended contact that names one"},
        "latest-therapist", _OURS, (),
    ),
    AssumedRule(
        "several-teams", "Which team counts of a therapist who is in several on one day, in like roles.",
        {"last-joined": "the one joined last, as the end of an earlier membership is easily left blank", "first-joined": "the one joined first"},
        "last-joined", _OURS, (),
    ),
    AssumedRule(
        "breakdown-age", "On which day the age counts by which figures are broken down.",
        {"period-end": "on the last day of the month of the row, so that a person changes group over a year", "referral": "on the day of the referral"},
        "period-end", f"{_SPEC}, sections 5.2 F (V001, V015) and 5.3, item 27", ("I001D11",),
    ),
    AssumedRule(
        "circumstances", "Which rows tell religion and sexual orientation, where a person has several.",
        {"any": "every row of the submission, so that a person can be in several groups", "latest": "for each of the two the row that was recorded last"},
        "any", f"{_SPEC}, sections 5.2 F (V013, V014) and 6", (),
    ),
    AssumedRule(
        "programmes", "Which logs tell the programme of internet therapy of a referral.",
        {"any": "every log until the end of the month", "completed": "those that lie within the referral and have ended"},
        "any", f"{_SPEC}, section 5.2 F (V009)", (),
    ),
    AssumedRule(
        "media", "Which contacts tell the consultation media of a referral.",
        {"attended": "attended contacts within the referral, for whatever purpose", "treatment": "treatment contacts alone"},
        "attended", f"{_SPEC}, section 5.2 F (annual variables)", (),
    ),
    AssumedRule(
        "care-cluster", "Which care cluster counts, where a person has several.",
        {"latest": "the one that began last", "first": "the one that began first"},
        "latest", f"{_SPEC}, section 5.2 F (annual variables)", (),
    ),
    AssumedRule(
        "follow-up-contacts", "Which follow-ups count that the annual report looks for 30 days or more after the end of a course.",
        {"as-written": "every contact of that purpose, attended or not, as the report's construction has it", "attended": "attended ones alone"},
        "as-written", _ANNUAL, (),
    ),
    AssumedRule(
        "employment-answers", "Which employment rows tell the status at first and at last that the annual report prints.",
        {"listed": "those with any listed code, so that a last row that states nothing is one not stated", "stated": "those that state one (01 to 08)"},
        "listed", f"{_ANNUAL}: the last valid row, without saying what is valid", (),
    ),
    AssumedRule(
        "experience-day", "Which answers about experience count, where a person answered on several days.",
        {"last": "those of the last day with any answer until then", "first": "those of the first day"},
        "last", f"{_ANNUAL}: one day of answers for each referral, without saying which", (),
    ),
)  # fmt: skip
