"""The settings under which the practice application is tested: a demonstration, with a database of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

_FOLDER = tempfile.mkdtemp(prefix="caseness-web-tests-")
# WhiteNoise warns of a folder of collected files that is not there.
Path(_FOLDER, "static").mkdir()
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ.update(
    CASENESS_WEB_MODE="demonstration",
    CASENESS_WEB_FOLDER=_FOLDER,
    CASENESS_WEB_EMAIL_URL="memorymail://",
    DJANGO_SETTINGS_MODULE="caseness.web.settings",
    # Playwright keeps an event loop in the thread of the tests. Django would take it for one of its own.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)
django.setup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes():
    """Each worker takes settings, and a folder, of its own: it would else load those of this process before it comes here."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
