"""Referral rows and employment support: what was given in all, and what was kept in the row's own month."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.assumed import Options
from caseness.derive.contact import FOLLOW_UP, SUPPORT_ONLY, inside, is_employment_support
from caseness.derive.course import (
    employment_support_contacts,
    employment_support_first_date,
    employment_support_last_date,
)
from caseness.derive.derivation import CONTACT, LOG, SUPPORT, Derivation, derivation, gather, lay_on
from caseness.derive.events import Events
from caseness.derive.lists import SUPPORT as SUPPORT_THERAPY
from caseness.derive.lists import THERAPIES
from caseness.derive.outcome import completed_treatment
from caseness.derive.plan import Plan
from caseness.derive.status import STATUSES, UNKNOWN, status_of_rows, support_ends

_SPEC = "specification of record and measures, section 5.3, items 4 and 23"
_BIT = next(one.bit for one in THERAPIES if one.name == SUPPORT_THERAPY)


@derivation(CONTACT, when_null="A blank purpose is no follow-up.", source=f"{_SPEC}; EA036")
def is_any_appointment(
    attended: Any, inside: Any, appointment_type: Any, contact_date: Any, referral_date: Any, discharge_date: Any,
    employment_support_discharge: Any, period_end: Any,
) -> Any:  # fmt: skip
    """Attended: within the referral, as a follow-up after it, or for employment support until that ended."""
    is_follow_up = _is(appointment_type, FOLLOW_UP)
    usual = (inside & ~is_follow_up) | (is_follow_up & _after(contact_date, discharge_date))
    alone = _alone(appointment_type, contact_date, referral_date, employment_support_discharge, period_end)
    return attended & (usual | alone)


@derivation(
    CONTACT, when_null="A blank purpose is neither a follow-up nor employment support.", source=f"{_SPEC}; EA037"
)
def is_therapy_appointment(
    attended: Any, inside: Any, has_other_activity: Any, appointment_type: Any, contact_date: Any, discharge_date: Any
) -> Any:
    """Attended for something else than employment support: within the referral, or as a follow-up after it."""
    is_follow_up = _is(appointment_type, FOLLOW_UP)
    during = inside & ~is_follow_up & ~_is(appointment_type, SUPPORT_ONLY)
    return attended & has_other_activity & (during | (is_follow_up & _after(contact_date, discharge_date)))


@derivation(CONTACT, when_null="A blank purpose counts by the therapy alone.", source=f"{_SPEC}; EA037")
def is_support_appointment(
    attended: Any, inside: Any, has_employment_support: Any, appointment_type: Any, contact_date: Any, referral_date: Any,
    discharge_date: Any, employment_support_discharge: Any, period_end: Any,
) -> Any:  # fmt: skip
    """Attended employment support as EA037 has it: a follow-up before the end of the referral is left out."""
    is_follow_up = _is(appointment_type, FOLLOW_UP)
    usual = (inside & ~is_follow_up) | (is_follow_up & _after(contact_date, discharge_date))
    alone = _alone(appointment_type, contact_date, referral_date, employment_support_discharge, period_end)
    return attended & ((has_employment_support & usual) | alone)


@derivation(LOG, when_null="A log has both days.", source=f"{_SPEC}; EA036")
def is_log_within(log_start: Any, log_end: Any, referral_date: Any, discharge_date: Any, period_end: Any) -> Any:
    """A log of internet therapy that began and ended within the referral."""
    end = ibis.coalesce(discharge_date, period_end)
    return log_start.between(referral_date, end) & log_end.between(referral_date, end)


@derivation(CONTACT, when_null="Where support has not ended: up to the end of the month.", source=f"{_SPEC}; EA131")
def is_support_until_its_end(
    attended: Any, inside: Any, has_employment_support: Any, appointment_type: Any, contact_date: Any, referral_date: Any,
    discharge_date: Any, support_ended_date: Any, period_end: Any,
) -> Any:  # fmt: skip
    """Attended employment support, up to the day by which the referral is among those whose support ended."""
    return is_employment_support(
        attended, inside, has_employment_support, appointment_type, contact_date, referral_date, discharge_date,
        support_ended_date, period_end,
    )  # fmt: skip


@derivation(SUPPORT, when_null="Never null: 0 where there is none.", source=f"{_SPEC}; EA131")
def support_contacts_until_its_end(is_support_until_its_end: Any) -> Any:
    """Attended contacts for employment support until it ended."""
    return is_support_until_its_end.cast("int32").sum()


def _had(name: str, flag: str, says: str) -> Derivation:
    return Derivation(
        name, SUPPORT, "", f"{says} in the month.", (flag,), "Never null: false where there was none.", _SPEC, lambda **given: given[flag].max() > 0,
    )  # fmt: skip


HAD = (
    _had("had_appointment", "is_any_appointment", "An attended appointment, or a log of internet therapy,"),
    _had("had_therapy_appointment", "is_therapy_appointment", "An attended appointment for something else than employment support, or a log,"),
    _had("had_support_appointment", "is_support_appointment", "An attended appointment for employment support"),
)  # fmt: skip


@derivation(
    SUPPORT, official="RecordStartDate", when_null="The header is never blank.", source=_SPEC, assumed=("record-start",)
)
def record_start_date(month: Any, pathway: Any, options: Any) -> Any:
    """First day of the month in which the row begins to hold."""
    return month.min().over(group_by=pathway) if options.record_start == "first-month" else month


_OF_CONTACT = (is_any_appointment, is_therapy_appointment, is_support_appointment)
_IN_ALL = (
    employment_support_contacts, employment_support_first_date, employment_support_last_date, support_contacts_until_its_end,
)  # fmt: skip
DERIVATIONS = (*_OF_CONTACT, is_log_within, *HAD, is_support_until_its_end, _IN_ALL[-1], record_start_date)
_OF_ROW = (
    "row_id", "pathway", "referral_date", "discharge_date", "period_end", "employment_support_discharge",
    "support_ended_date",
)  # fmt: skip


def support_rows(plan: Plan, rows: ibis.Table, known: ibis.Table, events: Events, options: Options) -> ibis.Table:
    """Every referral row with its employment support and its status. `known` holds what else its course tells."""
    rows = rows.left_join(support_ends(plan, rows, options), "row_id").drop("row_id_right")
    given = plan.hold("supported", rows.left_join(_in_all(rows, events, options), "row_id").drop("row_id_right"))
    whole = given
    for found in (known, status_of_rows(plan, given, options)):
        whole = whole.left_join(found, "row_id").drop("row_id_right")
    kept = _in_month(plan, events, options)
    same = [whole.pathway == kept.pathway, whole.month_index == kept.month_index]
    whole = whole.left_join(kept, same).drop("pathway_right", "month_index_right")
    return lay_on(_filled(whole), (completed_treatment, record_start_date), options)


# Few contacts are for employment support, so this joins little.
def _in_all(rows: ibis.Table, events: Events, options: Options) -> ibis.Table:
    told = events.events.mutate(has_employment_support=(events.events.therapies & _BIT) > 0)
    few = told.filter(told.has_employment_support | _is(told.appointment_type, SUPPORT_ONLY))
    ours = rows.select(*_OF_ROW, row_month="month_index")
    beside = ours.inner_join(few, [ours.pathway == few.pathway, ours.row_month >= few.month_index])
    return gather(
        lay_on(beside, (inside, is_employment_support, is_support_until_its_end)), ("row_id",), _IN_ALL, options
    )


def _in_month(plan: Plan, events: Events, options: Options) -> ibis.Table:
    contacts = lay_on(_with_other(events), _OF_CONTACT)
    logs = lay_on(events.logs, (is_log_within,))
    logs = logs.filter(logs.is_log_within & logs.log_end.between(logs.month, logs.period_end))
    kept = contacts.filter(contacts.contact_date.between(contacts.month, contacts.period_end)).select(
        "pathway", "month_index", **{one.name: contacts[one.name].cast("int32") for one in _OF_CONTACT}
    )
    told = kept.union(logs.select("pathway", "month_index", **_LOG_COUNTS))
    return gather(plan.hold("kept_in_month", told), ("pathway", "month_index"), HAD, options)


_LOG_COUNTS = {
    one.name: ibis.literal(int(one is not is_support_appointment), "int32") for one in _OF_CONTACT
}  # fmt: skip


# A contact that has employment support among its activities may have another one too.
def _with_other(events: Events) -> ibis.Table:
    attended = events.contacts.filter(events.contacts.attended)
    other = events.activities.filter(events.activities.therapy.fill_null(0) != _BIT)
    found = other.semi_join(attended.filter(attended.has_employment_support), "contact").select("contact").distinct()
    beside = attended.left_join(found.mutate(with_another=ibis.literal(True)), "contact").drop("contact_right")
    return beside.mutate(has_other_activity=~beside.has_employment_support | beside.with_another.notnull())


_COUNTS = ("employment_support_contacts", "support_contacts_until_its_end", "employment_statuses")


def _filled(rows: ibis.Table) -> ibis.Table:
    counts = {name: rows[name].fill_null(0) for name in _COUNTS}
    flags = {name: rows[name].fill_null(False) for name in ("suitable_for_support", *(one.name for one in HAD))}
    return rows.mutate(**counts, **flags, **{name: rows[name].fill_null(UNKNOWN) for name in STATUSES})


def _is(appointment_type: Any, code: str) -> Any:
    return (appointment_type == code).fill_null(False)


def _after(contact_date: Any, discharge_date: Any) -> Any:
    return (contact_date > discharge_date).fill_null(False)


def _alone(appointment_type: Any, on: Any, referral_date: Any, support_discharge: Any, period_end: Any) -> Any:
    return _is(appointment_type, SUPPORT_ONLY) & on.between(referral_date, ibis.coalesce(support_discharge, period_end))
