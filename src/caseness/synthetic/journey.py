"""One row for each referral of a record, worked out simply. For margins only: nothing official rests on it.

A treatment contact is one that was attended, for treatment (AppType 02, 03, 05), between receipt and end, or an internet
therapy log. The first score is the earliest within the referral, the last the latest if there are two. The version of a
row that counts is that of the latest submission. A referral in which an official derivation would look closer is not told apart.
"""

from __future__ import annotations

import ibis
import pyarrow as pa
from ibis import _

from caseness import engine
from caseness.codes import code_list
from caseness.synthetic.places import RecordTables

ATTENDED, TREATMENT = ("5", "6"), ("02", "03", "05")
SCALES = {"phq9": "720433000", "gad7": "445455005"}
# The anxiety measure that replaces GAD-7 for a problem (../shared/spec/record-and-measures.md, 1.5).
SPECIFIC = {
    "F400": "473355002",
    "F401": "445552006",
    "F410": "450326007",
    "F42": "450324005",
    "F431": "491581000000104",
    "F452": "446793008",
    "83482000": "1128221000000100",
}
LOW, HIGH = "LI", "HI"


def contacts_of(tables: RecordTables) -> ibis.Table:
    """Every contact once, with whether it was treatment within its referral."""
    referrals = tables.latest("IDS101Referral").select(
        "provider", "ServiceRequestId", received=_.ReferralRequestReceivedDate, ended=_.ServDischDate
    )
    contacts = tables.latest("IDS201CareContact").inner_join(referrals, ["provider", "ServiceRequestId"])
    is_inside = (_.CareContDate >= _.received) & (_.ended.isnull() | (_.CareContDate <= _.ended))
    is_attended = (_.AttendOrDNACode.isin(ATTENDED) | (_.PlannedCareContIndicator == "N")).fill_null(False)
    return contacts.mutate(is_attended=is_attended, is_inside=is_inside).mutate(
        is_treatment=_.is_attended & _.is_inside & _.AppType.isin(TREATMENT).fill_null(False)
    )


def therapies_of(tables: RecordTables) -> ibis.Table:
    """Each therapy of each treatment contact, once: provider, ServiceRequestId, CareContactId, therapy, group."""
    codes = {code.code: code.group for code in code_list("CodeProcAndProcStatus").codes}
    named = engine.load(pa.table({"therapy": list(codes), "intensity": list(codes.values())}))
    activities = tables.latest("IDS202CareActivity").select(
        "provider", "CareContactId", therapy=_.CodeProcAndProcStatus.re_extract(r"^(\d+)", 1)
    )
    treated = contacts_of(tables).filter(_.is_treatment).select("provider", "ServiceRequestId", "CareContactId")
    return treated.inner_join(activities, ["provider", "CareContactId"]).inner_join(named, "therapy").distinct()


def journeys(tables: RecordTables) -> ibis.Table:
    """One row for each referral: its dates, counts, codes, person and first and last scores."""
    key = ["provider", "ServiceRequestId"]
    referrals = tables.latest("IDS101Referral").select(
        *key,
        "LocalPatientId",
        "EndCode",
        source=_.SourceOfReferralIAPT,
        received=_.ReferralRequestReceivedDate,
        ended=_.ServDischDate,
    )
    for part in (_treatments(tables), _intensities(tables), _problems(tables), *_scores(tables, referrals)):
        referrals = referrals.left_join(part, key).drop([f"{name}_right" for name in key])
    people = tables.latest("IDS001MPI").select(
        "provider", "LocalPatientId", "PersonBirthDate", "Gender", "EthnicCategory", "Postcode"
    )
    joined = referrals.left_join(people, ["provider", "LocalPatientId"])
    return joined.mutate(contacts=_.contacts.fill_null(0), low=_.low.fill_null(0), high=_.high.fill_null(0))


