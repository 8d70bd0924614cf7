"""Debian's Chromium, driven by Playwright. It is never downloaded."""

import atexit
import os
import shutil
from functools import cache

import pytest
from playwright.sync_api import sync_playwright

MISSING = "Chromium is not installed, so nobody looked at the report: run `scripts/system_packages` as root."
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


def find_chromium():
    """Where the browser is. Without one a test is skipped at a desk, and fails in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    if found is None:
        pytest.skip(MISSING)
    return found


# Playwright can run once in a process, and two folders of tests share it.
@cache
def start_browser():
    """A running browser, the same for all. It is closed when the tests end."""
    playwright = sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
    atexit.register(playwright.stop)
    atexit.register(browser.close)
    return browser
