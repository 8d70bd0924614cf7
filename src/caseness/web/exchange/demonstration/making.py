"""Make the demonstration: a record is made up, imported as any other is, and given what no record holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from caseness.check import Checked, check
from caseness.engine import fetch
from caseness.errors import BadRequest
from caseness.read import read_record
from caseness.synthetic.request import SERVICE, Request
from caseness.synthetic.synthesis import synthesise
from caseness.web.accounts.models import User
from caseness.web.attention.signal_audit import count_signals
from caseness.web.exchange.demonstration.answered import answer_all, look_back
from caseness.web.exchange.demonstration.answers import answer_items
from caseness.web.exchange.demonstration.caseloads import fill_caseloads
from caseness.web.exchange.demonstration.details import add_details, name_clients, see_today
from caseness.web.exchange.demonstration.norms import add_norms
from caseness.web.exchange.demonstration.risk import fire_recent
from caseness.web.exchange.demonstration.staff import PASSWORD, SignIn, make_staff, sign_ins
from caseness.web.exchange.demonstration.trimming import end_today, miss_some
from caseness.web.exchange.importing import import_record
from caseness.web.exchange.looking import look_at_all
from caseness.web.exchange.shapes import TEAM_MEMBERSHIP
from caseness.web.services.models import Service

NAME = "Made-up Talking Therapies"
SEED = 20260301
REFERRALS, MONTHS = 1600, 14
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Demonstration:
    """What was made, and how one signs in."""

    service: Service
    sign_ins: tuple[SignIn, ...]
    password: str
    secret: str


def make_demonstration(
    now: datetime, tell: Tell, referrals: int = REFERRALS, months: int = MONTHS, seed: int = SEED
) -> Demonstration:
    """Make a service up, with months of history up to today, and people whom anybody may sign in as.

    Parameters
    ----------
    now : the moment until which the service has a history
    tell : is called with what is being done
    referrals, months, seed : of the record that is made up

    Raises
    ------
    BadRequest
        If the application holds a service already. Nothing is made then.
    """
    if Service.objects.exists():
        raise BadRequest(
            "The application holds a service already, and made-up people do not go beside it. Nothing was made. Choose "
            "another folder or database for a demonstration."
        )
    today = timezone.localdate(now)
    with tempfile.TemporaryDirectory(prefix="caseness-demonstration-") as folder:
        checked = _make_record(Path(folder), today, referrals, months, seed, tell)
        with transaction.atomic():
            return _fill(checked, Path(folder), now, today, Random(seed), tell)


def _make_record(folder: Path, today: date, referrals: int, months: int, seed: int, tell: Tell) -> Checked:
    tell(f"Making up {referrals} referrals over {months} months")
    request = Request(referrals, months, seed, SERVICE, first_month(today, months), error_rate=0)
    synthesise(request, folder / "record")
    tell("Reading and checking them, as any record")
    return check(read_record(folder / "record", folder / "read"))


def first_month(today: date, months: int) -> date:
    """The first of so many months, of which the last is that of today.

    >>> first_month(date(2026, 3, 20), 14)
    datetime.date(2025, 2, 1)
    """
    ahead = today.year * 12 + today.month - months
    return date(ahead // 12, ahead % 12 + 1, 1)


def _fill(checked: Checked, folder: Path, now: datetime, today: date, rng: Random, tell: Tell) -> Demonstration:
    provider = checked.record.submissions[0].provider
    service = Service.objects.create(name=NAME, provider_code=provider, is_made_up=True)
    secret = make_staff(service, _therapists(checked))
    tell("Importing the record")
    import_record(checked=checked, service=service, by=None, now=now, then_look=False)
    tell("Adding names, answers, notes and appointments")
    end_today(service, today)
    name_clients(service)
    fill_caseloads(service, today)
    miss_some(service, today, rng)
    answer_items(service, today, rng)
    add_details(service, today, now, rng)
    see_today(service, today, rng)
    tell("Fitting norms for the expected courses")
    add_norms(service, checked, folder, _administrator(), now)
    tell("Raising signals")
    look_back(service, now)
    look_at_all(service, now)
    tell("Answering them")
    answer_all(service, now, rng)
    fire_recent(service, today, now)
    count_signals(now)
    return Demonstration(service, sign_ins(), PASSWORD, secret)


def _therapists(checked: Checked) -> list[tuple[str, str]]:
    rows = checked.kept(TEAM_MEMBERSHIP)
    found = fetch(rows.select("CarePersLocalId", "TeamId").distinct()).to_pylist()
    return [(one["CarePersLocalId"], one["TeamId"]) for one in found]


def _administrator() -> User:
    return User.objects.get(email="administrator@example.org")
