"""A Chromium-like browser of this machine, which prints the page as a tagged PDF. It is a program of its own, never shipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from caseness.errors import MissingProgram

# In the order in which they are looked for. All are of one family, and tag what they print.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_LONGEST = 120
# Nothing is asked of the network, and nothing of the reader's own browser is touched.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


def find_browser() -> Path | None:
    """The browser that would print, or None where this machine has none."""
    found = (shutil.which(name) for name in NAMES)
    return next((Path(one) for one in (*found, *_ELSEWHERE) if one and Path(one).exists()), None)


def print_pdf(html: str) -> bytes:
    """Print one HTML page as a tagged PDF.

    Raises
    ------
    MissingProgram
        If there is no browser on this machine, or it does not print.
    """
    browser = find_browser()
    if browser is None:
        raise MissingProgram(
            f"A PDF is printed by a browser, and none of {', '.join(NAMES)} is on this machine. No PDF was made; all "
            "other formats need none. Install one (on Debian: apt-get install chromium), or print report.html yourself."
        )
    with tempfile.TemporaryDirectory(prefix="caseness-", ignore_cleanup_errors=True) as folder:
        page, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html, encoding="utf-8")
        _run(browser, page, target, Path(folder) / "profile")
        return target.read_bytes()


def _run(browser: Path, page: Path, target: Path, profile: Path) -> None:
    command = [
        str(browser),
        *_FLAGS,
        *_as_root(),
        f"--user-data-dir={profile}",
        f"--print-to-pdf={target}",
        page.as_uri(),
    ]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise MissingProgram(f"{browser} did not print the report: {problem}. No PDF was made.") from problem
    if not target.exists():
        said = ended.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise MissingProgram(f"{browser} printed nothing ({' '.join(said) or ended.returncode}). No PDF was made.")


# A browser refuses to start its sandbox for root. The page is our own, holds no address and asks for nothing.
def _as_root() -> tuple[str, ...]:
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
