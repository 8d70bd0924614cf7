"""Employment rows as they were submitted: how far each of their fields can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from caseness.derive.derivation import EMPLOYMENT, Derivation, lay_on
from caseness.derive.plan import Plan
from caseness.derive.staging import EMPLOYMENT_ROWS
from caseness.derive.team import TEAM
from caseness.record import ROW_ID, SUBMISSION

_SPEC = "specification of record and measures, sections 2.3 and 5.3, item 19"
VALID, DEFAULT, INVALID, MISSING = "valid", "default", "invalid", "missing"
# The row of a submission within the key by which referrals are ordered.
_ROWS = 1 << 24


@dataclass(frozen=True)
class Field:
    """A field of an employment row: its name here, the codes that say something, and those that say it is not known."""

    name: str
    says: str
    valid: tuple[str, ...]
    default: tuple[str, ...]


_INDICATOR = (("Y", "N"), ("U", "Z"))
# As EA002 to EA029 and EA127 to EA130 list them.
FIELDS = (
    Field("employment_status", "employment status", ("01", "02", "03", "04", "05", "06", "07", "08"), ("ZZ",)),
    Field("hours_worked", "hours worked in a week", ("01", "02", "03", "04"), ("97", "98", "99")),
    Field("benefits", "receipt of benefits", *_INDICATOR),
    Field("employment_allowance", "employment and support allowance", *_INDICATOR),
    Field("universal_credit", "universal credit", *_INDICATOR),
    Field("independence_payment", "personal independence payment", *_INDICATOR),
    Field("suitability", "suitability for employment support", ("Y", "N"), ("NA",)),
)


# A blank is told apart first: it is in no list, and a test for "not in" gives no answer for it.
def _standing(field: Field) -> Derivation:
    def standing(**given: Any) -> Any:
        code = given[field.name]
        return ibis.cases(
            (code.isnull(), MISSING),
            (code.isin(field.valid), VALID),
            (code.isin(field.default), DEFAULT),
            else_=INVALID,
        )

    meaning = f"Whether the {field.says} of the row is {VALID}, {DEFAULT}, {INVALID} or {MISSING}."
    return Derivation(
        f"{field.name}_standing", EMPLOYMENT, "", meaning, (field.name,), f"A blank is {MISSING}.", _SPEC, standing
    )


STANDINGS = tuple(map(_standing, FIELDS))
DERIVATIONS = STANDINGS


def employment_rows(plan: Plan, rows: ibis.Table) -> ibis.Table:
    """The employment rows of the submissions of some referral rows, each once, with the standing of its fields.

    A row is of a person. Its commissioner, and its team where there are any, is that of the person's latest referral in
    the submission that has one.
    """
    told = plan.read(EMPLOYMENT_ROWS).rename(
        employment=ROW_ID,
        patient="LocalPatientId",
        recorded_date="EmployStatusRecDate",
        employment_status="EmployStatus",
        hours_worked="WeekHoursWorked",
        benefits="BenefitRecInd",
        employment_allowance="ESAInd",
        universal_credit="UCInd",
        independence_payment="PIPInd",
        suitability="EmpSupportInd",
        sick_absence="SickAbsenceInd",
    )
    beside = _people(rows).inner_join(told, [SUBMISSION, "patient"])
    return lay_on(beside, STANDINGS)


def _people(rows: ibis.Table) -> ibis.Table:
    days = rows.referral_date.delta(ibis.date(1800, 1, 1), unit="day").cast("int64")
    ordered = rows.mutate(order=days * _ROWS + rows[ROW_ID] % _ROWS)
    latest = [name for name in ("commissioner", TEAM) if name in rows.columns]
    return ordered.group_by(SUBMISSION, "patient").agg(
        month=ordered.month.max(),
        provider=ordered.provider.max(),
        **{name: ordered[name].argmax(ordered.order) for name in latest},
    )
