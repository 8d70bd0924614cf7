"""What somebody had typed when their session ended: kept for them alone, for a while, until they sign in again in that browser.

It lies in the session that is left when they are signed out, which nobody is signed in to, and is encrypted there. A form is kept
that enters something of a client: it has a key of its own, so that it is saved once however often it is sent. Nothing else is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from caseness.errors import UnsafeSetting
from caseness.web.accounts.factor_secrets import seal, unseal
from caseness.web.accounts.models import User

# Where a session holds whose it was, and their forms.
LEFT = "left"
# The key of a form, and the mark that it is sent in order to be looked over and not to be saved.
ENTRY, AGAIN = "entry", "again"
_TOKEN = "csrfmiddlewaretoken"
# So long it is kept. Assumed: two sessions with clients, and the way back.
KEPT_SECONDS = 2 * 60 * 60
# The latest so many.
_MOST = 5


@dataclass(frozen=True)
class KeptForm:
    """A form as it was sent: to which address, and what stood in it, in order."""

    entry: str
    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What is worth reading again: each field that is not blank, by a name that can be read."""
        return [(_say(name), text) for name, text in self.fields if text.strip() and name != ENTRY]


def mark_left(session: Any, user: User, forms: dict[str, Any], now: float) -> None:
    """Say of a session that nobody is signed in to any more whose it was. Forms that were kept before stay with it.

    It is forgotten after the time of keeping, and by the browser too.
    """
    session[LEFT] = {"user": str(user.key), "at": now, "forms": forms}
    session.set_expiry(KEPT_SECONDS)


def keep_form(request: HttpRequest, now: float) -> bool:
    """Keep what was sent for whoever was signed in until just now. Gives whether it was kept."""
    left, form = request.session.get(LEFT), form_of(request)
    if not left or form is None or now - left["at"] > KEPT_SECONDS:
        return False
    sealed = seal(json.dumps({"path": form.path, "fields": form.fields}))
    others = [(entry, one) for entry, one in left["forms"].items() if entry != form.entry]
    request.session[LEFT] = {**left, "forms": dict([*others, (form.entry, [now, sealed])][-_MOST:])}
    return True


def form_of(request: HttpRequest) -> KeptForm | None:
    """What was sent, None where it is no form that enters something, or came with a file."""
    entry = request.POST.get(ENTRY, "")
    if not entry or request.FILES:
        return None
    sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
    return KeptForm(entry, request.get_full_path(), tuple(one for one in sent if one[0] not in (_TOKEN, AGAIN)))


def forms_left(session: Any, now: float) -> dict[str, Any]:
    """The forms in a session that are not too old yet, encrypted as they lie there."""
    held = session.get(LEFT, {}).get("forms", {})
    return {entry: one for entry, one in held.items() if now - one[0] <= KEPT_SECONDS}


def give_back(session: Any, user: User, now: float) -> None:
    """Somebody signed in: what was kept for them stays, and what was kept for another is gone."""
    forms = forms_left(session, now)
    left = session.pop(LEFT, None)
    session.set_expiry(None)
    if left and left["user"] == str(user.key) and forms:
        session[LEFT] = {**left, "forms": forms}


def kept_forms(session: Any, user: User, now: float) -> list[KeptForm]:
    """What is kept for somebody, the last first."""
    if session.get(LEFT, {}).get("user") != str(user.key):
        return []
    return list(_opened(forms_left(session, now)))[::-1]


def forget_form(session: Any, entry: str) -> None:
    """It was saved, or thrown away."""
    left = session.get(LEFT)
    if not left or entry not in left["forms"]:
        return
    rest = {key: one for key, one in left["forms"].items() if key != entry}
    if rest:
        session[LEFT] = {**left, "forms": rest}
    else:
        del session[LEFT]


def _say(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _opened(forms: dict[str, Any]) -> Iterator[KeptForm]:
    for entry, (_, sealed) in forms.items():
        # By a key that was taken away since nothing can be opened. It is lost, and nothing else is.
        with suppress(UnsafeSetting):
            told = json.loads(unseal(sealed))
            yield KeptForm(entry, told["path"], tuple((name, text) for name, text in told["fields"]))
