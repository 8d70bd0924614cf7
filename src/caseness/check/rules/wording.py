"""Sentences and sources that many rules share."""

from types import MappingProxyType

LIBRARY = "NHS England, Reusable-Code-Library, validations of the IAPT data set v2.0"
DICTIONARY = "NHS Data Model and Dictionary, Improving Access to Psychological Therapies Data Set"
NHS_NUMBER = f"{LIBRARY}; NHS Data Dictionary, NHS NUMBER (modulus 11)"
OURS = "Caseness: a rule of our own"

CORRECT_DATE = "Correct the date in the record system, and submit again."
CORRECT_CELL = "Correct the cell in the record system, and submit again."
FILL_CELL = "Fill the cell in the record system, and submit again."
REMOVE_DUPLICATE = "Keep the right row, remove the others, and submit again."
LOSES_ALL = "The whole submission is left out of every figure."

_EFFECTS = MappingProxyType(
    {
        "IDS000Header": LOSES_ALL,
        "IDS001MPI": "The patient, with every referral, contact and score, is left out of every figure.",
        "IDS002GP": "The row is left out. A patient without another registration is left out of every figure.",
        "IDS004EmpStatus": "The row is left out: employment at the start or the end becomes another status, or unknown.",
        "IDS007DisabilityType": "The row is left out of figures by disability.",
        "IDS011SocPerCircumstances": "The row is left out: figures by religion or sexual orientation miss the person.",
        "IDS101Referral": "The referral, with its contacts and scores, is left out of every figure.",
        "IDS201CareContact": "The contact, with its activities and scores, is left out: first treatment, waits and doses may change.",
        "IDS202CareActivity": "The activity, with its scores, is left out: counts by therapy and first and last scores may change.",
        "IDS205InternetTherLog": "The log is left out: first treatment and the number of treatments may change.",
        "IDS602LongTermCondition": "The row is left out of figures by long-term condition.",
        "IDS603PresentingComplaints": "The row is left out: the problem descriptor, and so the anxiety measure of the outcome, may become another.",
        "IDS606CodedScoreAssessmentRefer": "The score is left out: the first or the last score may become another, and the outcome with it.",
        "IDS607CodedScoreAssessmentAct": "The score is left out: the first or the last score may become another, and the outcome with it.",
        "IDS803CareCluster": "The row is left out of figures by care cluster.",
        "IDS902CarePersQual": "The row is left out: contacts are told as those of unknown staff.",
    }
)  # fmt: skip
_NO_MEASURE = "The row is left out. No official measure reads it."


def effect_on(table_id: str) -> str:
    """What it does to the figures when a row of a table is left out."""
    return _EFFECTS.get(table_id, _NO_MEASURE)
