"""The same reports and browser as the browser tests."""

from browser.conftest import browser, folder

__all__ = ["browser", "folder"]
