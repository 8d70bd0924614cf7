"""Rules of scores."""

from caseness.check.model import RECORD, WARNING, Rule
from caseness.check.row_tests import after, before, score_out_of_range, unlisted_tool, wrong_form_of_score
from caseness.check.rules.wording import CORRECT_CELL, CORRECT_DATE, LIBRARY

_NO_SCORE = "The score is left out: the first or the last score may become another, and the outcome with it."
_UNUSED = "The score is not used: the first or the last score may become another, and the outcome with it."
_UNJUDGED = "The score is in no outcome, and its range is not checked."
_ASK_TOOL = "Check the code of the questionnaire."
_NOT_ALL_READ = (
    "NHS England rejects a questionnaire that its reference table does not hold; the whole table was not read."
)

RULES = (
    Rule(
        "C606-01", "IDS606CodedScoreAssessmentRefer", ("AssToolCompDate",), RECORD, "A score does not come before the month.",
        _NO_SCORE, "Submit it with its own month.", LIBRARY, before("AssToolCompDate", "period_start"), official=("IDS60618",),
    ),
    Rule(
        "C606-02", "IDS606CodedScoreAssessmentRefer", ("AssToolCompDate",), RECORD, "A score does not come after the month.",
        _NO_SCORE, "Submit it with its own month.", LIBRARY, after("AssToolCompDate", "period_end"), official=("IDS60610",),
    ),
    Rule(
        "C606-03", "IDS606CodedScoreAssessmentRefer", ("AssToolCompDate",), RECORD, "A score does not come before the referral.",
        _NO_SCORE, CORRECT_DATE, LIBRARY, before("AssToolCompDate", "referral_received"), official=("IDS60617",),
    ),
    Rule(
        "C606-04", "IDS606CodedScoreAssessmentRefer", ("PersScore", "CodedAssToolType"), RECORD,
        "A score is written as its questionnaire writes scores.", _NO_SCORE, CORRECT_CELL, LIBRARY, wrong_form_of_score(),
        official=("IDS60615",),
    ),
    Rule(
        "C606-05", "IDS606CodedScoreAssessmentRefer", ("PersScore", "CodedAssToolType"), WARNING,
        "A score lies in the range of its questionnaire.", _UNUSED, CORRECT_CELL, LIBRARY, score_out_of_range(),
        official=("IDS60607",),
    ),
    Rule(
        "C606-06", "IDS606CodedScoreAssessmentRefer", ("CodedAssToolType",), WARNING,
        "A questionnaire is one that is known here.", _UNJUDGED, _ASK_TOOL, LIBRARY, unlisted_tool(), official=("IDS60613",),
        verified=False, reason=_NOT_ALL_READ,
    ),
    Rule(
        "C607-01", "IDS607CodedScoreAssessmentAct", ("PersScore", "CodedAssToolType"), RECORD,
        "A score is written as its questionnaire writes scores.", _NO_SCORE, CORRECT_CELL, LIBRARY, wrong_form_of_score(),
        official=("IDS60711",),
    ),
    Rule(
        "C607-02", "IDS607CodedScoreAssessmentAct", ("PersScore", "CodedAssToolType"), WARNING,
        "A score lies in the range of its questionnaire.", _UNUSED, CORRECT_CELL, LIBRARY, score_out_of_range(),
        official=("IDS60707",),
    ),
    Rule(
        "C607-03", "IDS607CodedScoreAssessmentAct", ("CodedAssToolType",), WARNING,
        "A questionnaire is one that is known here.", _UNJUDGED, _ASK_TOOL, LIBRARY, unlisted_tool(), official=("IDS60710",),
        verified=False, reason=_NOT_ALL_READ,
    ),
)  # fmt: skip
