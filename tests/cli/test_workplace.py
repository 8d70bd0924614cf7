"""The temporary folder of a command that derives, and what a killed run leaves of it."""

import signal
import subprocess
import sys
import tempfile

import pytest

from caseness.cli.workplace import workplace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a file that is open has no lock there")
KEPT = """
import time
from caseness.cli.workplace import workplace
with workplace() as folder:
    (folder / "patients").write_text("personal")
    print(folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_run_left_is_cleared_by_the_next_and_a_run_at_work_is_let_be(place, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(place))
    with subprocess.Popen([sys.executable, "-c", KEPT], stdout=subprocess.PIPE, text=True) as other:
        left = place / other.stdout.readline().strip()
        with workplace() as ours:
            assert {left, ours} == set(place.iterdir())
        other.send_signal(signal.SIGKILL)
    assert list(place.iterdir()) == [left]
    with workplace() as ours:
        assert list(place.iterdir()) == [ours]
    assert not list(place.iterdir())


def test_a_run_that_is_told_to_end_leaves_nothing(place, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(place))
    with subprocess.Popen(
        [sys.executable, "-c", KEPT], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert (place / run.stdout.readline().strip()).is_dir()
        run.terminate()
        run.communicate()
    assert run.returncode != 0
    assert not list(place.iterdir())


def test_a_folder_of_another_make_is_let_be(place):
    (place / "caseness-derive-of-somebody").mkdir()
    with workplace() as ours:
        assert len(list(place.iterdir())) == 2
    assert not ours.exists()
