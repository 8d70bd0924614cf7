"""A server of the application with a small made-up service, and a browser."""

import os

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection

from browser.chromium import start_browser
from caseness.web.services.pages import Shown
from web.emptying import events_can_be_emptied
from web.server import DATABASE, Served


@pytest.fixture(scope="session", autouse=True)
def emptied():
    """A test with transactions of its own leaves an empty database, although events are only added."""
    with events_can_be_emptied():
        yield


class QuickArgon2(Argon2PasswordHasher):
    """The same as in the application, at the least cost that it can be set to."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Making a password slow to guess makes it slow to test. A server that is started for a test is left as it is."""
    settings.PASSWORD_HASHERS = [f"{QuickArgon2.__module__}.{QuickArgon2.__name__}"]


@pytest.fixture(autouse=True)
def nothing_read_late(monkeypatch):
    """What a page shows was read in the transaction that tells of it: while it is drawn, nothing is read any more."""
    draw, late = Shown.render, []

    def refuse(execute, sql, *more):
        late.append(sql)
        raise AssertionError(f"This is read while the page is drawn: {sql}")

    def watched(self):
        with connection.execute_wrapper(refuse):
            return draw(self)

    monkeypatch.setattr(Shown, "render", watched)
    yield
    assert not late


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The application, running."""
    with Served(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    """A running browser."""
    return start_browser()


@pytest.fixture
def tab(browser, served):
    """An empty tab at the application's address, with no cookie of another test."""
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


ONE_JOURNEY = "test_therapists_morning.py"


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL one journey through a browser is made. The others are made on SQLite."""
    if DATABASE not in os.environ:
        return
    journeys = [one for one in items if "tab" in getattr(one, "fixturenames", ()) and one.path.name != ONE_JOURNEY]
    # `test_killed` starts both databases by itself.
    left_out = {*journeys, *(one for one in items if one.path.name == "test_killed.py")}
    items[:] = [one for one in items if one not in left_out]
    config.hook.pytest_deselected(items=list(left_out))
