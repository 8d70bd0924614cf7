"""No network, no global randomness, and no skip that goes unseen. Each guard is seen to act."""

import os
import socket
import subprocess
import sys
from itertools import product
from xml.etree import ElementTree

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


def run_under_the_house_rules(folder, repository, *options, ci="false", **samples):
    """Small test files by name, run in one process of its own under tests/conftest.py."""
    for name, test in samples.items():
        (folder / f"test_{name}.py").write_text(test)
    always = ["-p", "conftest", "-p", "no:cacheprovider", "-c", repository / "pyproject.toml", f"--rootdir={folder}"]
    paths = os.pathsep.join([str(repository / "tests"), os.environ["PYTHONPATH"]])
    return subprocess.run(
        [sys.executable, "-m", "pytest", *always, *options, folder],
        env={**os.environ, "CI": ci, "PYTHONPATH": paths},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


DRAWS = {"random": "import random; random.random()", "numpy": "import numpy; numpy.random.rand()"}
PLACES = {
    "test": "import numpy\ndef test_draws():\n    {draw}\n",
    "fixture": "import numpy, pytest\n@pytest.fixture\ndef drawn():\n    {draw}\ndef test(drawn): pass\n",
}
SAMPLES = {
    **{
        f"{of}_in_a_{place}": text.format(draw=draw)
        for (of, draw), (place, text) in product(DRAWS.items(), PLACES.items())
    },
    "seeded": "import numpy, random\n"
    "def test_draws():\n    random.Random(1).random(), numpy.random.default_rng(1).random()\n",
    "warns": "import warnings\ndef test_warns():\n    warnings.warn('soon gone', DeprecationWarning)\n",
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory, repository):
    """What is said against each sample: nothing where it passed. Starting takes longer than they do, so they run together."""
    folder = tmp_path_factory.mktemp("samples")
    outcome = run_under_the_house_rules(folder, repository, "--junitxml=told.xml", **SAMPLES)
    assert outcome.returncode == 1, outcome.stdout
    told = {}
    for case in ElementTree.parse(folder / "told.xml").iter("testcase"):
        said = [one.get("message") for one in (*case.iter("failure"), *case.iter("error"))]
        told[case.get("classname").removeprefix("test_")] = " ".join(said)
    return told


@pytest.mark.parametrize("of", DRAWS)
@pytest.mark.parametrize("place", PLACES)
def test_a_draw_from_a_generator_that_all_share_fails(place, of, complaints):
    assert "used a global random generator" in complaints[f"{of}_in_a_{place}"]


def test_a_generator_with_a_seed_is_welcome(complaints):
    assert complaints["seeded"] == ""


def test_a_warning_is_an_error(complaints):
    assert "DeprecationWarning: soon gone" in complaints["warns"]


SKIPS = "import pytest\ndef test_skips():\n    pytest.skip({reason!r})\n"


def test_a_skip_without_the_one_reason_fails_in_ci(tmp_path, repository):
    sample = SKIPS.format(reason="not today")
    assert run_under_the_house_rules(tmp_path, repository, ci="false", skips=sample).returncode == 0
    outcome = run_under_the_house_rules(tmp_path, repository, ci="true", skips=sample)
    assert outcome.returncode == 1, outcome.stdout
    assert "not today" in outcome.stdout.partition("Skips that CI does not accept")[2]


def test_the_absence_of_the_shared_data_may_skip_in_ci(tmp_path, repository):
    sample = SKIPS.format(reason="The official releases are not here: ../shared/data is absent.")
    assert run_under_the_house_rules(tmp_path, repository, ci="true", skips=sample).returncode == 0


def test_a_command_is_run_through_the_command_line():
    """A command that is run by itself first forgets `-h` for the rest of the process: click keeps its help option."""
    tests = (path for path in (ROOT / "tests").rglob("*.py") if path.name != "test_clean_room.py")
    assert not [path.name for path in tests if "CliRunner" in path.read_text()]
