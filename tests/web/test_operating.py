"""`caseness-web` as somebody runs it: what it refuses, what it checks, a backup that comes back, and a log that names nobody."""

import json
import os
import re
import stat
import subprocess
import sys
from urllib.request import urlopen

import pyrage
import pytest

from databases.server import free_port
from web.server import DATABASE, Served, new_database
from web.visits import read_visitors, score_form, send, today

IDENTIFIERS = """
import django; django.setup()
import json
from caseness.web.accounts.models import User
from caseness.web.caseload.models import Client, Contact, Referral, Score
from caseness.web.services.models import Membership, Service
found = set()
for model in (User, Client, Contact, Referral, Score, Membership, Service):
    for one in model.objects.all():
        found |= {str(getattr(one, name)) for name in ("key", "email", "name", "given_name", "family_name",
                  "local_patient_id", "service_request_id", "care_contact_id", "care_person_id") if getattr(one, name, "")}
print(json.dumps(sorted(found)))
"""


@pytest.fixture(scope="module")
def key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def running(tmp_path_factory, key):
    """A server with a seeded service, run by the command."""
    folder = tmp_path_factory.mktemp("operating")
    folder.chmod(0o700)
    with Served(
        folder, CASENESS_WEB_SECOND_FACTOR="off", CASENESS_WEB_BACKUP_RECIPIENTS=str(key.to_public())
    ) as served:
        yield served


