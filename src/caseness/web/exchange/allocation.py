"""Who has a referral that came by a record: the therapist who was last seen, and the team they are in."""

from __future__ import annotations

from caseness.web.caseload.models import Activity, KeptRow, Referral
from caseness.web.exchange.run import Run
from caseness.web.exchange.shapes import TEAM_MEMBERSHIP
from caseness.web.services.models import Membership, Team

_AT_ONCE = 1000


def allocate(run: Run) -> None:
    """Give each referral without a therapist to whoever the record says saw the client last.

    A care professional of the record who is nobody in the service gets none. The referral then has the team alone, and
    whoever allocates clients finds it there.
    """
    run.tell("allocation")
    teams = _teams(run)
    own = dict(Membership.objects.filter(service=run.service).values_list("pk", "team_id"))
    referrals = Referral.objects.filter(service=run.service, therapist=None, team=None)
    for start in range(0, len(keys := list(referrals.values_list("pk", flat=True))), _AT_ONCE):
        seen_last = _seen_last(keys[start : start + _AT_ONCE])
        found = list(Referral.objects.filter(pk__in=seen_last))
        for one in found:
            person = seen_last[one.pk]
            one.therapist_id = run.therapists.get(person)
            one.team_id = own.get(one.therapist_id or 0) or teams.get(person)
        Referral.objects.bulk_update(found, ["therapist", "team"], batch_size=200)
        run.count("referrals allocated", (one.client_id for one in found if one.therapist_id is not None))


def _seen_last(referrals: list[int]) -> dict[int, str]:
    rows = Activity.objects.filter(contact__referral_id__in=referrals, contact__struck__isnull=True).exclude(
        care_person_id=""
    )
    told = rows.order_by("contact__day", "contact__time", "pk").values_list("contact__referral_id", "care_person_id")
    return dict(told)


def _teams(run: Run) -> dict[str, int]:
    """The team of each care professional, by the table of memberships. A team that is not there yet is made."""
    rows = [row.columns for row in KeptRow.objects.filter(service=run.service, table=TEAM_MEMBERSHIP)]
    codes = {row["TeamId"] for row in rows}
    there = dict(Team.objects.filter(service=run.service, code__in=codes).values_list("code", "pk"))
    new = [Team(service=run.service, code=code, name=code) for code in sorted(codes - set(there))]
    for team in new:
        team.save()
        there[team.code] = team.pk
    run.counts["teams added"] += len(new)
    begun = sorted(rows, key=lambda row: row["TeamStartDate"])
    return {row["CarePersLocalId"]: there[row["TeamId"]] for row in begun if "TeamEndDate" not in row}
