"""No network, no global randomness, and no skip that goes unseen. Each guard is seen to act."""

import os
import socket
import subprocess
import sys

import pytest

from house.source_tree import ROOT

OUTSIDE = ("192.0.2.1", 80)  # RFC 5737: an address for documentation, that leads nowhere


def test_no_test_leaves_the_machine():
    with pytest.raises(RuntimeError, match="do not use the network"):
        socket.create_connection(OUTSIDE, timeout=1)


def test_no_test_asks_for_an_address():
    with pytest.raises(RuntimeError, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)


def test_the_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_a_process_that_a_test_starts_is_held_too():
    attempt = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    outcome = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert "NetworkBlocked" in outcome.stderr


def run_under_the_house_rules(test, folder, repository, ci="false"):
    """One small test file, run in a process of its own under tests/conftest.py."""
    path = folder / "test_sample.py"
    path.write_text(test)
    options = ["-p", "conftest", "-p", "no:cacheprovider", "-c", repository / "pyproject.toml", f"--rootdir={folder}"]
    paths = os.pathsep.join([str(repository / "tests"), os.environ["PYTHONPATH"]])
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, path],
        env={**os.environ, "CI": ci, "PYTHONPATH": paths},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "draw",
    ["import random; random.random()", "import numpy; numpy.random.rand()"],
    ids=["random", "numpy"],
)
@pytest.mark.parametrize(
    "test",
    [
        "def test_draws():\n    {draw}\n",
        "import pytest\n@pytest.fixture\ndef drawn():\n    {draw}\ndef test(drawn): pass\n",
    ],
    ids=["in a test", "in a fixture"],
)
def test_a_draw_from_a_generator_that_all_share_fails(test, draw, tmp_path, repository):
    sample = "import numpy\n" + test.format(draw=draw)
    outcome = run_under_the_house_rules(sample, tmp_path, repository)
    assert outcome.returncode == 1, outcome.stdout
    assert "used a global random generator" in outcome.stdout


def test_a_generator_with_a_seed_is_welcome(tmp_path, repository):
    sample = (
        "import numpy, random\ndef test_draws():\n    random.Random(1).random(), numpy.random.default_rng(1).random()\n"
    )
    outcome = run_under_the_house_rules(sample, tmp_path, repository)
    assert outcome.returncode == 0, outcome.stdout


SKIPS = "import pytest\ndef test_skips():\n    pytest.skip({reason!r})\n"


def test_a_skip_without_the_one_reason_fails_in_ci(tmp_path, repository):
    sample = SKIPS.format(reason="not today")
    assert run_under_the_house_rules(sample, tmp_path, repository, ci="false").returncode == 0
    outcome = run_under_the_house_rules(sample, tmp_path, repository, ci="true")
    assert outcome.returncode == 1, outcome.stdout
    assert "not today" in outcome.stdout.partition("Skips that CI does not accept")[2]


def test_the_absence_of_the_shared_data_may_skip_in_ci(tmp_path, repository):
    sample = SKIPS.format(reason="The official releases are not here: ../shared/data is absent.")
    assert run_under_the_house_rules(sample, tmp_path, repository, ci="true").returncode == 0


def test_a_warning_is_an_error(tmp_path, repository):
    sample = "import warnings\ndef test_warns():\n    warnings.warn('soon gone', DeprecationWarning)\n"
    assert run_under_the_house_rules(sample, tmp_path, repository).returncode == 1


def test_a_command_is_run_through_the_command_line():
    """A command that is run by itself first forgets `-h` for the rest of the process: click keeps its help option."""
    tests = (path for path in (ROOT / "tests").rglob("*.py") if path.name != "test_clean_room.py")
    assert not [path.name for path in tests if "CliRunner" in path.read_text()]
