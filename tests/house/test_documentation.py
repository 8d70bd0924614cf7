"""The manual builds without a warning, and a reader's browser asks nothing of any other host."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from house.source_tree import ROOT

# Attributes that a browser follows by itself. A link in the text waits for the reader.
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}

# A `link` of one of these kinds says something of the page, and fetches nothing.
SAID = {"canonical", "next", "prev", "edit", "license"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The manual, built strictly: a broken link or a missing anchor is an error."""
    folder = tmp_path_factory.mktemp("site")
    outcome = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return folder


class Fetches(HTMLParser):
    """Collects the addresses that a browser fetches by itself when it opens a page."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if attributes.get("rel") not in SAID and (address := attributes.get(FETCHED.get(tag, ""))):
            self.addresses.append(address)


def fetched_from_elsewhere(page):
    fetches = Fetches()
    fetches.feed(page)
    return [address for address in fetches.addresses if re.match(r"(https?:)?//", address)]


def test_every_page_becomes_a_page(site):
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert len(pages) > 5
    assert not [page for page in pages if not (site / page).is_file()]


def test_a_page_fetches_nothing_from_elsewhere(site):
    pages = list(site.rglob("*.html"))
    assert pages
    assert not {(page.name, address) for page in pages for address in fetched_from_elsewhere(page.read_text())}


def test_a_style_fetches_nothing_from_elsewhere(site):
    styles = [style.read_text() for style in site.rglob("*.css")]
    assert styles
    assert not [
        address
        for style in styles
        for address in re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\"']+", style)
    ]


def test_a_fetch_is_seen():
    page = '<link rel="stylesheet" href="https://fonts.example.org/a.css"><a href="https://example.org">read</a>'
    assert fetched_from_elsewhere(page) == ["https://fonts.example.org/a.css"]


def test_the_decisions_are_listed():
    listed = set(re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", (ROOT / "docs" / "adr" / "index.md").read_text()))
    assert listed == {path.name for path in (ROOT / "docs" / "adr").glob("0*.md")}