def told(server, *command, **environment):
    """Run a command to its end: exit code, and all that it said."""
    done = subprocess.run(
        [sys.executable, "-m", "caseness.web", *command], env={**server.environment, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def an_empty_database(folder):
    """Settings that name another database, of the same kind."""
    address = new_database(os.environ[DATABASE]) if DATABASE in os.environ else ""
    return {"CASENESS_WEB_FOLDER": str(folder), DATABASE: address}


def test_it_refuses_an_unmigrated_database(running, tmp_path):
    elsewhere = {"CASENESS_WEB_BIND": f"127.0.0.1:{free_port()}", "CASENESS_WEB_FOLDER": str(tmp_path)}
    code, text = told(running, "serve", **elsewhere, CASENESS_WEB_DATABASE_URL="")
    assert code == 47
    assert "caseness-web migrate" in text
    assert "Traceback" not in text


@pytest.mark.parametrize("command", [["import", "{folder}"], ["export", "{folder}/out"]], ids=str)
def test_what_asks_for_a_database_says_how_to_make_one(running, command, tmp_path):
    given = [each.format(folder=tmp_path) for each in command]
    code, text = told(running, *given, CASENESS_WEB_FOLDER=str(tmp_path / "new"), CASENESS_WEB_DATABASE_URL="")
    assert (code, "caseness-web migrate" in text, "Traceback" in text) == (47, True, False), text
    (tmp_path / "new").mkdir(exist_ok=True)
    code, text = told(running, *given, CASENESS_WEB_FOLDER=str(tmp_path / "new"), CASENESS_WEB_DATABASE_URL="")
    assert (code, "caseness-web migrate" in text, "Traceback" in text) == (47, True, False), text


def test_a_backup_is_restored_where_nothing_was_migrated_and_keys_are_text(running, key, tmp_path):
    assert told(running, "backup", "--to", str(tmp_path))[0] == 0
    (backup,) = tmp_path.glob("*.age")
    code, text = told(running, "restore", str(backup), "--identity", sys.executable, "--replace")
    assert (code, "is no text" in text, "Traceback" in text) == (49, True, False), text
    (tmp_path / "key").write_text(str(key))
    elsewhere = an_empty_database(tmp_path / "new")
    code, text = told(running, "restore", str(backup), "--identity", str(tmp_path / "key"), **elsewhere)
    assert (code, "Traceback" in text) == (0, False), text
    assert "Restored the backup" in text


@pytest.mark.parametrize(
    ("command", "environment", "code", "word"),
    [
        (["serv"], {}, 2, "Did you mean 'serve'?"),
        (["check"], {"CASENESS_WEB_HOST": "x"}, 36, "did you mean CASENESS_WEB_HOSTS?"),
        (["restore", "--help"], {"CASENESS_WEB_MODE": "nonsense"}, 0, "--replace"),
        (["found", "--help"], {"CASENESS_WEB_MODE": "nonsense"}, 0, "--administrator ADDRESS"),
        (["serve", "--bind", "127.0.0.1:99999"], {}, 36, "a port up to 65535"),
        (["serve"], {}, 47, "another program is using it"),
        (["check"], {"CASENESS_WEB_DATABASE_URL": "postgresql://"}, 36, "names no database"),
        (["retention"], {}, 44, "nothing is ever erased"),
    ],
    ids=[
        "command",
        "setting",
        "help",
        "help of founding",
        "no such port",
        "taken port",
        "no name of a database",
        "retention",
    ],
)
def test_what_is_wrong_is_told_in_a_line(running, command, environment, code, word):
    """Help is told whatever the settings are."""
    ended, text = told(running, *command, **environment)
    assert (ended, "Traceback" in text) == (code, False)
    assert word in text


def test_it_checks_backs_up_and_restores(running, key, tmp_path):
    code, text = told(running, "check")
    assert code == 50
    assert "NOT WELL  worker: has never run" in text
    assert "NOT WELL  backup: there is none" in text
    assert told(running, "worker", "--once")[0] == 0
    code, text = told(running, "backup")
    (written,) = re.findall(r"\S+\.age", text)
    assert stat.S_IMODE(os.stat(written).st_mode) == 0o600
    code, text = told(running, "check")
    assert "well      backup" in text
    assert "well      worker" in text
    (tmp_path / "key").write_text(str(key))
    elsewhere = an_empty_database(tmp_path / "new")
    assert told(running, "migrate", **elsewhere)[0] == 0
    code, text = told(running, "restore", written, "--identity", str(tmp_path / "key"), **elsewhere)
    assert (code, "Nobody is signed in" in text) == (0, True), text


def test_a_day_of_work_leaves_no_name_in_the_log(running):
    """Pages, a score, what is not there, what is refused, and an address that a stranger made up."""
    (visitor,) = read_visitors(running.run("-m", "web.visits", "therapist@example.org"))
    client = visitor.clients[0]
    body = score_form("7f1f1d5e-0000-4000-8000-000000000001", today(), [2] * 8 + [1])
    asked = [
        ("GET", f"/?q={client}", None), ("GET", f"/clients/{client}/", None), ("GET", "/clients/00000000-0000-4000-8000-000000000000/", None),
        ("POST", f"/clients/{client}/scores/add", body), ("POST", f"/clients/{client}/scores/add", "day=therapist@example.org"),
        ("GET", "/events/", None), ("GET", f"/{client}", None),
    ]  # fmt: skip
    answers = [send(running.address, visitor, *one) for one in asked]
    assert answers[:2] == [200, 200]
    assert answers[3] == 302
    log = running.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert {line["route"] for line in lines if line["event"] == "request"} >= {
        "caseload",
        "client",
        "score-add",
        "none",
    }
    assert len({line["reader"] for line in lines if line["event"] == "request" and line["reader"]}) == 1
    identifiers = json.loads(running.run("-c", IDENTIFIERS))
    assert len(identifiers) > 50
    assert not [one for one in identifiers if re.search(rf"\b{re.escape(one)}\b", log)]


def test_numbers_are_those_of_all_processes(running):
    """Asked often, both processes answer some; the count is of all."""
    (visitor,) = read_visitors(running.run("-m", "web.visits", "therapist@example.org"))
    counts = []
    for _ in range(2):
        for _ in range(10):
            send(running.address, visitor, "GET", "/nowhere-at-all")
        text = told_metrics(running)
        (found,) = re.findall(
            r'caseness_request_seconds_count\{method="GET",route="none",status="404"\} ([\d.]+)', text
        )
        counts.append(float(found))
    assert counts[1] - counts[0] >= 10


def told_metrics(server):
    with urlopen(f"{server.address}/metrics") as answer:
        return answer.read().decode()


def test_a_style_has_the_name_of_its_content_and_is_kept(running):
    with urlopen(f"{running.address}/accounts/login/") as answer:
        (path,) = re.findall(r"/static/caseness/caseness\.[0-9a-f]{12}\.css", answer.read().decode())
    with urlopen(running.address + path) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
