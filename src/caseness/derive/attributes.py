"""What the breakdowns of measures read: one row for each referral row, with the person, the course and sets of codes."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from caseness.derive.assumed import Options
from caseness.derive.contact import inside
from caseness.derive.course import is_completed_log
from caseness.derive.derivation import ATTRIBUTES, Derivation, derivation, gather, lay_on
from caseness.derive.events import Events
from caseness.derive.outcome import completed_treatment
from caseness.derive.person import completed_years
from caseness.derive.plan import Plan
from caseness.derive.sets import (
    ANNUAL_RELIGIONS,
    CONDITIONS,
    DISABILITIES,
    MEDIA,
    ORIENTATIONS,
    PROGRAMMES,
    RELIGIONS,
    Kind,
)
from caseness.derive.staging import PEOPLE_IN_FULL
from caseness.record import ROW_ID, SUBMISSION

_SPEC = "specification of record and measures, sections 5.2 F and 5.3, items 26 and 27"
# The name under which a plan reads the deciles of postcodes, and their columns.
DECILES = "deciles"
DECILE_SCHEMA = pa.schema([("plain_postcode", pa.string()), ("deprivation_decile", pa.int32())])
# The row of a submission within the key by which rows of one day are told apart.
_ROWS = 1 << 24


@derivation(
    ATTRIBUTES,
    when_null="Null where the date of birth is missing.",
    source=f"{_SPEC}; V001",
    assumed=("breakdown-age",),
)
def breakdown_age(birth_date: Any, period_end: Any, referral_date: Any, options: Any) -> Any:
    """Age in completed years by which breakdowns go: on the last day of the row's month, or on the day of the referral."""
    return completed_years(birth_date, referral_date if options.breakdown_age == "referral" else period_end)


@derivation(ATTRIBUTES, when_null="Null without a postcode, or where no file tells its decile.", source=_SPEC)
def plain_postcode(postcode: Any) -> Any:
    """The postcode in capitals and without spaces, by which its decile of deprivation is looked up."""
    return postcode.upper().replace(" ", "")


def _set(kind: Kind, parameter: str, assumed: tuple[str, ...] = ()) -> Derivation:
    meaning = f"{kind.says}: a bit for each of {len(kind.groups)} groups{', and one for all others' * kind.has_others}."
    return Derivation(
        kind.name, ATTRIBUTES, "", meaning, (parameter,), "Never null: 0 where there is none.", f"{kind.source}; {_SPEC}",
        lambda **given: kind.of(given[parameter]).bit_or(), assumed,
    )  # fmt: skip


disabilities = _set(DISABILITIES, "disability")
conditions = _set(CONDITIONS, "condition")
media = _set(MEDIA, "told_medium", ("media",))
programmes = _set(PROGRAMMES, "programme", ("programmes",))
CIRCUMSTANCES = tuple(_set(one, "circumstance", ("circumstances",)) for one in (RELIGIONS, ANNUAL_RELIGIONS, ORIENTATIONS))  # fmt: skip


@derivation(
    ATTRIBUTES,
    official="AMHCareClustCodeFin",
    when_null="Null where the person has no cluster. A blank day comes before all others.",
    source=_SPEC,
    assumed=("care-cluster",),
)
def care_cluster(cluster: Any, cluster_order: Any, options: Any) -> Any:
    """The care cluster of the person that began last, or first, of those in the submission of the month."""
    return cluster.argmin(cluster_order) if options.care_cluster == "first" else cluster.argmax(cluster_order)


SETS = (disabilities, conditions, media, programmes, *CIRCUMSTANCES)
DERIVATIONS = (breakdown_age, plain_postcode, *SETS, care_cluster)
_OF_ROW = (
    SUBMISSION, "patient", "service_request", "row_id", "pathway", "month", "month_index", "period_end", "referral_date",
    "discharge_date", "ethnic_category", "gender", "problem",
)  # fmt: skip
_OF_PERSON, _OF_REFERRAL = (SUBMISSION, "patient"), (SUBMISSION, "service_request")


def attribute_rows(plan: Plan, rows: ibis.Table, known: ibis.Table, events: Events, options: Options) -> ibis.Table:
    """Every referral row with what breakdowns read. `known` holds what else its course tells."""
    given = plan.hold("attributed", lay_on(_with_person(plan, rows), (breakdown_age, plain_postcode), options))
    whole = _beside(given, plan.given(DECILES, DECILE_SCHEMA), ("plain_postcode",))
    for found in (_disabilities(plan), _circumstances(plan, options), _clusters(plan, options)):
        whole = _beside(whole, found, _OF_PERSON)
    whole = _beside(whole, _conditions(plan), _OF_REFERRAL)
    for found in (known, _programmes(given, events, options), _media(given, events, options)):
        whole = _beside(whole, found, ("row_id",))
    counts = ("treatment_contacts", *(one.name for one in SETS))
    return lay_on(whole.mutate(**{name: whole[name].fill_null(0) for name in counts}), (completed_treatment,))


