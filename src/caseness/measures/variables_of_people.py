"""The official quarterly variables that are of the person: V001 to V008 and V013 to V015."""

from __future__ import annotations

from itertools import pairwise

from caseness.derive.sets import DISABILITIES, ORIENTATIONS, RELIGIONS
from caseness.measures.algebra import Condition, condition
from caseness.measures.breakdown import NOT_STATED, Value, Variable, holds, holds_none, holds_other, numbered
from caseness.measures.conditions import blank, coded

AGE = "breakdown_age"
_CODES = "ABCDEFGHJKLMNPRS"
_AGE, _ANY = ("breakdown-age",), ("circumstances",)


def ages(*ends: int) -> tuple[Value, ...]:
    """Age groups that begin at some ages, the first of them under the first."""
    spans = [(first, last - 1) for first, last in pairwise(ends)]
    return (
        Value(f"Under {ends[0]}", numbered(AGE, None, ends[0] - 1)),
        *(Value(f"{first} to {last}", numbered(AGE, first, last)) for first, last in spans),
        Value(f"{ends[-1]} and over", numbered(AGE, ends[-1], None)),
    )


age_group = Variable(
    "V001", "Age Group", (*ages(18, 26, 65, 75, 90), Value(NOT_STATED)), "Older people are referred less than their share.", assumed=_AGE
)  # fmt: skip
bme_group = Variable(
    "V002", "BME Group",
    (
        Value("BME", coded("ethnic_category", _CODES[1:], "any ethnic category but White British")),
        Value("White British", coded("ethnic_category", "A", "White British")),
        Value(NOT_STATED),
    ),
    "Whether outcomes differ between White British people and all others.",
)  # fmt: skip


def _disability(code: str, label: str) -> Value:
    return Value(f"{code} {label}", holds(DISABILITIES, code, "a disability of this code"))


disability = Variable(
    "V003", "Disability",
    (
        *(
            _disability(*each)
            for each in (
                ("01", "Behaviour and Emotional"), ("02", "Hearing"), ("03", "Manual Dexterity"),
                ("04", "Memory or ability to concentrate, learn or understand (Learning Disability)"), ("05", "Mobility and Gross Motor"),
                ("06", "Perception of Physical Danger"), ("07", "Personal, Self Care and Continence"),
                ("08", "Progressive Conditions and Physical Health (such as HIV, cancer, multiple sclerosis, fits etc)"), ("09", "Sight"),
                ("10", "Speech"), ("XX", "Other"), ("NN", "No Disability"), ("ZZ", "Not Stated"),
            )
        ),
        Value("Invalid code", holds_other(DISABILITIES, "a disability of a code that is not listed")),
        Value("No code", holds_none(DISABILITIES, "no disability recorded")),
    ),
    "Whether people with a disability are reached and helped alike.", overlaps=True,
)  # fmt: skip


def _education(within: str, name: str, codes: str) -> tuple[Value, ...]:
    of = coded("education", codes, f"{within.lower()}")
    spans = (("25 and under", numbered(AGE, None, 25)), ("Over 25", numbered(AGE, 26, None)), ("Age Not Recorded", blank(AGE, "age not known")))  # fmt: skip
    return tuple(Value(f"{name} and {label}", of & span, within) for label, span in spans)


_UNLISTED = "Educational establishment not listed"
education = Variable(
    "V004", "Education",
    (
        *_education("College", "College", "2"),
        *_education("University", "University", "3"),
        *_education(_UNLISTED, _UNLISTED, "4"),
        *_education("Other", "Other", "18"),
        Value(NOT_STATED, within="Other"),
    ),
    "Students are young people with services of their own.", assumed=_AGE,
)  # fmt: skip


