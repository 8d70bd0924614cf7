"""Who somebody is: the values of V001 to V008 and V013 to V015, by the patient's rows in the file of the referral."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from oracle.cells import code, text
from oracle.pathway import Pathway
from oracle.record import Row

Label = tuple[str, str | None]
Groups = set[Label]

UNKNOWN: Label = ("Not stated/Not known/Invalid", None)

AGES = (("Under 18", 0, 17), ("18 to 25", 18, 25), ("26 to 64", 26, 64), ("65 to 74", 65, 74), ("75 to 89", 75, 89))
OLDEST = ("90 and over", 90)
WORKING_AGES = (("Under 18", 0, 17), ("18 to 64", 18, 64))
PAST_WORK = ("65 and over", 65)

DISABILITIES = {
    "01": "01 Behaviour and Emotional",
    "02": "02 Hearing",
    "03": "03 Manual Dexterity",
    "04": "04 Memory or ability to concentrate, learn or understand (Learning Disability)",
    "05": "05 Mobility and Gross Motor",
    "06": "06 Perception of Physical Danger",
    "07": "07 Personal, Self Care and Continence",
    "08": "08 Progressive Conditions and Physical Health (such as HIV, cancer, multiple sclerosis, fits etc)",
    "09": "09 Sight",
    "10": "10 Speech",
    "XX": "XX Other",
    "NN": "NN No Disability",
    "ZZ": "ZZ Not Stated",
}

SCHOOLS = {"2": "College", "3": "University", "4": "Educational establishment not listed", "1": "Other", "8": "Other"}
YOUNG = 25

ETHNICITIES: dict[str, Label] = {
    "A": ("White", "British"),
    "B": ("White", "Irish"),
    "C": ("White", "Any other White background"),
    "D": ("Mixed", "White and Black Caribbean"),
    "E": ("Mixed", "White and Black African"),
    "F": ("Mixed", "White and Asian"),
    "G": ("Mixed", "Any other mixed background"),
    "H": ("Asian or Asian British", "Indian"),
    "J": ("Asian or Asian British", "Pakistani"),
    "K": ("Asian or Asian British", "Bangladeshi"),
    "L": ("Asian or Asian British", "Any other Asian background"),
    "M": ("Black or Black British", "Caribbean"),
    "N": ("Black or Black British", "African"),
    "P": ("Black or Black British", "Any other Black background"),
    "R": ("Other Ethnic Groups", "Chinese"),
    "S": ("Other Ethnic Groups", "Any other ethnic group"),
}
WHITE_BRITISH = "A"

FORCES = {
    "02": "Ex-services member",
    "05": "Dependant of an ex-services member",
    "03": "Not an ex-services member or their dependant",
}

IDENTITIES = {
    "1": "Male (including trans men)",
    "2": "Female (including trans women)",
    "3": "Non-binary",
    "4": "Other (not listed)",
}
GENDERS = {"1": IDENTITIES["1"], "2": IDENTITIES["2"], "9": "Indeterminate"}

SAME_AT_BIRTH = {"Y": "Same gender at birth", "N": "Different gender at birth"}

RELIGIONS = {
    "429732005": "Baha`i",
    "309687009": "Buddhist",
    "160549006": "Christian",
    "160545000": "Hindu",
    "429787006": "Jain",
    "160543007": "Jewish",
    "309884000": "Muslim",
    "160552003": "None",
    "62458008": "Other",
    "160567004": "Other",
    "205141000000101": "Pagan",
    "366740002": "Sikh",
    "429790000": "Zoroastrian",
    "763896000": UNKNOWN[0],
    "205081000000105": UNKNOWN[0],
}
ORIENTATIONS = {
    "42035005": "Bi-sexual",
    "76102007": "Gay/Lesbian",
    "89217008": "Gay/Lesbian",
    "20430005": "Heterosexual",
}


def age(pathway: Pathway) -> int | None:
    """Whole years at the end of the row's month."""
    born: date | None = pathway.patient.get("PersonBirthDate")
    if born is None:
        return None
    end = pathway.month_end
    return end.year - born.year - ((end.month, end.day) < (born.month, born.day))


def _aged(years: int | None, bands: Iterable[tuple[str, int, int]], last: tuple[str, int]) -> Groups:
    if years is None:
        return {UNKNOWN}
    return {next(((name, None) for name, _, highest in bands if years <= highest), (last[0], None))}


def age_group(pathway: Pathway) -> Groups:
    return _aged(age(pathway), AGES, OLDEST)


def working_age(pathway: Pathway) -> Groups:
    return _aged(age(pathway), WORKING_AGES, PAST_WORK)


def minority(pathway: Pathway) -> Groups:
    if pathway.ethnicity not in ETHNICITIES:
        return {UNKNOWN}
    return {("White British" if pathway.ethnicity == WHITE_BRITISH else "BME", None)}


def ethnic_group(pathway: Pathway) -> Groups:
    return {ETHNICITIES.get(pathway.ethnicity or "", UNKNOWN)}


def disability(pathway: Pathway) -> Groups:
    """Every code that the patient's rows have; somebody without any code has the group for it."""
    found = {code(row.get("DisabCode"), 2) for row in pathway.disabilities} - {None}
    return {(DISABILITIES.get(one, "Invalid code"), None) for one in found} or {("No code", None)}


def education(pathway: Pathway) -> Groups:
    school = SCHOOLS.get(_cell(pathway.patient, "EduEstabTypeIAPT") or "")
    if school is None:
        return {("Other", UNKNOWN[0])}
    years = age(pathway)
    at_age = "Age Not Recorded" if years is None else "25 and under" if years <= YOUNG else "Over 25"
    return {(school, f"{school} and {at_age}")}


def forces(pathway: Pathway) -> Groups:
    return _told(FORCES, code(pathway.patient.get("ExBAFIndicator"), 2))


def gender_identity(pathway: Pathway) -> Groups:
    """The identity if it is one of four, or else what the submitted gender says of it."""
    identity = _cell(pathway.patient, "GenderIdentity")
    if identity in IDENTITIES:
        return _told(IDENTITIES, identity)
    return _told(GENDERS, _cell(pathway.patient, "Gender"))


def same_at_birth(pathway: Pathway) -> Groups:
    return _told(SAME_AT_BIRTH, _cell(pathway.patient, "GenderIdentitySameAtBirth"))


def religion(pathway: Pathway) -> Groups:
    return _circumstances(pathway, RELIGIONS)


def orientation(pathway: Pathway) -> Groups:
    return _circumstances(pathway, ORIENTATIONS)


def _circumstances(pathway: Pathway, names: Mapping[str, str]) -> Groups:
    """Every listed code that the patient's rows have."""
    found = {text(row.get("SocPerCircumstance")) for row in pathway.circumstances}
    return {(names[one], None) for one in found & set(names)} or {UNKNOWN}


def _cell(patient: Row, column: str) -> str | None:
    return text(patient.get(column))


def _told(names: Mapping[str, str], cell: str | None) -> Groups:
    return {(names[cell], None)} if cell in names else {UNKNOWN}


PEOPLE: dict[str, Callable[[Pathway], Groups]] = {
    "V001": age_group,
    "V002": minority,
    "V003": disability,
    "V004": education,
    "V005": ethnic_group,
    "V006": forces,
    "V007": gender_identity,
    "V008": same_at_birth,
    "V013": religion,
    "V014": orientation,
    "V015": working_age,
}
