"""What is asked of whatever is entered: days that can be, codes that are legal, and a form that counts once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from caseness.codes import code_list
from caseness.codes.model import NOT_FOUND
from caseness.web.caseload.models import Referral
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.services.days import DAYS_AHEAD, is_too_far

VERSION = "2.1"
# The identifiers of the record hold as many letters.
_LETTERS = 20


def hold(referral: Referral) -> Referral:
    """The referral as it is now, locked until the transaction ends: what is entered for one course is entered in turn."""
    return Referral.objects.select_for_update().get(pk=referral.pk)


def require_day(referral: Referral, day: date, today: date, field: str = "day", may_be_later: bool = False) -> None:
    """Refuse a day before the referral, after its end, or, unless it is for a booking, after today."""
    if day < referral.received:
        raise NotAccepted(
            field, f"The referral was received on {_say(referral.received)}. Enter that day or a later one."
        )
    if day > today and not may_be_later:
        raise NotAccepted(field, f"This day is still to come: today is {_say(today)}.")
    require_near(day, today, field)
    if referral.ended and day > referral.ended:
        raise NotAccepted(field, f"The referral ended on {_say(referral.ended)}. Enter that day or an earlier one.")


def require_near(day: date, today: date, field: str) -> None:
    """Refuse a day that is further ahead than anything is planned."""
    if is_too_far(day, today):
        raise NotAccepted(field, f"{_say(day)} is more than {DAYS_AHEAD.days // 365} years from now. Look at the year.")


def require_past(day: date, today: date, field: str) -> None:
    """Refuse a day after today."""
    if day > today:
        raise NotAccepted(field, f"This day is still to come: today is {_say(today)}.")


def require_code(list_id: str, code: str, field: str) -> None:
    """Refuse a code that the data set does not define. A blank passes: it says that nothing is recorded."""
    if code and not code_list(list_id).is_legal(code, VERSION):
        raise NotAccepted(field, f"{code_list(list_id).title}: choose one of the list.")


def require_text(text: str, field: str, otherwise: str) -> None:
    """Refuse a text that says nothing."""
    if not text.strip():
        raise NotAccepted(field, otherwise)


def require_same(saved: Any, field: str, sent: Mapping[str, Any]) -> None:
    """Refuse a form that was saved already and is sent with something else. Sent alike it counts once."""
    require_alike(all(getattr(saved, name) == value for name, value in sent.items()), field)


def require_alike(is_alike: bool, field: str) -> None:
    """The same, for what was saved in other words than it was sent."""
    if not is_alike:
        raise NotAccepted(
            field,
            "This form was saved already, with something else. What was saved stands. Look at it on the client's page, "
            "and open the form anew for what you want to add.",
        )


def require_month(month: str, field: str) -> None:
    """Refuse what is no month, such as 2024-04. A blank passes."""
    if month and not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", month):
        raise NotAccepted(field, "Enter the month as year and month, such as 2024-04.")


def identifier(entry: uuid.UUID, place: int | None = None) -> str:
    """An identifier of the record for what a form made: the same for the same form.

    >>> identifier(uuid.UUID(int=255)), identifier(uuid.UUID(int=255), 1)
    ('000000000000000000FF', '0000000000000000FF01')
    """
    end = "" if place is None else f"{place:02}"
    return f"{entry.hex.upper()[len(end) - _LETTERS :]}{end}"


def legal_codes(list_id: str) -> list[tuple[str, str, str]]:
    """The codes that can be chosen today: group, code and meaning. Those whose meaning was not found are left out.

    >>> legal_codes("PlannedCareContIndicator")
    [('', 'Y', 'Planned'), ('', 'N', 'Not planned')]
    """
    codes = code_list(list_id).codes
    return [(one.group, one.code, one.meaning) for one in codes if VERSION in one.versions and one.meaning != NOT_FOUND]


def _say(day: date) -> str:
    return f"{day:%-d %B %Y}"
