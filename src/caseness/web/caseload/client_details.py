"""What is asked of the details of a client, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from caseness.web.caseload.accepting import require_code, require_past
from caseness.web.caseload.refusals import NotAccepted

DETAILS = {
    "given_name": "given name",
    "family_name": "family name",
    "birth_date": "day of birth",
    "nhs_number": "NHS number",
    "gender": "gender",
    "ethnic_category": "ethnic category",
    "preferred_language": "preferred language",
}
# Of these at least one is needed, so that the client is found again.
_FOUND_BY = ("given_name", "family_name", "nhs_number")
_CODES = {"gender": "Gender", "ethnic_category": "EthnicCategory"}
# A year that was mistyped, such as 1700.
_OLDEST = 120


def say_fields(names: Iterable[str]) -> str:
    """Details by what they are called.

    >>> say_fields(["family_name", "nhs_number"])
    'family name, NHS number'
    """
    return ", ".join(DETAILS[name] for name in names)


def require_details(details: Any, today: date) -> None:
    """Refuse a day of birth or a code that cannot be, and a number that is no NHS number. A blank says that nothing is recorded."""
    for field, list_id in _CODES.items():
        require_code(list_id, getattr(details, field), field)
    if details.birth_date:
        require_past(details.birth_date, today, "birth_date")
        if today.year - details.birth_date.year > _OLDEST:
            raise NotAccepted("birth_date", f"This day is more than {_OLDEST} years ago. Check the year.")
    if details.nhs_number and not _is_nhs_number(details.nhs_number):
        raise NotAccepted("nhs_number", "This is no NHS number: it has ten digits, of which the last is a check.")


def require_somebody(details: Any, local_patient_id: str) -> None:
    """Refuse a client of whom nothing is recorded by which they can be found."""
    if not local_patient_id.strip() and not any(getattr(details, name).strip() for name in _FOUND_BY):
        raise NotAccepted(
            "given_name", "Enter a name, an identifier or an NHS number, so that the client can be found."
        )


# The eleventh that the weights 10 to 2 leave is the check digit. Source: NHS Data Model and Dictionary, NHS NUMBER.
def _is_nhs_number(text: str) -> bool:
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    left = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(text[:9])) % 11
    return int(text[9]) == left % 11 and left != 10
