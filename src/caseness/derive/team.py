"""To which team a contact and a referral belong, where the record says who was in which team, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from caseness.derive.assumed import Options
from caseness.derive.contact import inside
from caseness.derive.course import event_order
from caseness.derive.derivation import CONTACT, REFERRAL, derivation, gather, lay_on
from caseness.derive.plan import Plan
from caseness.derive.staging import TEAMS
from caseness.record import ROW_ID, SUBMISSION

_OURS = "Caseness, extension tables of the record (EXT01TeamMembership)"
TEAM = "team"
_TREATS, _SUPERVISES = ("practitioner", "trainee"), "supervisor"
_OF_CONTACT = ("pathway", "month_index", "contact", "contact_date", "seconds", "tie", "attended")
_OF_ROW = ("row_id", "pathway", "month_index", "referral_date", "discharge_date", "period_end")
# What makes a row of membership the same as one that was sent in an earlier month.
_MEMBERSHIP = ("provider", "staff", TEAM, "team_role", "team_start")


@derivation(CONTACT, when_null="A role that is blank or not listed ranks in the middle.", source=_OURS)
def role_rank(team_role: Any) -> Any:
    """How a role ranks where a contact has several: a practitioner or trainee first, a supervisor last."""
    return ibis.cases((team_role.isin(_TREATS), 0), (team_role == _SUPERVISES, 2), else_=1)


@derivation(CONTACT, when_null="Without a last day the membership still holds.", source=_OURS)
def is_member(team_start: Any, team_end: Any, contact_date: Any) -> Any:
    """Whether the therapist of an activity was in the team on the day of the contact."""
    return (team_start <= contact_date) & (team_end.isnull() | (team_end >= contact_date))


@derivation(
    REFERRAL,
    when_null="Null where no attended contact within the referral names a therapist.",
    source=_OURS,
    assumed=("team-of-referral",),
)
def contact_of_team(contact: Any, event_order: Any, options: Any) -> Any:
    """The contact whose therapist says to which team the referral belongs: of those that name one, the latest so far."""
    return contact.argmin(event_order) if options.team_of_referral == "first-therapist" else contact.argmax(event_order)


DERIVATIONS = (role_rank, is_member, contact_of_team)


@dataclass(frozen=True, eq=False)
class Teams:
    """The team of each contact that names a therapist, and of each referral row, by `pathway` and `month_index`."""

    of_contact: ibis.Table
    of_row: ibis.Table

    # A missed appointment seldom has an activity, and so names nobody.
    def beside_contacts(self, contacts: ibis.Table) -> ibis.Table:
        """Contacts with the team of their own therapist, and without one with that of their referral."""
        own = self.beside_rows(contacts).left_join(self.of_contact, "contact", rname="{name}_of_own")
        team = ibis.ifelse(own.contact_of_own.isnull(), own[TEAM], own.team_of_own)
        return own.mutate(team=team).drop("contact_of_own", "team_of_own")

    def beside_rows(self, rows: ibis.Table) -> ibis.Table:
        """Rows of any other grain with the team of their referral, as it is known that month."""
        beside = rows.left_join(self.of_row, ["pathway", "month_index"])
        return beside.drop("pathway_right", "month_index_right")


def find_teams(plan: Plan, rows: ibis.Table, contacts: ibis.Table, submissions: ibis.Table, options: Options) -> Teams:
    """The teams of contacts and of referral rows, kept in the engine. Without one the team is null, or the row absent.

    What is known of a membership is what was sent by the month of the contact, or of the referral row.
    """
    members = plan.hold("memberships", _memberships(plan, submissions))
    treated = plan.hold("treated", _treated(plan, contacts))
    placed = treated.select("contact").distinct().left_join(_placed(treated, members, ("contact",), options), "contact")
    of_contact = plan.hold("teams_of_contacts", placed.drop("contact_right"))
    decisive = _decisive(rows, contacts, treated, options)
    of_row = plan.hold("teams_of_rows", _placed(decisive, members, ("pathway", "month_index"), options))
    return Teams(of_contact, of_row)


# A membership is sent again every month, mostly as it was: a row counts until the next one that says something else.
def _memberships(plan: Plan, submissions: ibis.Table) -> ibis.Table:
    told = plan.read(TEAMS).select(
        SUBMISSION,
        ROW_ID,
        staff="CarePersLocalId",
        team="TeamId",
        team_role="TeamRole",
        team_start="TeamStartDate",
        team_end="TeamEndDate",
    )
    rows = submissions.select(SUBMISSION, "provider", known_from="month_index").inner_join(told, SUBMISSION)
    in_order = ibis.window(group_by=_MEMBERSHIP, order_by=["known_from", ROW_ID])
    before = rows.mutate(
        is_first=rows.known_from.lag().over(in_order).isnull(), end_before=rows.team_end.lag().over(in_order)
    )
    changed = before.filter(before.is_first | ~before.team_end.identical_to(before.end_before))
    versions = changed.mutate(known_until=changed.known_from.lead().over(in_order))
    ranked = lay_on(versions, (role_rank,))
    return ranked.select("provider", "staff", TEAM, "role_rank", "team_start", "team_end", "known_from", "known_until")


# One row for each therapist whom an activity of a contact names.
def _treated(plan: Plan, contacts: ibis.Table) -> ibis.Table:
    told = plan.read("IDS202CareActivity").select(
        SUBMISSION, activity=ROW_ID, care_contact="CareContactId", staff="CarePersLocalId"
    )
    ours = contacts.select(SUBMISSION, "care_contact", "contact", "contact_date", "provider", "month_index")
    beside = ours.inner_join(told.filter(told.staff.notnull()), [SUBMISSION, "care_contact"])
    return beside.drop(SUBMISSION, "care_contact")


# The therapists of the contact that says to which team a referral belongs, with what is known in the month of the row.
def _decisive(rows: ibis.Table, contacts: ibis.Table, treated: ibis.Table, options: Options) -> ibis.Table:
    named = contacts.filter(contacts.attended).select(*_OF_CONTACT).semi_join(treated, "contact")
    ours = rows.select(*_OF_ROW).rename(row_month="month_index", row_pathway="pathway")
    beside = ours.inner_join(named, [ours.row_pathway == named.pathway, ours.row_month >= named.month_index])
    placed = lay_on(beside, (inside, event_order))
    chosen = gather(placed.filter(placed.inside), ("row_pathway", "row_month"), (contact_of_team,), options)
    whose = treated.drop("month_index")
    joined = chosen.inner_join(whose, chosen.contact_of_team == whose.contact)
    return joined.rename(pathway="row_pathway", month_index="row_month")


# Of all memberships of all therapists: the role, then the activity, then the day of joining, then the name of the team.
def _placed(treated: ibis.Table, members: ibis.Table, by: Sequence[str], options: Options) -> ibis.Table:
    joined = treated.inner_join(members, ["provider", "staff"])
    known = (joined.known_from <= joined.month_index) & (
        joined.known_until.isnull() | (joined.month_index < joined.known_until)
    )
    held = lay_on(joined.filter(known), (is_member,))
    first = held.team_start.asc() if options.several_teams == "first-joined" else held.team_start.desc()
    order = ibis.row_number().over(group_by=by, order_by=[held.role_rank, held.activity, first, held.team])
    ranked = held.filter(held.is_member).mutate(place=order)
    return ranked.filter(ranked.place == 0).select(*by, TEAM)
