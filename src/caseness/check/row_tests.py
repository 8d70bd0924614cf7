"""Tests of one row that many rules share."""

from __future__ import annotations

from types import MappingProxyType

import ibis
from ibis.expr.types import BooleanValue

from caseness.check.beside import PATIENT, PERIOD, REFERRAL
from caseness.check.legality import has_wrong_form, is_out_of_range, matches
from caseness.check.model import Row
from caseness.codes import code_list

# The dates that are laid beside a row, and what brings them.
_BROUGHT_BY = MappingProxyType(
    {"period_start": PERIOD, "period_end": PERIOD, "referral_received": REFERRAL, "patient_born": PATIENT}
)
ICD_10, SNOMED_CT = "01", "04"
_ICD_FORM = r"[A-Za-z][0-9]{2}[^0-9A-Za-z]?[0-9A-Za-z]{0,3}"
_SNOMED_FORM = r"[1-9][0-9]{5,17}"
# Six kinds, from A9 9AA to AA9A 9AA, with a blank between the halves.
_POSTCODE_FORM = r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]? +[0-9][A-Za-z]{2}"
# Weights of the first nine digits of an NHS number.
_WEIGHTS = range(10, 1, -1)


def before(column: str, limit: str) -> Row:
    """The date lies before another date."""
    return Row(lambda rows: rows[column] < rows[limit], _brought(limit))


def after(column: str, limit: str, **later: int) -> Row:
    """The date lies after another date, or more than so many days or years after it."""
    if later:
        return Row(lambda rows: rows[column] > rows[limit] + ibis.interval(**later), _brought(limit))
    return Row(lambda rows: rows[column] > rows[limit], _brought(limit))


def blank(column: str, *, where: str = "") -> Row:
    """The cell is blank. With `where`, only where that other column is filled."""
    if where:
        return Row(lambda rows: rows[column].isnull() & rows[where].notnull())
    return Row(lambda rows: rows[column].isnull())


def blank_although(column: str, other: str, *values: str) -> Row:
    """The cell is blank although another column holds one of these values."""
    return Row(lambda rows: rows[column].isnull() & rows[other].isin(values))


def filled_although(column: str, other: str, *values: str) -> Row:
    """The cell is filled although another column holds none of these values."""
    return Row(lambda rows: rows[column].notnull() & rows[other].notin(values))


def not_of_scheme(scheme: str, code: str) -> Row:
    """A finding is not written in the way of its scheme."""
    return Row(
        lambda rows: (
            ((rows[scheme] == ICD_10) & ~matches(rows[code], _ICD_FORM))
            | ((rows[scheme] == SNOMED_CT) & ~matches(rows[code], _SNOMED_FORM))
        )
    )


def no_postcode(column: str) -> Row:
    """The text has not the form of a postcode."""
    return Row(lambda rows: ~matches(rows[column], _POSTCODE_FORM))


def no_nhs_number(column: str) -> Row:
    """The text is no NHS number: ten digits, of which the last checks the others by modulus 11."""
    return Row(lambda rows: ~matches(rows[column], "[0-9]{10}") | ~_checks(rows, column))


# A remainder of 1 would ask for a check digit of 10, which there is not: such a number is never given.
def _checks(rows: ibis.Table, column: str) -> BooleanValue:
    digits = [rows[column].substr(place, 1).try_cast("int64") for place in range(10)]
    remainder = sum((digit * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)), ibis.literal(0)) % 11
    return (11 - remainder) % 11 == digits[9]


def wrong_form_of_score() -> Row:
    """The score is written as its tool never writes one."""
    tools = code_list("CodedAssToolType")
    return Row(lambda rows: has_wrong_form(rows.CodedAssToolType, rows.PersScore, tools))


def score_out_of_range() -> Row:
    """The score is a number outside the range of its tool."""
    tools = code_list("CodedAssToolType")
    return Row(lambda rows: is_out_of_range(rows.CodedAssToolType, rows.PersScore, tools))


def unlisted_tool() -> Row:
    """The assessment tool is none of those that are listed."""
    known = sorted(code_list("CodedAssToolType").known)
    return Row(lambda rows: rows.CodedAssToolType.notin(known))


def _brought(limit: str) -> tuple[str, ...]:
    return (_BROUGHT_BY[limit],) if limit in _BROUGHT_BY else ()
