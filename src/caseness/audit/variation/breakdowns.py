"""Into which groups the annual report divides everybody, in which order, and what must be known of each."""

from __future__ import annotations

from dataclasses import dataclass

DEPRIVATION = "deprivation"
NOT_STATED = ("not stated", "not known", "invalid", "no code recorded")


@dataclass(frozen=True)
class Characteristic:
    """A breakdown of the annual report: its id, its name for a reader, and its name in the releases.

    `is_ordered` where the first and the last group are the ends of an order, so that the
    gap between them is no pick. `nested` where the releases divide groups further: the
    finest is taken, or only the coarsest.
    """

    id: str
    label: str
    split: str
    is_ordered: bool = False
    first: str = ""
    finest: bool = False
    note: str = ""


CHARACTERISTICS = (
    Characteristic(
        DEPRIVATION,
        "Deprivation of the area",
        "Indices of Deprivation Decile",
        is_ordered=True,
        note="1 is the least deprived tenth here: the releases number the tenths in the reverse of the order of the Office for National Statistics.",
    ),
    Characteristic("age", "Age", "Age Group", first="Under 18"),
    Characteristic("ethnic_group", "Ethnic group", "Ethnic Group"),
    Characteristic("gender", "Gender", "Gender"),
    Characteristic("sexual_orientation", "Sexual orientation", "Sexual Orientation Type"),
    Characteristic("religion", "Religion", "Religion"),
    Characteristic("disability", "Disability", "Disability Type"),
    Characteristic("long_term_condition", "Long-term condition", "Long Term Condition Status"),
    Characteristic(
        "problem",
        "Problem",
        "Presenting Complaint",
        finest=True,
        note="The problem is often recorded only after treatment began, and each group has another questionnaire or mix of them.",
    ),
)

# Breakdowns of the releases that are left out, and why. They are said in docs/explanation/variation.md.
# BME Group: the same people as Ethnic Group, coarser. Therapy Type: courses of therapy and not people.
# Mental Health Care Cluster: unknown for 62 % of those who finished. Stepped Care Pathway, Consultation
# Medium: no outcomes printed for England.


def is_stated(label: str) -> bool:
    """Whether a group says something of its people.

    >>> is_stated("Not stated/Not known/Invalid"), is_stated("Female")
    (False, True)
    """
    return not any(words in label.lower() for words in NOT_STATED)


def name_group(characteristic: Characteristic, label: str) -> str:
    """The name of a group for a reader.

    >>> name_group(CHARACTERISTICS[0], "01 Least deprived"), name_group(CHARACTERISTICS[1], "18 to 25")
    ('1 (least deprived)', '18 to 25')
    """
    if not is_stated(label):
        return "Not stated or not known"
    number, _, words = label.partition(" ")
    if number.isdigit() and characteristic.id == DEPRIVATION:
        ends = {"1": " (least deprived)", "10": " (most deprived)"}
        return number.lstrip("0") + ends.get(number.lstrip("0"), "")
    # "01 Hearing", "NN No Disability", "ZZ Not Stated": the releases put a code before the words.
    is_coded = len(number) == 2 and (number.isdigit() or number.isupper())
    return words if is_coded and words and characteristic.id == "disability" else label
