"""What every page must be, as a browser shows it: open to whoever cannot see it well, and no wider than a phone."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from a11y.test_report import STANDARD

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
# Set it to a folder to look at what the journeys saw.
PICTURES = os.environ.get("CASENESS_PICTURES")


def look_at(tab, name):
    """Judge the page that is shown, at both widths: what is a table at a desk may be cards on a phone."""
    for size in (PHONE, DESK):
        tab.set_viewport_size(size)
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{name} is too wide"
        if PICTURES:
            tab.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
        found = Axe().run(tab, options=STANDARD).response["violations"]
        wrong = [f"{name}, {size['width']}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        assert not wrong, "\n".join(wrong)
