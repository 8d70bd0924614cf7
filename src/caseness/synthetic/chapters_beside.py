"""The margins of what goes beside treatment: who referred, conditions and disability, internet therapy, work and sick pay."""

from __future__ import annotations

from collections.abc import Iterator

import ibis
import numpy as np
import pyarrow as pa
from ibis import _

from caseness import engine
from caseness.synthetic.journey import contacts_of
from caseness.synthetic.margin import Margin, amount, distribution, rate
from caseness.synthetic.sample import Sample

MONTHLY = "measures_monthly.parquet, England"
_CHAPTER = "circumstances"
_KEY = ("provider", "ServiceRequestId")
_NO_CONDITION = "748031000000103"
_HAS, _HAS_NOT = "Long term condition", "No long term condition"
_SUPPORT, _FOLLOW_UP = "10", "06"


def circumstances(sample: Sample) -> Iterator[Margin]:
    """Source of referral, disability, long-term conditions, integrated care, internet therapy, employment support, sick pay."""
    yield _sources(sample)
    yield _disabilities(sample)
    yield _conditions(sample)
    yield from _integrated(sample)
    yield from _per_ended(sample)
    yield _off_sick_pay(sample)


def _sources(sample: Sample) -> Margin:
    shares, inside = sample.facts.shares_of("source"), _received_in_year(sample)
    return distribution(
        "source",
        "Referrals by source",
        _CHAPTER,
        _counts(sample.courses.text("source")[inside]),
        shares.by_code,
        shares.source,
    )


def _disabilities(sample: Sample) -> Margin:
    shares = sample.facts.shares_of("disability")
    people = _table_of(sample, ("provider", "LocalPatientId"), _received_in_year(sample)).distinct()
    told = sample.tables.latest("IDS007DisabilityType").inner_join(people, ["provider", "LocalPatientId"])
    counted = engine.fetch(told.group_by("DisabCode").aggregate(count=_.count())).to_pylist()
    held = {row["DisabCode"]: float(row["count"]) for row in counted}
    return distribution("disability", "Disability, where told", _CHAPTER, held, shares.by_code, shares.source)


# Seven in ten published referrals do not say, which made-up records do not imitate: compared are those that say.
def _conditions(sample: Sample) -> Margin:
    shares = sample.facts.shares_of("ltc_status")
    referrals = _table_of(sample, _KEY, _received_in_year(sample))
    told = sample.tables.latest("IDS602LongTermCondition").inner_join(referrals, _KEY)
    has = told.group_by(*_KEY).aggregate(has=(_.LongTermCondition != _NO_CONDITION).max())
    counted = {
        row["has"]: float(row["count"])
        for row in engine.fetch(has.group_by("has").aggregate(count=_.count())).to_pylist()
    }
    held = {_HAS: counted.get(True, 0.0), _HAS_NOT: counted.get(False, 0.0)}
    published = {name: shares.by_code[name] for name in (_HAS, _HAS_NOT)}
    return distribution("ltc_status", "Long-term condition, where told", _CHAPTER, held, published, shares.source)


def _integrated(sample: Sample) -> Iterator[Margin]:
    facts, courses = sample.facts, sample.courses
    has = _with_integrated_contact(sample)
    yield rate(
        "integrated.finished",
        "Finished courses with an integrated contact",
        _CHAPTER,
        float((courses.is_finished & has).sum()),
        float(courses.is_finished.sum()),
        facts.number("integrated.finished.share"),
        f"{MONTHLY}: M273, M076",
    )
    for name, title, members, fact, measures in (
        ("integrated.recovery", "Recovery with an integrated contact", has, "integrated.recovery", "M273, M276, M277"),
        (
            "integrated.none.recovery",
            "Recovery without an integrated contact",
            ~has,
            "integrated.none.recovery",
            "M274, M284, M285",
        ),
    ):
        counts = float((courses.recovered & members).sum()), float((courses.judged & members).sum())
        yield rate(name, title, _CHAPTER, *counts, facts.number(fact), f"{MONTHLY}: {measures}")


def _with_integrated_contact(sample: Sample) -> np.ndarray:
    contacts = contacts_of(sample.tables).filter(_.is_attended & _.is_inside & (_.IAPTLTCServiceInd == "Y"))
    found = engine.fetch(contacts.filter(_.AppType != _FOLLOW_UP).select(*_KEY).distinct())
    held = set(zip(found["provider"].to_pylist(), found["ServiceRequestId"].to_pylist(), strict=True))
    rows = sample.courses.rows
    keys = zip(rows["provider"].to_pylist(), rows["ServiceRequestId"].to_pylist(), strict=True)
    return np.array([key in held for key in keys], bool)


def _per_ended(sample: Sample) -> Iterator[Margin]:
    facts, ended = sample.facts, int(sample.courses.is_ended.sum())
    in_year = (sample.first_day, sample.last_day)
    logs = sample.tables.latest("IDS205InternetTherLog").filter(_.EndDateIntEnabledTherLog.between(*in_year))
    support = contacts_of(sample.tables).filter(
        _.is_attended & (_.AppType == _SUPPORT) & _.CareContDate.between(*in_year)
    )
    logs_published = facts.number("internet.logs") / facts.number("year.ended")
    support_published = facts.number("support.contacts.per_ended")
    for name, title, rows, published, measures in (
        ("internet.per_ended", "Weekly logs of internet therapy for each referral that ended", logs, logs_published, "M343, M056"),
        ("support.per_ended", "Contacts of employment support for each referral that ended", support, support_published, "M099, M056"),
    ):  # fmt: skip
        count = int(engine.fetch(rows.aggregate(count=_.count()))["count"][0].as_py())
        value = count / ended if ended else None
        yield amount(name, title, _CHAPTER, value, ended, published, f"{MONTHLY}: {measures}")


# The first and the last row of employment within the referral, as M237 has it.
def _off_sick_pay(sample: Sample) -> Margin:
    courses, fact = sample.courses, "off_sick_pay.share"
    finished = _table_of(sample, (*_KEY, "LocalPatientId", "received", "ended"), courses.is_finished)
    rows = sample.tables.latest("IDS004EmpStatus").inner_join(finished, ["provider", "LocalPatientId"])
    inside = rows.filter(_.EmployStatusRecDate.between(_.received, _.ended) & _.SSPInd.notnull())
    ends = inside.group_by(*_KEY).aggregate(
        first=_.SSPInd.argmin(_.EmployStatusRecDate), last=_.SSPInd.argmax(_.EmployStatusRecDate)
    )
    left = engine.fetch(ends.filter((_.first == "Y") & (_.last == "N")).aggregate(count=_.count()))["count"][0].as_py()
    return rate(
        "off_sick_pay",
        "Off sick pay between first and last, finished courses (published: 2021-22)",
        _CHAPTER,
        float(left),
        float(courses.is_finished.sum()),
        sample.facts.number(fact),
        f"{MONTHLY}, 2021-22: M237, M076",
    )


def _received_in_year(sample: Sample) -> np.ndarray:
    days = sample.courses.rows["received"].to_pylist()
    return np.array([day is not None and sample.first_day <= day <= sample.last_day for day in days], bool)


def _table_of(sample: Sample, columns: tuple[str, ...], chosen: np.ndarray) -> ibis.Table:
    return engine.load(sample.courses.rows.select(list(columns)).filter(pa.array(chosen, pa.bool_())))


def _counts(values: np.ndarray) -> dict[str, float]:
    names, counts = np.unique(values.astype(str), return_counts=True)
    return dict(zip(names.tolist(), counts.astype(float).tolist(), strict=True))
