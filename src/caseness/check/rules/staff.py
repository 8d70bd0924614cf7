"""Rules of qualifications, and of the tables of our own."""

import ibis

from caseness.check.model import RECORD, WARNING, Row, Rule
from caseness.check.row_tests import after, before
from caseness.check.rules.wording import CORRECT_DATE, FILL_CELL, LIBRARY, OURS

_NO_STAFF = "The row is left out: contacts are told as those of unknown staff (M1014 to M1017)."
_NO_LEVEL = "Whether the therapist was qualified or in training (M1014, M1015) cannot be told."
_FIRST_AWARD = ibis.date(2005, 1, 1)

QUALIFICATION = (
    Rule(
        "C902-01", "IDS902CarePersQual", ("QualAwardedDate",), RECORD, "A qualification is not awarded before 2005.", _NO_STAFF,
        CORRECT_DATE, LIBRARY, Row(lambda rows: rows.QualAwardedDate < _FIRST_AWARD), official=("IDS90212",),
    ),
    Rule(
        "C902-02", "IDS902CarePersQual", ("QualAwardedDate",), RECORD, "A qualification is not awarded after the month.",
        _NO_STAFF, CORRECT_DATE, LIBRARY, after("QualAwardedDate", "period_end"), official=("IDS90207",),
    ),
    Rule(
        "C902-03", "IDS902CarePersQual", ("QualPlannedCompletionDate",), RECORD,
        "A training is not planned to end before the month.", _NO_STAFF, "Give the award, or the new plan.", LIBRARY,
        before("QualPlannedCompletionDate", "period_start"), official=("IDS90209",),
    ),
    Rule(
        "C902-04", "IDS902CarePersQual", ("QualPlannedCompletionDate",), RECORD,
        "A training is not planned to end more than two years after the month.", _NO_STAFF, CORRECT_DATE, LIBRARY,
        after("QualPlannedCompletionDate", "period_end", years=2), official=("IDS90215",),
    ),
    Rule(
        "C902-05", "IDS902CarePersQual", ("QualAwardedDate", "QualPlannedCompletionDate"), WARNING,
        "A qualification is not awarded before the training was planned to end.", _NO_LEVEL, CORRECT_DATE, LIBRARY,
        before("QualAwardedDate", "QualPlannedCompletionDate"), official=("IDS90213",),
    ),
    Rule(
        "C902-06", "IDS902CarePersQual", ("QualAwardedDate", "QualPlannedCompletionDate"), WARNING,
        "A qualification has been awarded, or its training has a planned end.", _NO_LEVEL, FILL_CELL, LIBRARY,
        Row(lambda rows: rows.QualAwardedDate.isnull() & rows.QualPlannedCompletionDate.isnull()), official=("IDS90214",),
    ),
)  # fmt: skip

EXTENSION = (
    Rule(
        "CX01-01", "EXT01TeamMembership", ("TeamEndDate", "TeamStartDate"), RECORD, "A membership does not end before it starts.",
        "The row is left out: the therapist is missing from the figures of the team.", CORRECT_DATE, OURS,
        before("TeamEndDate", "TeamStartDate"),
    ),
    Rule(
        "CX03-01", "EXT03Goal", ("GoalRating",), RECORD, "A goal is rated from 0 to 10.",
        "The row is left out of figures of goals.", "Correct the rating.", OURS, Row(lambda rows: ~rows.GoalRating.between(0, 10)),
    ),
    Rule(
        "CX04-01", "EXT04AllianceAndExperience", ("AllianceDate",), RECORD, "A questionnaire does not come before the referral.",
        "The row is left out of figures of alliance and experience.", CORRECT_DATE, OURS,
        before("AllianceDate", "referral_received"),
    ),
)  # fmt: skip

RULES = (*QUALIFICATION, *EXTENSION)
