"""Run the commands that the manual shows, and put their real output below them.

A block fenced as `console` holds commands, each after `$ `, and what they print. The blocks of one
page are run in order, in one empty folder. A block with a title is a file in that folder. A page that
reads official releases finds them in a folder called `releases`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

BLOCK = re.compile(r"^```(?P<kind>\w+)(?: title=\"(?P<title>[^\"]+)\")?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "
CONSOLE = "console"
RELEASES = re.compile(r"\breleases/|--releases releases|show releases")
TIME_LIMIT = 600


def example_pages(docs: Path) -> list[Path]:
    """The pages of the manual that show a command with its output."""
    return sorted(page for page in docs.rglob("*.md") if any(commands_of(page.read_text(encoding="utf-8"))))


def commands_of(page: str) -> Iterator[str]:
    """Every command that a page shows with its output."""
    for block in BLOCK.finditer(page):
        if block["kind"] == CONSOLE:
            yield from (line.removeprefix(PROMPT) for line in block["body"].splitlines() if line.startswith(PROMPT))


def needs_releases(page: str) -> bool:
    """Whether a page reads releases that are not in the package."""
    return any(RELEASES.search(command) for command in commands_of(page))


def can_run(page: str, releases: Path) -> bool:
    """Whether all that a page reads is here."""
    return releases.is_dir() or not needs_releases(page)


def rerun(page: str, releases: Path) -> str:
    """The page with the output of every command as it is now."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        if needs_releases(page):
            (folder / "releases").symlink_to(releases, target_is_directory=True)
        return BLOCK.sub(lambda block: _renew(block, folder), page)


def _renew(block: re.Match[str], folder: Path) -> str:
    if block["title"]:
        file = folder / block["title"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block["body"], encoding="utf-8")
    if block["kind"] != CONSOLE:
        return block[0]
    commands = [line for line in block["body"].splitlines() if line.startswith(PROMPT)]
    return f"```{CONSOLE}\n" + "\n".join(_answer(line, folder) for line in commands) + "```"


def _answer(line: str, folder: Path) -> str:
    printed = _run(line.removeprefix(PROMPT), folder)
    lines = [each.rstrip() for each in printed.strip("\n").splitlines()]
    return "\n".join([line, *lines, ""])


def _run(command: str, folder: Path) -> str:
    beside = Path(sys.executable).parent
    settings = {name: value for name, value in os.environ.items() if not name.startswith("CASENESS_")}
    outcome = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**settings, "PATH": f"{beside}{os.pathsep}{os.environ.get('PATH', '')}", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )
    return outcome.stdout
