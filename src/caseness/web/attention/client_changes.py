"""What was put right of a client, in words: details that were changed, and entries that were struck out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from caseness.codes import code_list
from caseness.web.attention.client_contacts import say_appointment
from caseness.web.caseload.client_details import DETAILS
from caseness.web.caseload.models import Circumstance, ClientChange, Contact, Goal, Medication
from caseness.web.caseload.striking import Struck

_CODES = {"gender": "Gender", "ethnic_category": "EthnicCategory"}


def say_changes(changes: Iterable[ClientChange]) -> list[tuple[list[tuple[str, str, str]], ClientChange]]:
    """Each change with its details: what it is called, what was recorded before, and since."""
    return [
        ([(DETAILS[name], _say(name, was), _say(name, one.since[name])) for name, was in one.before.items()], one)
        for one in changes
    ]


def say_entry(one: Struck) -> str:
    """What was entered, in words."""
    match one:
        case Circumstance():
            name = code_list("LifeCircumstanceKind").meaning_of(one.kind) or one.kind
            return f"{name}: {one.note}" if one.note else name
        case Medication():
            return f"{one.name}, {one.dose}" if one.dose else one.name
        case Contact():
            return say_appointment(one)
        case Goal():
            return one.wording
        case _:
            return one.text


def struck_out(entered: Iterable[Struck]) -> list[tuple[str, Struck]]:
    """What of it was struck out, each in words, the latest first."""
    found = [(one.struck, one) for one in entered if one.struck]
    return [(say_entry(one), one) for _, one in sorted(found, key=lambda each: each[0], reverse=True)]


def standing(entered: Iterable[Any]) -> list[Any]:
    """What of it was not struck out."""
    return [one for one in entered if one.struck is None]


def _say(name: str, told: str) -> str:
    if not told:
        return "not recorded"
    if name == "birth_date":
        return f"{date.fromisoformat(told):%-d %B %Y}"
    return (code_list(_CODES[name]).meaning_of(told) or told) if name in _CODES else told