def _treatments(tables: RecordTables) -> ibis.Table:
    contacts = contacts_of(tables).filter(_.is_treatment).select("provider", "ServiceRequestId", day=_.CareContDate)
    logs = tables.latest("IDS205InternetTherLog").select(
        "provider", "ServiceRequestId", day=_.StartDateIntEnabledTherLog
    )
    every = contacts.union(logs)
    order = ibis.window(group_by=["provider", "ServiceRequestId"], order_by="day")
    ranked = every.mutate(place=ibis.row_number().over(order))
    return ranked.group_by("provider", "ServiceRequestId").aggregate(
        contacts=_.count(),
        first=_.day.min(),
        second=_.day.max(where=_.place == 1),
        last=_.day.max(),
    )


def _intensities(tables: RecordTables) -> ibis.Table:
    therapies = therapies_of(tables)
    return therapies.group_by("provider", "ServiceRequestId").aggregate(
        low=_.CareContactId.nunique(where=_.intensity == LOW),
        high=_.CareContactId.nunique(where=_.intensity == HIGH),
    )


def _problems(tables: RecordTables) -> ibis.Table:
    rows = tables.latest("IDS603PresentingComplaints")
    order = ibis.window(
        group_by=["provider", "ServiceRequestId"],
        order_by=[rows.PresCompCodSig.fill_null("9"), ibis.desc("PresCompDate"), ibis.desc("PresComp")],
    )
    first = rows.mutate(place=ibis.row_number().over(order)).filter(_.place == 0)
    return first.select("provider", "ServiceRequestId", complaint=_.PresComp.re_replace("[^0-9A-Za-z]", ""))


def scores_of(tables: RecordTables, referrals: ibis.Table) -> ibis.Table:
    """Every score within its referral and the range of its scale: provider, ServiceRequestId, day, tool, score.

    `referrals` has the provider and ServiceRequestId of those to look at, with `received` and `ended`.
    """
    key = ["provider", "ServiceRequestId"]
    activities = tables.latest("IDS202CareActivity").select("provider", "CareActId", "CareContactId")
    contacts = tables.latest("IDS201CareContact").select(*key, "CareContactId", day=_.CareContDate)
    of_activities = (
        tables.latest("IDS607CodedScoreAssessmentAct")
        .inner_join(activities, ["provider", "CareActId"])
        .inner_join(contacts, ["provider", "CareContactId"])
        .select(*key, "day", tool=_.CodedAssToolType, score=_.PersScore)
    )
    of_referrals = tables.latest("IDS606CodedScoreAssessmentRefer").select(
        *key, day=_.AssToolCompDate, tool=_.CodedAssToolType, score=_.PersScore
    )
    dated = of_activities.union(of_referrals).inner_join(referrals.select(*key, "received", "ended"), key)
    inside = dated.filter((_.day >= _.received) & (_.ended.isnull() | (_.day <= _.ended)))
    numbered = inside.mutate(score=_.score.try_cast("float64")).inner_join(_ranges(), "tool")
    # A score that its scale cannot give is left out, as an error of recording.
    return numbered.filter(_.score.between(_.low, _.high))


def _scores(tables: RecordTables, referrals: ibis.Table) -> tuple[ibis.Table, ...]:
    numbered = scores_of(tables, referrals)
    general = [_first_and_last(numbered.filter(_.tool == tool), name) for name, tool in SCALES.items()]
    return (
        *general,
        _first_and_last(numbered.filter(_.tool.isin(list(SPECIFIC.values()))), "specific", with_tool=True),
    )


def _ranges() -> ibis.Table:
    tools = code_list("CodedAssToolType").codes
    ends = {
        "tool": [one.code for one in tools],
        "low": [one.lowest for one in tools],
        "high": [one.highest for one in tools],
    }
    return engine.load(pa.table(ends, pa.schema({"tool": pa.string(), "low": pa.float64(), "high": pa.float64()})))


def _first_and_last(scores: ibis.Table, name: str, with_tool: bool = False) -> ibis.Table:
    grouped = scores.group_by("provider", "ServiceRequestId")
    found = {
        f"{name}_first": _.score.argmin(_.day),
        f"{name}_last": ibis.ifelse(_.day.max() > _.day.min(), _.score.argmax(_.day), None),
    }
    return grouped.aggregate(**found, **({f"{name}_tool": _.tool.argmin(_.day)} if with_tool else {}))
