"""Processes are killed while scores are saved: nothing that was acknowledged is lost, and nothing is doubled."""

import json
import os
import signal
import threading
import time
import uuid

import pytest

from web.server import DATABASE, Served
from web.visits import entry_of_row, read_visitors, score_form, send, today

ROWS = """
import django; django.setup()
import json, sys
from caseness.web.attention.models import RiskAlert
from caseness.web.caseload.models import Score
from caseness.web.events.models import Event
scores = {str(one.entry): [str(one.key), one.items[8] if one.items else 0] for one in Score.objects.all()}
print(json.dumps({
    "scores": scores,
    "added": [str(key) for key in Event.objects.filter(kind="added", what="score").values_list("key", flat=True)],
    "alerts": [str(key) for key in RiskAlert.objects.values_list("score__key", flat=True)],
}))
"""
# Every third says something on the item about risk, so that an alert fires with it.
ANSWERS = ([1] * 8 + [0], [2] * 8 + [0], [2] * 8 + [1])


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, tmp_path, monkeypatch):
    """A server with a database of its own, on each of the two."""
    monkeypatch.delenv(DATABASE, raising=False)
    more = {DATABASE: request.getfixturevalue("postgresql")} if request.param == "postgresql" else {}
    with Served(tmp_path, CASENESS_WEB_SECOND_FACTOR="off", **more) as served:
        yield served


class Saving(threading.Thread):
    """Saves one score after another, with a short rest, and sends the same form again until it is acknowledged, as a person would."""

    def __init__(self, server, visitor, number, over):
        super().__init__(daemon=True)
        self.server, self.visitor, self.number, self.over = server, visitor, number, over
        self.acknowledged, self.sent_again = [], 0

    def run(self):
        while not self.over.is_set():
            entry = uuid.uuid4()
            if self.save(entry):
                self.acknowledged.append(entry)
            time.sleep(0.2)

    def save(self, entry):
        client = self.visitor.clients[self.number % len(self.visitor.clients)]
        form = score_form(entry, today(), ANSWERS[len(self.acknowledged) % 3])
        while not self.over.is_set():
            try:
                return send(self.server.address, self.visitor, "POST", f"/clients/{client}/scores/add", form) == 302
            except OSError:
                self.sent_again += 1
                time.sleep(0.05)
        return False


def children(pid):
    """The processes of a server that answer requests."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(one) for one in file.read().split()]


def until(happened, seconds=240):
    """Wait for something, on a machine that may be busy."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


def some_more(savers):
    """Wait until a few more were acknowledged."""
    before = sum(len(saver.acknowledged) for saver in savers)
    until(lambda: sum(len(saver.acknowledged) for saver in savers) >= before + 6)


def started_worker(server):
    """A worker that has begun."""
    begun = server.log.read_text().count("the worker begins")
    worker = server.begin("worker", "--every", "1")
    until(lambda: server.log.read_text().count("the worker begins") > begun)
    return worker


def kill_and_go_on(server, worker, savers):
    """Kill what answers, then the worker and the server with it; and start the server again."""
    for _ in range(2):
        some_more(savers)
        for process in children(server.process.pid):
            os.kill(process, signal.SIGKILL)
    some_more(savers)
    worker.kill()
    answering = children(server.process.pid)
    for process in (server.process.pid, *answering):
        os.kill(process, signal.SIGKILL)
    worker.wait()
    server.process.wait()
    server.start()
    some_more(savers)


def do_the_rounds(server):
    """A worker that goes on where the one before was killed, and ends when it is told to."""
    worker = started_worker(server)
    worker.terminate()
    assert worker.wait(120) == 0


def test_what_was_acknowledged_is_there_once(server):
    (visitor,) = read_visitors(server.run("-m", "web.visits", "therapist@example.org"))
    over = threading.Event()
    savers = [Saving(server, visitor, number, over) for number in range(4)]
    worker = started_worker(server)
    for saver in savers:
        saver.start()
    kill_and_go_on(server, worker, savers)
    over.set()
    for saver in savers:
        saver.join(60)
    do_the_rounds(server)
    found = json.loads(server.run("-c", ROWS))
    acknowledged = [str(entry_of_row(entry)) for saver in savers for entry in saver.acknowledged]
    assert len(acknowledged) > 10
    assert sum(saver.sent_again for saver in savers) > 0
    assert set(acknowledged) <= set(found["scores"])
    # A row may be there that nobody was told of; it has its event and its alert, once, as the others have. What the
    # service began with has no event.
    entered = {entry: row for entry, row in found["scores"].items() if row[0] in found["added"]}
    assert set(acknowledged) <= set(entered)
    assert len(found["added"]) == len(set(found["added"])) == len(entered)
    added = set(found["added"])
    # The made-up service had some of its own before.
    fired = [key for key in found["alerts"] if key in added]
    assert sorted(fired) == sorted(key for key, risk in entered.values() if risk)
