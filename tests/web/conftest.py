"""A server of the application with a small made-up service, and a browser."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from browser.chromium import start_browser
from web.server import Served


class QuickArgon2(Argon2PasswordHasher):
    """The same as in the application, at the least cost that it can be set to."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Making a password slow to guess makes it slow to test. A server that is started for a test is left as it is."""
    settings.PASSWORD_HASHERS = [f"{QuickArgon2.__module__}.{QuickArgon2.__name__}"]


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