ETHNIC_GROUPS = {
    "Asian or Asian British": {"Bangladeshi": "K", "Indian": "H", "Pakistani": "J", "Any other Asian background": "L"},
    "Black or Black British": {"African": "N", "Caribbean": "M", "Any other Black background": "P"},
    "Mixed": {"White and Asian": "F", "White and Black African": "E", "White and Black Caribbean": "D", "Any other mixed background": "G"},
    "Other Ethnic Groups": {"Chinese": "R", "Any other ethnic group": "S"},
    "White": {"British": "A", "Irish": "B", "Any other White background": "C"},
}  # fmt: skip
ethnic_group = Variable(
    "V005", "Ethnic Group",
    (
        *(
            Value(label, coded("ethnic_category", code, label), within)
            for within, codes in ETHNIC_GROUPS.items()
            for label, code in codes.items()
        ),
        Value(NOT_STATED),
    ),
    "Whether people of every background are reached and helped alike.",
)  # fmt: skip
armed_forces = Variable(
    "V006", "Ex British Armed Forces and Dependants",
    (
        Value("Ex-services member", coded("armed_forces", ("02",), "has served")),
        Value("Dependant of an ex-services member", coded("armed_forces", ("05",), "depends on one who has served")),
        Value("Not an ex-services member or their dependant", coded("armed_forces", ("03",), "neither")),
        Value(NOT_STATED),
    ),
    "Veterans are owed priority for conditions that come from their service.",
)  # fmt: skip


def _by_identity(code: str, says: str) -> Condition:
    """The identity, and where that tells nothing the gender."""

    @condition
    def told(gender_identity, gender):
        known = gender_identity.isin(("1", "2", "3", "4")).fill_null(False)
        return (gender_identity == code).fill_null(False) | (~known & (gender == code))

    return Condition(
        told.columns, f"{says} by gender identity, or by gender where the identity is not told ({code})", told.test
    )


@condition
def _indeterminate(gender_identity, gender):
    """indeterminate by gender, where the gender identity is not told (9)"""
    return ~gender_identity.isin(("1", "2", "3", "4")).fill_null(False) & (gender == "9")


gender_identity = Variable(
    "V007", "Gender Identity",
    (
        Value("Male (including trans men)", _by_identity("1", "male")),
        Value("Female (including trans women)", _by_identity("2", "female")),
        Value("Non-binary", coded("gender_identity", "3", "non-binary")),
        Value("Other (not listed)", coded("gender_identity", "4", "other")),
        Value("Indeterminate", _indeterminate),
        Value(NOT_STATED),
    ),
    "Whether people of every gender are reached and helped alike.",
)  # fmt: skip
gender_at_birth = Variable(
    "V008", "Gender Identity Same At Birth",
    (
        Value("Same gender at birth", coded("gender_same_at_birth", "Y", "the same")),
        Value("Different gender at birth", coded("gender_same_at_birth", "N", "another")),
        Value(NOT_STATED),
    ),
    "Whether trans people are reached and helped alike.",
)  # fmt: skip


_SAID_NOTHING = holds(RELIGIONS, "Not stated", "recorded as not stated")
# Somebody can have said nothing once and something another time: the catalogue has both groups for them.
_religion_not_stated = Condition(
    (RELIGIONS.name,),
    f"{_SAID_NOTHING.says}, or none of the others",
    lambda cell: _SAID_NOTHING.test(cell) | (cell == 0),
)


def religions(kind: str, labels: tuple[str, ...]) -> tuple[Value, ...]:
    """The religions in some order, and last those without one of the list."""
    return (
        *(Value(label, holds(RELIGIONS, label.replace("`", "'"), kind)) for label in labels),
        Value(NOT_STATED, _religion_not_stated),
    )


religion = Variable(
    "V013", "Religion",
    religions("recorded", ("Baha`i", "Buddhist", "Christian", "Hindu", "Jain", "Jewish", "Muslim", "None", "Other", "Pagan", "Sikh", "Zoroastrian")),
    "Whether people of every faith, and of none, are reached and helped alike.", overlaps=True, assumed=_ANY,
)  # fmt: skip
orientation = Variable(
    "V014", "Sexual Orientation",
    (*(Value(label, holds(ORIENTATIONS, label)) for label in ORIENTATIONS.groups), Value(NOT_STATED)),
    "Whether people of every orientation are reached and helped alike.", overlaps=True, assumed=_ANY,
)  # fmt: skip
working_age = Variable(
    "V015", "Working Age", (*ages(18, 65), Value(NOT_STATED)), "The promise of work is made to people of working age.", assumed=_AGE
)  # fmt: skip
