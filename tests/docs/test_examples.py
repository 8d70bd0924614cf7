"""The commands that the manual shows print what the manual says they print."""

from itertools import pairwise

import pytest
from manual_examples import BLOCK, commands_of, example_pages, needs_releases, rerun

from house.source_tree import ROOT

DOCS = ROOT / "docs"
PAGES = example_pages(DOCS)
EMBEDDED = [page for page in PAGES if not needs_releases(page.read_text())]
ON_RELEASES = [page for page in PAGES if needs_releases(page.read_text())]


def name_of(page):
    return page.relative_to(DOCS).as_posix()


@pytest.mark.parametrize("page", EMBEDDED, ids=name_of)
def test_a_command_on_embedded_figures_prints_what_its_page_says(page, tmp_path):
    text = page.read_text()
    assert rerun(text, tmp_path / "no releases") == text, "Run `make docs`, and read the page again."


@pytest.mark.parametrize("page", ON_RELEASES, ids=name_of)
def test_a_command_on_releases_prints_what_its_page_says(page, shared_data):
    text = page.read_text()
    assert rerun(text, shared_data / "published") == text, "Run `make docs`, and read the page again."


def test_the_tutorial_shows_the_first_commands():
    shown = [command for page in EMBEDDED for command in commands_of(page.read_text())]
    for wanted in ("caseness audit", "caseness ledger --period 2021-22", "caseness rates", "caseness claims check"):
        assert any(command.startswith(wanted) for command in shown), wanted


def test_every_command_that_is_shown_prints_something():
    empty = "$ caseness"
    for page in PAGES:
        lines = page.read_text().splitlines()
        assert not [line for line, after in pairwise(lines) if line.startswith(empty) and after == "```"]


def test_a_false_output_is_noticed(tmp_path):
    page = "```console\n$ echo right\nwrong\n```\n"
    assert rerun(page, tmp_path) == "```console\n$ echo right\nright\n```\n"


def test_a_file_that_a_page_shows_is_there_for_the_commands(tmp_path):
    page = '```toml title="a.toml"\nx = 1\n```\n\n```console\n$ cat a.toml\n```\n'
    assert rerun(page, tmp_path).endswith("$ cat a.toml\nx = 1\n```\n")


def blocks_of(kind):
    return [
        block["body"]
        for page in DOCS.rglob("*.md")
        for block in BLOCK.finditer(page.read_text())
        if block["kind"] == kind
    ]


def test_every_python_example_can_be_read():
    "Those that show what is printed are run as well, by doctest."
    scripts = [script for script in blocks_of("python") if not script.startswith(">>>")]
    assert scripts
    for script in scripts:
        compile(script, "example", "exec")


def test_every_session_ends_with_a_blank_line():
    "Without it doctest would take the closing fence for output."
    sessions = [body for kind in ("pycon", "python") for body in blocks_of(kind) if body.startswith(">>>")]
    assert sessions
    assert all(body.endswith("\n\n") for body in sessions)
