"""In which roles a course was treated: who was qualified, or in training, for what on the day of each contact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ibis

from caseness.derive.contact import ATTENDED, TREATMENT
from caseness.derive.derivation import ANNUAL, CONTACT, Derivation, derivation, gather, lay_on
from caseness.derive.events import Events
from caseness.derive.plan import Plan
from caseness.record import SUBMISSION

_SPEC = "NHS England, metadata of the annual measures, 2024-25, therapist role"
QUALIFIED, TRAINEE = "qualified", "trainee"


@dataclass(frozen=True)
class Role:
    """A role of those who treat: its name in the grains, the codes of its qualification, and what the report calls it."""

    name: str
    levels: tuple[str, ...]
    official: str
    standings: tuple[str, ...] = (TRAINEE, QUALIFIED)


# In the order of the report, which has no trainee employment advisers.
ROLES = (
    Role("wellbeing_practitioner", ("10",), "PsychologicalWellBeingPractitioner"),
    Role("employment_adviser", ("30", "31"), "EmploymentAdviser", (QUALIFIED,)),
    Role("cbt_therapist", ("11",), "HighIntensityCognitiveBehaviouralTherapist"),
    Role("depression_counsellor", ("12",), "HighIntensityCounsellingforDepression"),
    Role("couple_therapist", ("13",), "HighIntensityCouplesTherapistforDepression"),
    Role("dynamic_therapist", ("14",), "HighIntensityBriefDynamicInterpersonalPsychotherapist"),
    Role("interpersonal_therapist", ("15",), "HighIntensityInterpersonalTherapist"),
    Role("emdr_therapist", ("17",), "EyeMovementDesensitisationReprocessing"),
    Role("mindfulness_therapist", ("16",), "MindfulnessBasedCognitiveTherapist"),
)


def _bit(role: Role, standing: str) -> int:
    return 1 << (2 * ROLES.index(role) + (standing == TRAINEE))


@derivation(CONTACT, when_null="A blank attendance or purpose is neither.", source=_SPEC)
def seen_for_treatment(attendance: Any, appointment_type: Any) -> Any:
    """Attended, on time or late, and for treatment. Unlike a treatment contact, it need not lie within the referral."""
    return (attendance.isin(ATTENDED) & appointment_type.isin(TREATMENT)).fill_null(False)


# A qualification that was awarded is no training any more, whatever end had been planned.
@derivation(
    CONTACT, when_null="Without a day of award: in training if a planned end lies ahead, else neither.", source=_SPEC
)
def role_of_therapist(
    qualification: Any, qualification_awarded: Any, qualification_planned: Any, contact_date: Any
) -> Any:
    """The role of the therapist by one qualification, and whether qualified or in training on the day of the contact."""
    is_qualified = (qualification_awarded <= contact_date).fill_null(False)
    ahead = ibis.coalesce(qualification_awarded, qualification_planned)
    is_trainee = (ahead > contact_date).fill_null(False)
    return ibis.cases(*_branches(qualification, is_qualified, is_trainee), else_=0).cast("int64")


def _branches(qualification: Any, is_qualified: Any, is_trainee: Any) -> Iterator[tuple[Any, int]]:
    for role in ROLES:
        held = qualification.isin(role.levels)
        yield held & is_qualified, _bit(role, QUALIFIED)
        yield held & is_trainee, _bit(role, TRAINEE)


@derivation(CONTACT, when_null="0 where nobody who treated has a listed qualification.", source=_SPEC)
def roles(role_of_therapist: Any) -> Any:
    """The roles of all who treated in a contact, as a set."""
    return role_of_therapist.bit_or()


def _count_of(role: Role, standing: str) -> Derivation:
    bit, said = _bit(role, standing), role.name.replace("_", " ")
    return Derivation(
        f"{role.name}_{standing}_contacts", ANNUAL, "", f"Contacts seen for treatment by a {said} who was {_IS[standing]}.",
        ("seen_for_treatment", "roles"), "Never null: 0 where there is none.", _SPEC,
        lambda **given: (given["seen_for_treatment"] & ((given["roles"] & bit) > 0)).cast("int32").sum(),
    )  # fmt: skip


_IS = {QUALIFIED: "qualified", TRAINEE: "in training"}
COUNTS = tuple(_count_of(role, standing) for role in ROLES for standing in role.standings)
DERIVATIONS = (seen_for_treatment, role_of_therapist, roles, *COUNTS)


def roles_of_contacts(plan: Plan, submissions: ibis.Table, events: Events) -> ibis.Table:
    """For each contact whose therapist has a listed qualification: the set of roles."""
    known = _known(plan, submissions)
    activities = plan.read("IDS202CareActivity").select(
        SUBMISSION, care_contact="CareContactId", therapist="CarePersLocalId"
    )
    contacts = events.contacts.select(SUBMISSION, "care_contact", "contact", "provider", "contact_date", "month_index")
    done = contacts.inner_join(activities, [SUBMISSION, "care_contact"])
    same = [done.provider == known.staff_provider, done.therapist == known.staff, done.month_index >= known.known_from]
    beside = done.inner_join(known, same)
    holds = beside.known_until.isnull() | (beside.month_index < beside.known_until)
    return gather(lay_on(beside.filter(holds), (role_of_therapist,)), ("contact",), (roles,))


# A row holds from its own month until another of the same person and qualification comes.
def _known(plan: Plan, submissions: ibis.Table) -> ibis.Table:
    told = plan.read("IDS902CarePersQual").select(
        SUBMISSION,
        staff="CarePersLocalId",
        qualification="QualAttainLevelIAPT",
        qualification_awarded="QualAwardedDate",
        qualification_planned="QualPlannedCompletionDate",
    )
    rows = submissions.select(SUBMISSION, staff_provider="provider", known_from="month_index")
    listed = [level for role in ROLES for level in role.levels]
    held = rows.inner_join(told, SUBMISSION).filter(lambda each: each.qualification.isin(listed)).drop(SUBMISSION)
    of_one = ["staff_provider", "staff", "qualification"]
    return held.mutate(known_until=held.known_from.lead().over(group_by=of_one, order_by="known_from"))
