"""What employment rows say of a referral: aggregates of the rows of its month's own submission."""

from __future__ import annotations

from typing import Any

import ibis

from caseness.derive.derivation import REFERRAL, SUBMISSION_ROW, derivation
from caseness.derive.order import row_in_submission

_SPEC = "specification of record and measures, section 1.4"
SICK_PAY = ("Y", "N", "U", "Z")
# An answer is packed behind the day and the row of its record.
_ROWS, _ANSWERS = 1 << 30, 1 << 3


@derivation(SUBMISSION_ROW, when_null="A row without a day is outside.", source=_SPEC)
def status_inside(employment_recorded_on: Any, referral_date: Any, discharge_date: Any, period_end: Any) -> Any:
    """Recorded between the day of the referral and that on which it ended, or the month did."""
    inside = employment_recorded_on.between(referral_date, ibis.coalesce(discharge_date, period_end))
    return inside.fill_null(False)


@derivation(SUBMISSION_ROW, when_null="Null where no listed answer is given, or the row is outside.", source=_SPEC)
def sick_pay_answer(sick_pay: Any, status_inside: Any, employment_recorded_on: Any, employment_row: Any) -> Any:
    """The answer about statutory sick pay, behind the day and the row of its record."""
    place = ibis.cases(
        *((sick_pay == code, number) for number, code in enumerate(SICK_PAY, start=1)), else_=ibis.null("int64")
    )
    day = employment_recorded_on.delta(ibis.date(1900, 1, 1), unit="day").cast("int64")
    return ibis.ifelse(status_inside, (day * _ROWS + row_in_submission(employment_row)) * _ANSWERS + place, None)


ROWS = (status_inside, sick_pay_answer)


@derivation(
    REFERRAL,
    uid="I101D15",
    official="Count_EmploymentStatuses",
    when_null="Never null: 0 where there is none.",
    source=_SPEC,
    is_wide=True,
)
def employment_statuses(status_inside: Any, employment_status: Any) -> Any:
    """Employment rows with a status that were recorded within the referral."""
    return (status_inside & employment_status.notnull()).cast("int32").sum()


@derivation(
    REFERRAL,
    official="Count_StatutorySickpayIndicators",
    when_null="Never null: 0 where there is none.",
    source=_SPEC,
    is_wide=True,
)
def sick_pay_indicators(status_inside: Any, sick_pay: Any) -> Any:
    """Employment rows with an answer about statutory sick pay that were recorded within the referral."""
    return (status_inside & sick_pay.notnull()).cast("int32").sum()


@derivation(
    REFERRAL,
    uid="I101D17",
    official="SickpayIndicator_First",
    when_null="Null where no row within the referral tells it.",
    source=_SPEC,
    is_wide=True,
)
def sick_pay_first(sick_pay_answer: Any) -> Any:
    """The first answer about statutory sick pay within the referral."""
    return _answer(sick_pay_answer.min())


@derivation(
    REFERRAL,
    uid="I101D18",
    official="SickpayIndicator_Last",
    when_null="Null where no row within the referral tells it.",
    source=_SPEC,
    is_wide=True,
)
def sick_pay_last(sick_pay_answer: Any) -> Any:
    """The last answer about statutory sick pay within the referral."""
    return _answer(sick_pay_answer.max())


def _answer(packed: Any) -> Any:
    place = packed % _ANSWERS
    return ibis.cases(
        *((place == number, code) for number, code in enumerate(SICK_PAY, start=1)), else_=ibis.null("string")
    )


COLUMNS = (employment_statuses, sick_pay_indicators, sick_pay_first, sick_pay_last)
DERIVATIONS = (*ROWS, *COLUMNS)
