"""Several workers at once, on PostgreSQL: whatever one of them does, none does again."""

import json
import subprocess
import sys

import pytest

from web.server import DATABASE, Served

WORKERS, CLIENTS = 3, 12
# Clients who were last seen weeks ago, each with a risk alert that nobody answered.
FILL = """
import django; django.setup()
import sys
from datetime import timedelta
from django.core.management import call_command
from caseness.web.services.roles import Role
from web.acting import FIRST, make_open_referral, make_therapist, phq9_with_risk, save
from web.people import make_contact, make_member, make_service, make_team
call_command("migrate", verbosity=0); call_command("createcachetable")
team = make_team(make_service())
for role in (Role.SUPERVISOR, Role.SERVICE_LEAD):
    make_member(team.service, role, team)
therapists = [make_therapist(team) for _ in range(3)]
for number in range(int(sys.argv[1])):
    referral = make_open_referral(therapists[number % 3])
    make_contact(referral, FIRST)
    save(referral, None, FIRST, items=phq9_with_risk(1 + number % 3), today=FIRST)
"""
# Every round, again and again, without what keeps workers from being at it together: the rounds themselves have to bear it.
ROUNDS = """
import django; django.setup()
import sys, time
from datetime import timedelta
from pathlib import Path
from caseness.web.attention.rounds import ROUNDS
from web.acting import NOW
# They begin each turn together: a claim of an earlier day would be taken for that of a worker that is gone.
until = time.monotonic() + 200
for turn, days in enumerate((3, 3, 4, 5, 5)):
    Path(sys.argv[1], f"turn-{turn}-{sys.argv[2]}").touch()
    while len(list(Path(sys.argv[1]).glob(f"turn-{turn}-*"))) < int(sys.argv[3]) and time.monotonic() < until:
        time.sleep(0.001)
    for each in ROUNDS:
        each.run(NOW + timedelta(days=days))
"""
COUNT = """
import django; django.setup()
import json
from collections import Counter
from caseness.web.attention.models import Message, RaisedSignal, RiskAlert
from caseness.web.events.models import Event
from django.db.models import Count
told = Counter(Event.objects.values_list("kind", flat=True))
print(json.dumps({
    "alerts": RiskAlert.objects.count(), "escalated": told["escalated"], "signals": RaisedSignal.objects.count(),
    "raised": told["signal_raised"], "messages": Message.objects.count(),
    "unsent": Message.objects.filter(sent__isnull=True).count(),
    "steps": Message.objects.filter(about__startswith="risk:").exclude(about__endswith=":fired").count(),
    "twice": list(RaisedSignal.objects.values("referral", "kind", "instrument_id", "since").annotate(many=Count("pk")).filter(many__gt=1)),
}))
"""


@pytest.fixture
def place(tmp_path, postgresql):
    """A database with something to do for every round. Nothing is served."""
    place = Served(tmp_path, **{DATABASE: postgresql})
    place.environment |= {"DJANGO_SETTINGS_MODULE": "caseness.web.settings", "CASENESS_WEB_MODE": "demonstration"}
    place.run("-c", FILL, str(CLIENTS))
    return place


def start(place, *command):
    return subprocess.Popen([sys.executable, *command], env=place.environment, stdout=subprocess.PIPE, text=True)


def end(processes):
    """What each said. All have to end well."""
    said = [one.communicate(timeout=300)[0] for one in processes]
    assert [one.returncode for one in processes] == [0] * len(processes)
    return said


def mails(place):
    """Every mail that was sent lies in the folder, and has one identifier."""
    texts = [path.read_text() for path in (place.folder / "mail").iterdir()]
    return sum(text.count("Message-ID:") for text in texts)


def done_once(place):
    """Nothing was raised, sent or escalated twice. Gives what was counted."""
    found = json.loads(place.run("-c", COUNT))
    assert found["signals"] == found["raised"] > CLIENTS
    assert found["twice"] == []
    assert found["steps"] == found["escalated"]
    assert found["unsent"] == 0
    assert mails(place) == found["messages"]
    assert found["alerts"] == CLIENTS
    return found


def test_rounds_that_several_do_at_once_are_done_once(place):
    end([start(place, "-c", ROUNDS, str(place.folder), str(number), str(WORKERS)) for number in range(WORKERS)])
    # A step at each of the three days: from the therapist to the supervisor, to a service lead, and a reminder.
    assert done_once(place)["escalated"] == 3 * CLIENTS


def test_of_several_workers_one_does_a_round_and_the_others_leave_it(place):
    said = end([start(place, "-m", "caseness.web", "worker", "--once") for _ in range(WORKERS)])
    assert "A round was done.\n" in said
    assert set(said) <= {"A round was done.\n", "Another worker is at it: nothing was done here.\n"}
    assert done_once(place)["escalated"] == CLIENTS
