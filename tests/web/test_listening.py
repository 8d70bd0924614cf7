"""A port that another program is using is told in a sentence, before anything is made or printed."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from caseness.errors import NotReady
from caseness.web.operation.listening import require_free

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


def test_the_demonstration_makes_nothing_where_its_port_is_taken(taken, tmp_path):
    settings = {"CASENESS_WEB_BIND": f"127.0.0.1:{taken}", "CASENESS_WEB_FOLDER": str(tmp_path / "made")}
    done = subprocess.run(
        [ROOT / "scripts/serve_demonstration", Path(sys.executable).parent], env={**os.environ, **settings},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (47, "")
    assert "another program is using it" in done.stderr
    assert "Traceback" not in done.stderr
    assert not [*(tmp_path / "made").iterdir()]
