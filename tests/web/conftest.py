"""A server of the application with a small made-up service, and a browser."""

import pytest

from browser.chromium import start_browser
from web.emptying import events_can_be_emptied
from web.server import Served


@pytest.fixture(scope="session", autouse=True)
def emptied():
    """A test with transactions of its own leaves an empty database, although events are only added."""
    with events_can_be_emptied():
        yield


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
