"""What every test stands on: no network, no global randomness, and no skip that goes unseen."""

import os
import random
import runpy
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from databases.server import Server, find_programs
from house.source_tree import longest_functions

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
OFFLINE = ROOT / "tests" / "offline"

# The only reason that CI accepts for a skip.
SHARED_DATA_ABSENT = "The official releases are not here: ../shared/data is absent."

# Run by its path, since the machine may have a `sitecustomize` of its own that is loaded already.
runpy.run_path(str(OFFLINE / "sitecustomize.py"))
# A process that a test starts finds it by itself.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(OFFLINE), os.environ.get("PYTHONPATH")]))

# A drawn example may have to wait for the other worker, so time is not judged.
settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=25, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dev")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of official releases beside the repository. They are not copied into it."""
    if not SHARED_DATA.is_dir():
        pytest.skip(SHARED_DATA_ABSENT)
    return SHARED_DATA


@pytest.fixture(scope="session")
def postgresql():
    """The address of an empty PostgreSQL server of our own on the loopback, stopped when the tests are over."""
    programs = find_programs()
    if programs is None:
        pytest.fail("There is no PostgreSQL server on this machine: run `make system-packages`.", pytrace=False)
    with Server(programs) as address:
        yield address


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return ROOT


# Counting lines makes each call slower by half. What these tests look for they find without it, and the floors of coverage
# hold by the others.
_UNCOUNTED = {
    *(ROOT / "tests" / name for name in ("a11y", "browser", "docs", "house", "official")),
    *(ROOT / "tests" / "laws").glob("test_derive_*.py"),
    *(ROOT / "tests" / "laws").glob("test_synthetic*.py"),
    ROOT / "tests" / "laws" / "test_disclosure_attack.py",
    ROOT / "tests" / "laws" / "test_feedback_synthetic.py",
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    """Counts no lines while a test runs that is not there to reach them."""
    is_counted = _UNCOUNTED.isdisjoint((item.path, *item.path.parents))
    counting = None if is_counted else getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if counting is None:
        return (yield)
    counting.pause()
    try:
        return (yield)
    finally:
        counting.resume()


def _global_generators():
    states = [random.getstate()]
    # Looked up, not imported: a test that never loads numpy cannot have used its generator.
    if numpy := sys.modules.get("numpy"):
        kind, keys, *rest = numpy.random.get_state()
        states.append((kind, keys.tobytes(), *rest))
    return states


# Only the generators that were there before are compared: numpy may be loaded on the way.
def _refuse_global_randomness(before, name):
    if _global_generators()[: len(before)] != before:
        pytest.fail(f"{name} used a global random generator. Make one with a seed, and pass it on.", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """Fails a test that draws from the generators of `random` or `numpy.random` that all share."""
    before = _global_generators()
    outcome = yield
    _refuse_global_randomness(before, pyfuncitem.name)
    return outcome


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    """Fixtures are held to the same rule as the tests that use them."""
    before = _global_generators()
    outcome = yield
    _refuse_global_randomness(before, f"The fixture {fixturedef.argname}")
    return outcome


class SkipCount:
    """Counts the skips of a run in CI, where only the absence of the shared data may cause one."""

    def __init__(self):
        self.unexplained = []

    def pytest_runtest_logreport(self, report):
        self._count(report)

    def pytest_collectreport(self, report):
        self._count(report)

    # An expected failure is reported as skipped too; it is strict, so it cannot hide anything.
    def _count(self, report):
        if report.skipped and not hasattr(report, "wasxfail") and SHARED_DATA_ABSENT not in str(report.longrepr):
            self.unexplained.append(f"{report.nodeid}: {_reason(report)}")

    def pytest_sessionfinish(self, session):
        if self.unexplained and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.unexplained:
            terminalreporter.section("Skips that CI does not accept", red=True)
            terminalreporter.write("\n".join([*sorted(set(self.unexplained)), ""]))
        # Finding them reads the whole package again.
        if terminalreporter.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
            _tell_longest_functions(terminalreporter)


def _tell_longest_functions(terminalreporter):
    terminalreporter.section("The ten longest functions")
    for lines, where in longest_functions(10):
        terminalreporter.write_line(f"{lines:4} {where}")


def _reason(report):
    return report.longrepr[-1] if isinstance(report.longrepr, tuple) else str(report.longrepr)


def pytest_configure(config):
    if config.pluginmanager.hasplugin("_cov"):
        # Loaded only here: it loads Ibis, which most runs of one file do without.
        from uncounted import pass_over_ibis

        pass_over_ibis()
    # A worker of pytest-xdist sends its reports to the process that counts.
    if os.environ.get("CI") == "true" and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkipCount(), "caseness-skip-count")
