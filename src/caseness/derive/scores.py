"""Candidate scores of the referrals that have ended: each with its date, its place among the questionnaires and its value."""

from __future__ import annotations

import ibis
import pyarrow as pa

from caseness.codes import code_list
from caseness.derive.assumed import Options
from caseness.derive.contact import HAS_THERAPY
from caseness.derive.derivation import gather, lay_on
from caseness.derive.events import Events, seconds_of, tie_of
from caseness.derive.lists import SUPPORT, TOOLS
from caseness.derive.plan import Plan
from caseness.derive.score import ENDS, OF_TOOL, may_count, score_inside, score_order
from caseness.derive.staging import LEGAL, SCORES
from caseness.derive.submissions import KeptRecord
from caseness.engine import fetch
from caseness.record import SUBMISSION

_HAS_SUPPORT = next(one for one in HAS_THERAPY if one.name == f"has_{SUPPORT}")


def legal_scores(checked: KeptRecord) -> pa.Table:
    """Every different score of the record that its questionnaire can give: `tool`, `score_text`, `tool_place`, `value`.

    A score that is no number, is out of range, or says that the question does not apply, is in no row of it, and so is
    never a candidate. `value` is the score as a whole number, in the smallest step of its questionnaire.
    """
    tables = [checked.kept(name).select(tool="CodedAssToolType", score_text="PersScore") for name in SCORES]
    found = fetch(tables[0].distinct().union(tables[1].distinct(), distinct=True))
    texts = zip(found["tool"].to_pylist(), found["score_text"].to_pylist(), strict=True)
    rows = [(tool, text, *place) for tool, text in texts if (place := _place_of(tool, text))]
    columns = list(zip(*rows, strict=True)) or [[], [], [], []]
    return pa.table(list(map(pa.array, columns, LEGAL.types)), schema=LEGAL)


def _place_of(tool: str | None, text: str | None) -> tuple[int, int] | None:
    for place, one in enumerate(TOOLS, start=1):
        if one.code == tool:
            code = code_list("CodedAssToolType").find(tool)
            is_number = code is not None and text is not None and code.permits(text) and text not in code.words
            return (place, round(float(text) * one.scale)) if is_number and text is not None else None
    return None


def score_ends(plan: Plan, rows: ibis.Table, ended: ibis.Table, events: Events, options: Options) -> ibis.Table:
    """The first and the last score of each questionnaire for each row of `ended`, kept in the engine."""
    within = counted_scores(plan, rows, ended, events, options)
    of_tools = gather(within, ("row_id", "discharge_date", "tool_place"), OF_TOOL, options)
    return plan.hold("score_ends", gather(of_tools, ("row_id",), ENDS, options))


def counted_scores(plan: Plan, rows: ibis.Table, of: ibis.Table, events: Events, options: Options) -> ibis.Table:
    """The scores that count for each row of `of`, as known at the end of its month."""
    pathways = of.select("pathway").distinct()
    submitted = _with_referral(plan, rows.semi_join(pathways, "pathway"))
    candidates = submitted.union(_with_contact(plan, events, pathways, options))
    beside = of.select("row_id", "pathway", *_ROW, row_month="month_index")
    joined = candidates.inner_join(
        beside, [candidates.pathway == beside.pathway, candidates.month_index <= beside.row_month]
    )
    return lay_on(joined, (score_inside, score_order), options).filter(lambda each: each.score_inside)


_ROW = ("referral_date", "discharge_date", "period_end")


def _with_referral(plan: Plan, rows: ibis.Table) -> ibis.Table:
    submitted = plan.read(SCORES[0]).select(
        SUBMISSION,
        service_request="ServiceRequestId",
        tool_place="tool_place",
        value="value",
        assessed_on="AssToolCompDate",
        seconds=lambda each: seconds_of(each.AssToolCompTime),
        tie=lambda each: tie_of(each.row_id, 0),
    )
    ours = rows.select(SUBMISSION, "service_request", "pathway", "month_index")
    return ours.inner_join(submitted, [SUBMISSION, "service_request"]).select(*_CANDIDATE)


_CANDIDATE = ("pathway", "month_index", "assessed_on", "seconds", "tie", "tool_place", "value")


def _with_contact(plan: Plan, events: Events, of: ibis.Table, options: Options) -> ibis.Table:
    submitted = plan.read(SCORES[1]).select(
        SUBMISSION,
        care_activity="CareActId",
        tool_place="tool_place",
        value="value",
        tie=lambda each: tie_of(each.row_id, 1),
    )
    contacts = events.contacts.semi_join(of, "pathway")
    contacts = contacts.select(*_CONTACT, assessed_on="contact_date").mutate(with_contact=ibis.literal(True))
    activities = events.activities.select(
        SUBMISSION, "care_activity", "contact", therapies=lambda each: each.therapy.fill_null(0)
    )
    judged = lay_on(activities.inner_join(contacts, "contact"), (_HAS_SUPPORT, may_count), options)
    return judged.filter(judged.may_count).inner_join(submitted, [SUBMISSION, "care_activity"]).select(*_CANDIDATE)


_CONTACT = (
    "contact", "pathway", "month_index", "seconds", "attended", "appointment_type",
)  # fmt: skip
