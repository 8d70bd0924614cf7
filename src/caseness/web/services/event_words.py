"""Events in the words of whoever reads them. The file of events keeps the names by which they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import Any

# Pages of a client's record, by the names under which reading them is written down.
_PAGES = {
    "caseload": "caseload",
    "client": "page of the client",
    "client-change": "details of the client",
    "client-together": "page to look at with the client",
    "client-together-print": "page to look at with the client",
    "kept-forms": "forms that were kept",
    "risk": "list of risk alerts",
    "risk-alert": "risk alert",
    "risk-close": "risk alert",
    "signal": "signal",
    "signal-plan": "signal",
    "signals-audit": "audit of signals",
    "plan-review": "signal",
    "score-add": "form for scores",
    "score-correct": "score to correct",
    "score-withdraw": "score to take back",
    "contact-add": "form for an appointment",
    "contact-change": "appointment",
    "goal-rate": "goal to rate",
    "medication-stop": "medicine to end",
    "entry-strike": "entry to strike out",
    "add-a-goal": "form for a goal",
    "add-a-life-circumstance": "form for a life circumstance",
    "add-a-medicine": "form for a medicine",
    "add-a-note": "form for a note",
    "referral-add": "form for a referral",
    "referral-end": "referral to end",
    "referral-reopen": "referral to open again",
    "referral-allocate": "referral to allocate",
}
_DETAILS = {"shown_as": "as", "is_refused": "sent back"}
# Told of every page that was opened and not printed.
_USUAL = ("shown_as", "page")


def say_what(what: str) -> str:
    """What an event is of.

    >>> say_what("score-add"), say_what("risk alert"), say_what("export-file")
    ('form for scores', 'risk alert', 'export file')
    """
    return _PAGES.get(what, what.replace("-", " "))


def say_details(details: Mapping[str, Any]) -> str:
    """What else was written down, without a name or a value of a record.

    >>> say_details({"clients": 12}), say_details({"clients": ["a"], "fields": ["end_code", "ended"]})
    ('12 clients', '1 client; fields: end code, ended')
    >>> say_details({"fields": ["struck"]})
    'struck out'
    """
    return "; ".join(_say(name, value) for name, value in details.items() if (name, value) != _USUAL)


def _say(name: str, value: Any) -> str:
    # What was struck out is told as removed, and is not gone.
    if name == "fields" and value == ["struck"]:
        return "struck out"
    if name == "clients":
        many = len(value) if isinstance(value, Sized) else value
        return f"{many} {'client' if many == 1 else 'clients'}"
    called = _DETAILS.get(name, name.replace("_", " "))
    if value is True:
        return called
    if isinstance(value, Mapping):
        return f"{called}: {', '.join(f'{key} {each}' for key, each in value.items())}".replace("_", " ")
    listed = [str(each).replace("_", " ") for each in value] if isinstance(value, list | tuple) else [str(value)]
    return f"{called}: {', '.join(listed)}"
