"""How employment rows are filled in: of each field, how many say something, a default, no code of the list, or nothing."""

from caseness.measures.algebra import Clock, Condition, Measure, count
from caseness.measures.chapter import EMPLOYMENT_CATALOGUE, Chapter
from caseness.measures.columns import EMPLOYMENT

VALID, DEFAULT, INVALID, MISSING = "valid", "default", "invalid", "missing"
STANDINGS = (VALID, DEFAULT, INVALID, MISSING)
# The catalogue derives the last four from the suitability of a row, I004D02 to I004D05.
_SUITABILITY = {VALID: "I004D02", DEFAULT: "I004D03", INVALID: "I004D04", MISSING: "I004D05"}

recorded = Clock("employment_recorded_date", EMPLOYMENT, "recorded_date", "recorded in the period")


def _with(figure_id: str, column: str, says: str, standing: str, uids: tuple[str, ...] = ()) -> Measure:
    where = Condition((f"{column}_standing",), f"whose {says} is {standing}", lambda held: held == standing, uids)
    return count(figure_id, f"Employment rows: {says} {standing}", on=recorded, where=where)


# Four measures of one field, with ids that follow each other.
def _field(first_id: int, column: str, says: str) -> tuple[Measure, ...]:
    return tuple(_with(f"EA{first_id + step:03}", column, says, standing) for step, standing in enumerate(STANDINGS))


CHAPTER = Chapter(
    "employment-quality",
    "Employment: how the rows are filled in",
    "What is said of work rests on these fields. One that is blank, or holds no code, says nothing.",
    (
        *_field(2, "employment_status", "employment status"),
        *_field(6, "hours_worked", "hours worked in a week"),
        *_field(10, "benefits", "receipt of benefits"),
        *_field(18, "employment_allowance", "employment and support allowance"),
        *_field(22, "universal_credit", "universal credit"),
        *_field(26, "independence_payment", "personal independence payment"),
        *(
            _with(f"EA{127 + step}", "suitability", "suitability for employment support", standing, (uid,))
            for step, (standing, uid) in enumerate(_SUITABILITY.items())
        ),
    ),
    EMPLOYMENT_CATALOGUE,
)