def _beside(whole: ibis.Table, found: ibis.Table, by: tuple[str, ...]) -> ibis.Table:
    return whole.left_join(found, list(by), rname="{name}_found").drop(*(f"{name}_found" for name in by))


def _with_person(plan: Plan, rows: ibis.Table) -> ibis.Table:
    told = plan.read(PEOPLE_IN_FULL).select(
        SUBMISSION,
        patient="LocalPatientId",
        birth_date="PersonBirthDate",
        postcode="Postcode",
        gender_identity="GenderIdentity",
        gender_same_at_birth="GenderIdentitySameAtBirth",
        armed_forces="ExBAFIndicator",
        education="EduEstabTypeIAPT",
    )
    return _beside(rows.select(*_OF_ROW), told, _OF_PERSON)


def _disabilities(plan: Plan) -> ibis.Table:
    told = plan.read("IDS007DisabilityType").select(SUBMISSION, patient="LocalPatientId", disability="DisabCode")
    return gather(told, _OF_PERSON, (disabilities,))


def _circumstances(plan: Plan, options: Options) -> ibis.Table:
    told = plan.read("IDS011SocPerCircumstances").select(
        SUBMISSION, ROW_ID, patient="LocalPatientId", circumstance="SocPerCircumstance", on="SocPerCircumstanceRecDate"
    )
    if options.circumstances == "any":
        return gather(told, _OF_PERSON, CIRCUMSTANCES)
    return gather(_latest_of_each(told), _OF_PERSON, CIRCUMSTANCES)


# Religion and orientation are told by rows of one table, so the latest row is that of its own kind.
def _latest_of_each(told: ibis.Table) -> ibis.Table:
    is_orientation = ORIENTATIONS.of(told.circumstance) > 0
    is_religion = (ANNUAL_RELIGIONS.of(told.circumstance) > 0) | (RELIGIONS.of(told.circumstance) > 0)
    kinds = ibis.cases((is_orientation, 1), (is_religion, 2), else_=0)
    ordered = told.mutate(kind=kinds, order=_day_order(told.on, told[ROW_ID]))
    last = ordered.order.max().over(group_by=[*_OF_PERSON, "kind"])
    return ordered.filter(ordered.order == last)


def _clusters(plan: Plan, options: Options) -> ibis.Table:
    told = plan.read("IDS803CareCluster")
    named = told.select(
        SUBMISSION,
        patient="LocalPatientId",
        cluster="AMHCareClustCodeFin",
        cluster_order=_day_order(told.StartDateCareClust, told[ROW_ID]),
    )
    return gather(named, _OF_PERSON, (care_cluster,), options)


def _conditions(plan: Plan) -> ibis.Table:
    told = plan.read("IDS602LongTermCondition")
    named = told.select(SUBMISSION, service_request="ServiceRequestId", condition="LongTermCondition")
    return gather(named, _OF_REFERRAL, (conditions,))


def _day_order(day: Any, row: Any) -> Any:
    days = ibis.coalesce(day.delta(ibis.date(1800, 1, 1), unit="day"), 0).cast("int64")
    return days * _ROWS + row % _ROWS


def _programmes(rows: ibis.Table, events: Events, options: Options) -> ibis.Table:
    logs = events.logs.mutate(is_log=ibis.literal(True), contact_date=events.logs.log_start)
    beside = _until_then(rows, logs.select("pathway", "month_index", "is_log", "contact_date", "log_end", "programme"))
    if options.programmes == "completed":
        beside = lay_on(beside, (inside, is_completed_log), options)
        beside = beside.filter(beside.is_completed_log)
    return gather(beside, ("row_id",), (programmes,))


# A blank medium is one that is not known, so it is told apart from no contact at all.
def _media(rows: ibis.Table, events: Events, options: Options) -> ibis.Table:
    attended = events.contacts.filter(events.contacts.attended)
    if options.media == "treatment":
        attended = attended.filter(attended.is_treatment)
    told = attended.select("pathway", "month_index", "contact_date", told_medium=attended.medium.fill_null(""))
    beside = lay_on(_until_then(rows, told), (inside,), options)
    return gather(beside.filter(beside.inside), ("row_id",), (media,))


def _until_then(rows: ibis.Table, told: ibis.Table) -> ibis.Table:
    ours = rows.select("row_id", "pathway", "referral_date", "discharge_date", "period_end", row_month="month_index")
    return ours.inner_join(told, [ours.pathway == told.pathway, ours.row_month >= told.month_index])
