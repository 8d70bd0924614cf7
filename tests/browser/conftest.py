"""The report as files, and a browser to open them in."""

import pytest

from browser.chromium import start_browser
from browser.reports import write_reports


@pytest.fixture(scope="session")
def browser():
    """A running browser."""
    return start_browser()


@pytest.fixture(params=["england", "service"])
def folder(request):
    """The files of each report in turn."""
    return write_reports(request.param)
