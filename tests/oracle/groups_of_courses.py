"""What a course is of: the values of V009 to V012."""

from collections.abc import Iterator

from oracle import scores
from oracle.cells import minute, text
from oracle.figure import Period
from oracle.groups_of_people import UNKNOWN, Groups, Label
from oracle.pathway import Pathway
from oracle.referrals import finished

# Each programme by any of the pieces of text that name it, whatever their case.
PROGRAMMES = {
    "BDD-NET": ("bdd-net", "bdd.net"),
    "Beating the Blues": ("beating the blues",),
    "Daylight": ("daylight",),
    "Deprexis": ("deprexis",),
    "Fear Fighter": ("fear fighter",),
    "Minddistrict": ("minddistrict", "mnddstrct"),
    "OCD-NET": ("ocd-net", "ocd.net"),
    "Regul8": ("regul8",),
    "Silvercloud": ("silvercloud", "slvrcld", "silver"),
    "Sleepio": ("sleepio",),
}
OTHER_PROGRAMME, NO_PROGRAMME = "Other/unknown IET", "No recorded IET"

CONDITIONS = {
    "195967001": "Asthma",
    "13645005": "Chronic obstructive lung disease",
    "73211009": "Diabetes mellitus",
    "373673007": "Disorder characterized by pain",
    "53619000": "Disorder of digestive system",
    "928000": "Disorder of musculoskeletal system",
    "50043002": "Disorder of respiratory system",
    "95320005": "Disorder of skin",
    "84757009": "Epilepsy",
    "56265001": "Heart disease",
    "363346000": "Malignant neoplastic disease",
    "748031000000103": "No history of long term condition",
}
NO_CONDITION, INVALID_CONDITION = "No code recorded", "Invalid Code"

ANXIETY = "Anxiety and stress related disorders"
UNEXPLAINED = "Medically Unexplained Symptoms"
# By equality: only the codes with a star are prefixes.
PROBLEMS: dict[str, Label] = {
    "83482000": (ANXIETY, "83482000 Body Dysmorphic Disorder"),
    "F400": (ANXIETY, "F400 - Agoraphobia"),
    "F401": (ANXIETY, "F401 - Social phobias"),
    "F402": (ANXIETY, "F402 - Specific (isolated) phobias"),
    "F410": (ANXIETY, "F410 - Panic disorder [episodic paroxysmal anxiety]"),
    "F411": (ANXIETY, "F411 - Generalised Anxiety Disorder"),
    "F412": (ANXIETY, "F412 - Mixed anxiety and depressive disorder"),
    "F431": (ANXIETY, "F431 - Post-traumatic stress disorder"),
    "F452": (ANXIETY, "F452 Hypochondriacal Disorders"),
    "723916001": (UNEXPLAINED, "723916001 - MUS not otherwise specified"),
}
# Asked in this order, after those.
FAMILIES: tuple[tuple[Label, tuple[str, ...]], ...] = (
    ((ANXIETY, "F42 - Obsessive-compulsive disorder"), ("F42",)),
    ((UNEXPLAINED, "K58 - Irritable bowel syndrome"), ("K58",)),
    ((UNEXPLAINED, "G933 - Chronic fatigue syndrome"), ("G933",)),
    ((ANXIETY, "Other F40-F43 code"), ("F40", "F41", "F42", "F43")),
    (("Depression", None), ("F32", "F33")),
    (("Other Mental Health disorders", None), ("F10", "F31", "F45", "F50", "F99")),
)
OTHER_PROBLEM: Label = ("Other recorded problems", None)

PRESCRIBED, NOT_PRESCRIBED = ("01", "02"), "03"
MEDICATION = {
    (True, True): "Prescribed first and last sessions",
    (True, False): "Prescribed first session and not last session",
    (False, True): "Not prescribed first session and prescribed last session",
    (False, False): "Not prescribed first session and not last session",
}


def programme(pathway: Pathway) -> Groups:
    """Every programme that a log names."""
    named = [text(log.programme) for log in pathway.logs]
    return {(name, None) for told in named if told for name in _programmes(told)} or {(NO_PROGRAMME, None)}


def _programmes(told: str) -> set[str]:
    lower = told.lower()
    found = {name for name, pieces in PROGRAMMES.items() if any(piece in lower for piece in pieces)}
    return found or {OTHER_PROGRAMME}


def condition(pathway: Pathway) -> Groups:
    """Every long-term condition of a referral to an integrated service; any other referral is called invalid."""
    if pathway.integrated_contact is None:
        return {(INVALID_CONDITION, None)}
    found = {text(row.get("LongTermCondition")) for row in pathway.conditions} - {None}
    return {(CONDITIONS.get(one or "", INVALID_CONDITION), None) for one in found} or {(NO_CONDITION, None)}


def problem(pathway: Pathway, by_beginning: bool = False) -> Groups:
    """The group of the one complaint that stands for the pathway."""
    chosen = pathway.problem
    if chosen is None or chosen == scores.INVALID:
        return {UNKNOWN}
    named = next((label for code, label in PROBLEMS.items() if by_beginning and chosen.startswith(code)), None)
    return {named or PROBLEMS.get(chosen) or next(_families(chosen), OTHER_PROBLEM)}


def _families(chosen: str) -> Iterator[Label]:
    return (label for label, prefixes in FAMILIES if chosen.startswith(prefixes))


def medication(pathway: Pathway, period: Period) -> Groups:
    """Whether medication was prescribed, by the first and the last attended contact that says anything of it."""
    contacts = [contact for contact in pathway.contacts if contact.attended and contact.medication and contact.day]
    told = sorted(contacts, key=lambda contact: (contact.day, minute(contact.clock), contact.row_id))
    if not told or not finished(pathway, period):
        return {UNKNOWN}
    return {(MEDICATION.get((_prescribed(told[0].medication), _prescribed(told[-1].medication)), UNKNOWN[0]), None)}


def _prescribed(cell: str | None) -> bool | None:
    return True if cell in PRESCRIBED else False if cell == NOT_PRESCRIBED else None
