"""The list of rules, which of them a profile has, and what the published validations check and this does not."""

from __future__ import annotations

from functools import cache

from caseness.check.model import PRACTICE_PROFILE, PROFILES, SEVERITIES, Rule
from caseness.check.rules import contact, header, person, referral, score, staff
from caseness.check.rules.declared import declared_rules
from caseness.errors import UnknownName
from caseness.record import TABLES

_ORDER = {each.id: place for place, each in enumerate(TABLES)}
_WRITTEN = (*header.RULES, *person.RULES, *referral.RULES, *contact.RULES, *score.RULES, *staff.RULES)

# By table, worst first. The order of the declarations decides between equals.
RULES: tuple[Rule, ...] = tuple(
    sorted((*_WRITTEN, *declared_rules()), key=lambda each: (_ORDER[each.table], SEVERITIES.index(each.severity)))
)

# What a practice outside the NHS flow does not have: whole tables, and columns of others.
_TABLES_NOT_IN_PRACTICE = frozenset({"IDS002GP", "IDS902CarePersQual"})
_COLUMNS_NOT_IN_PRACTICE = frozenset(
    {
        ("IDS000Header", "OrgIDProv"),
        ("IDS000Header", "OrgIDSubmit"),
        ("IDS000Header", "PrimSystemInUse"),
        ("IDS001MPI", "OrgIDLocalPatientId"),
        ("IDS001MPI", "NHSNumber"),
        ("IDS001MPI", "NHSNumberStatus"),
        ("IDS001MPI", "PersonBirthDate"),
        ("IDS001MPI", "Postcode"),
        ("IDS001MPI", "Gender"),
        ("IDS101Referral", "OrgIDComm"),
        ("IDS201CareContact", "Cancellation"),
        ("IDS201CareContact", "IAPTLTCServiceInd"),
        ("IDS202CareActivity", "CarePersLocalId"),
    }
)
# A practice does fill these in sometimes, and then they must be right.
_KEPT_IN_PRACTICE = frozenset({"C001-05", "C001-PersonBirthDate-form"})
# A practice has no GP table, tells why a course ended in a table of our own, and may use any questionnaire.
_RULES_NOT_IN_PRACTICE = frozenset(
    {
        "C001-06",
        "C101-09",
        "C606-06",
        "C606-CodedAssToolType-code",
        "C606-CodedAssToolType-long",
        "C607-03",
        "C607-CodedAssToolType-code",
        "C607-CodedAssToolType-long",
    }
)

# Published validations that need what a submission does not hold, with the reason.
NOT_CHECKED: tuple[tuple[str, str, str], ...] = (
    ("IDSREJ001", "The database has the structure of the data set.", "Reading says which tables and columns it lacks."),
    ("IDSREJ002", "The header is not empty.", "Without a header nothing is read as a submission: reading says so."),
    ("IDSREJ012", "There are rows for the selected period.", "Which period was selected is known to the portal alone."),
    ("IDS00030, IDS00033", "The organisations are those of the login.", "The login is known to the portal alone."),
    ("IDS00027", "The submission was not made after it was uploaded.", "The upload is known to the portal alone."),
    ("IDS00034, IDS00154, IDS00156, IDS00206, IDS00219, IDS10110, IDS10519, IDS20147, IDS20149",
     "Organisations, practices and sites are live.", "The national tables of organisations are not in the package."),
    ("IDS00125", "The postcode was live in the month.", "The national table of postcodes is not in the package."),
    ("IDS00139, IDS20163", "A language is one of ISO 639-1.", "Only its form is checked: the list is not in the package."),
    ("IDS00223", "A registration that ended is followed by another.", "The published code for it was not found."),
)  # fmt: skip


def rule(rule_id: str) -> Rule:
    """One rule by its id, or `UnknownName`.

    Examples
    --------
    >>> rule("C101-05").says
    'A referral does not end before it was received.'
    """
    found = _by_id().get(rule_id)
    if found is None:
        raise UnknownName("rule", rule_id, _by_id(), "The manual lists all, under reference, rules.")
    return found


@cache
def rules_for(profile: str) -> tuple[Rule, ...]:
    """The rules that apply to a profile, or `UnknownName`."""
    if profile not in PROFILES:
        raise UnknownName("profile", profile, PROFILES)
    return tuple(
        each for each in RULES if profile in each.profiles and (profile != PRACTICE_PROFILE or _in_practice(each))
    )


def _in_practice(one: Rule) -> bool:
    if one.id in _KEPT_IN_PRACTICE:
        return True
    lacks = any((one.table, column) in _COLUMNS_NOT_IN_PRACTICE for column in one.columns)
    return not lacks and one.table not in _TABLES_NOT_IN_PRACTICE and one.id not in _RULES_NOT_IN_PRACTICE


@cache
def _by_id() -> dict[str, Rule]:
    return {each.id: each for each in RULES}
