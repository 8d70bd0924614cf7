"""Goals and circumstances out of a record: what does not fit whole is kept as it came."""

from __future__ import annotations

from typing import Any

from caseness.web.caseload.models import Circumstance, Goal, GoalRating
from caseness.web.exchange.arriving import Row
from caseness.web.exchange.keeping import keep_rows
from caseness.web.exchange.merging import too_long
from caseness.web.exchange.run import Run
from caseness.web.exchange.sessions import pieces
from caseness.web.exchange.shapes import GOAL, LIFE_CIRCUMSTANCES, SHAPES

_AT_ONCE = 2000
Owned = tuple[int, int, Row]


def write_told(run: Run, submission: int) -> None:
    """The goals and circumstances of one submission."""
    for rows in pieces(run.arrival.of(GOAL, submission), _AT_ONCE):
        run.tell("goals")
        _write_goals(run, submission, _owned(run, rows))
    for rows in pieces(run.arrival.of(LIFE_CIRCUMSTANCES, submission), _AT_ONCE):
        run.tell("circumstances")
        _write_circumstances(run, submission, _owned(run, rows))


def _owned(run: Run, rows: list[Row]) -> list[Owned]:
    found = [(*run.referrals[row["ServiceRequestId"]], row) for row in rows if row["ServiceRequestId"] in run.referrals]
    run.counts["rows without their parent"] += len(rows) - len(found)
    return found


def _write_goals(run: Run, submission: int, rows: list[Owned]) -> None:
    goals = _goals(run, rows)
    held = set(GoalRating.objects.filter(goal__in=goals.values()).values_list("goal_id", "day"))
    new, odd = [], []
    for referral, client, row in rows:
        goal = goals.get((referral, row["GoalId"]))
        if goal is None or goal.wording != (row["GoalWording"] or "") or not _fits(GoalRating, GOAL, row):
            odd.append((client, row))
        elif (goal.pk, row["GoalRatingDate"]) not in held:
            new.append(GoalRating(goal=goal, day=row["GoalRatingDate"], rating=row["GoalRating"]))
    GoalRating.objects.bulk_create(new, batch_size=_AT_ONCE)
    run.count("goal ratings added", (run.owners[one.goal.referral_id] for one in new))
    keep_rows(run, submission, GOAL, odd)


def _goals(run: Run, rows: list[Owned]) -> dict[tuple[int, str], Goal]:
    referrals = {referral for referral, _, _ in rows}
    there = {(one.referral_id, one.goal_id): one for one in Goal.objects.filter(referral_id__in=referrals)}
    new: dict[tuple[int, str], Goal] = {}
    for referral, _, row in rows:
        wording, place = row["GoalWording"] or "", (referral, row["GoalId"])
        if place not in there and place not in new and len(wording) <= 400:
            new[place] = Goal(referral_id=referral, goal_id=row["GoalId"], wording=wording, day=row["GoalRatingDate"])
    Goal.objects.bulk_create(new.values(), batch_size=_AT_ONCE)
    run.count("goals added", (run.owners[one.referral_id] for one in new.values()))
    return {**there, **new}


def _write_circumstances(run: Run, submission: int, rows: list[Owned]) -> None:
    referrals = {referral for referral, _, _ in rows}
    there = Circumstance.objects.filter(referral_id__in=referrals)
    held = set(there.values_list("referral_id", "kind", "day"))
    new, odd = [], []
    for referral, client, row in rows:
        place = (referral, row["LifeCircumstanceKind"], row["LifeCircumstanceDate"])
        if not _fits(Circumstance, LIFE_CIRCUMSTANCES, row):
            odd.append((client, row))
        elif place not in held:
            held.add(place)
            note = row["LifeCircumstanceNote"] or ""
            new.append(Circumstance(referral_id=referral, kind=place[1], day=place[2], note=note))
    Circumstance.objects.bulk_create(new, batch_size=_AT_ONCE)
    run.count("circumstances added", (run.owners[one.referral_id] for one in new))
    keep_rows(run, submission, LIFE_CIRCUMSTANCES, odd)


def _fits(model: Any, table_id: str, row: Row) -> bool:
    return not too_long(model, SHAPES[table_id], row)
