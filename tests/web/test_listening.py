"""A port that another program is using is told in a sentence, before anything is made or printed."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from caseness.errors import NotReady
from caseness.web.operation.listening import require_free
from databases.server import free_port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_told_with_another_to_choose(taken):
    with pytest.raises(
        NotReady, match=rf"127.0.0.1:{taken}: another program is using it.*CASENESS_WEB_BIND=127.0.0.1:"
    ):
        require_free(f"127.0.0.1:{taken}")


def test_what_is_free_is_taken_as_it_comes(taken):
    require_free("127.0.0.1:0")
    require_free("unix:/run/caseness.sock")


def started(folder, bind):
    """The demonstration's script, as `make serve` runs it."""
    settings = {"CASENESS_WEB_BIND": bind, "CASENESS_WEB_FOLDER": str(folder), "CASENESS_WEB_DATABASE_URL": ""}
    command = [ROOT / "scripts/serve_demonstration", Path(sys.executable).parent]
    return subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_demonstration_makes_nothing_where_its_port_is_taken(taken, tmp_path):
    run = started(tmp_path / "made", f"127.0.0.1:{taken}")
    said, wrong = run.communicate()
    assert (run.returncode, said) == (47, "")
    assert "another program is using it" in wrong
    assert "Traceback" not in wrong
    assert not [*(tmp_path / "made").iterdir()]


@pytest.mark.parametrize("bind", ["8137", "127.0.0.1:99999"])
def test_what_is_no_address_is_told_in_a_sentence(bind, tmp_path):
    run = started(tmp_path, bind)
    wrong = run.communicate()[1]
    assert (run.returncode, "Traceback" in wrong) == (36, False)
    assert "CASENESS_WEB_BIND" in wrong


def test_the_demonstration_ends_when_it_is_told_to(tmp_path):
    # Somebody was made up before, so that nothing has to be made now.
    (tmp_path / "sign-ins.txt").write_text("Sign in as nobody", encoding="utf-8")
    bind = f"127.0.0.1:{free_port()}"
    with started(tmp_path, bind) as run:
        try:
            wait_for(f"http://{bind}/health")
        finally:
            run.terminate()
    assert run.returncode == 0
    require_free(bind)


def wait_for(address):
    """Until it answers, whatever it says."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urlopen(address):
                return
        except HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer.")
