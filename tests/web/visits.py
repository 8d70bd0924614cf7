"""Somebody who is signed in, without a browser: sessions made beforehand, and forms sent as a browser sends them."""

import http.client
import json
import os
import sys
import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import django

CSRF = "c" * 32
# Somebody who has no second factor yet.
FRESH = "fresh"


@dataclass(frozen=True)
class Visitor:
    """Whose session it is, with the clients that are seen."""

    session: str
    clients: tuple[str, ...]

    @property
    def headers(self):
        """The cookies, as a browser sends them."""
        return {
            "Cookie": f"caseness_session={self.session}; caseness_csrf={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }


def today():
    """The day, where the application is."""
    return datetime.now(ZoneInfo("Europe/London")).date()


def score_form(entry, day, answers):
    """The body of a form with a whole PHQ-9, which says that it was filled in again on that day."""
    items = {f"phq9-{number}": str(answer) for number, answer in enumerate(answers, 1)}
    fields = {"csrfmiddlewaretoken": CSRF, "entry": str(entry), "day": day.isoformat(), "is_another": "on", **items}
    return urlencode(fields)


def entry_of_row(entry):
    """The key that the row of a form's PHQ-9 bears (`caseload.actions_scores`)."""
    return uuid.uuid5(entry, "phq9")


def send(address, visitor, method, path, body=None, timeout=60):
    """One request, and the status of its answer."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=timeout)
    try:
        connection.request(method, path, body, visitor.headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def read_visitors(text):
    """Visitors as the program below prints them."""
    return [Visitor(one["session"], tuple(one["clients"])) for one in json.loads(text)]


def make_session(user, now):
    """A session of somebody who has just signed in, and its key."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from caseness.web.accounts.middleware import BEGAN, SEEN

    store = SessionStore()
    store.update(
        {
            SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(), BEGAN: now, SEEN: now,
        }
    )  # fmt: skip
    store.create()
    return store.session_key


def main(email):
    """Print the visitor with an email address."""
    from django.utils import timezone

    from caseness.web.accounts.models import User
    from caseness.web.caseload.models import Referral

    user = User.objects.get(email=email)
    clients = Referral.objects.filter(therapist__user=user).values_list("key", flat=True)
    session = make_session(user, timezone.now().timestamp())
    sys.stdout.write(json.dumps([{"session": session, "clients": [str(key) for key in clients]}]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseness.web.settings")
    django.setup()
    main(sys.argv[1])
