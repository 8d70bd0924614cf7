"""Every link within the manual and the pages at the root leads somewhere, down to the heading."""

import re

import pytest

from house.source_tree import ROOT

DOCS = ROOT / "docs"
FENCED = re.compile(r"^(```|~~~).*?^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def anchors(page):
    """The headings of a page, as the site names them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text()), re.MULTILINE)
    return {slug(heading) for heading in headings}


def slug(heading):
    plain = re.sub(r"[^\w\s-]", "", heading).strip().casefold()
    return re.sub(r"[-\s]+", "-", plain)


def broken(page):
    for target in LINK.findall(FENCED.sub("", page.read_text())):
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    assert not list(broken(page))


def test_a_broken_link_is_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A title\n\n[here](#a-title) [nowhere](#b) [gone](gone.md) [out](https://example.org)\n")
    assert list(broken(page)) == ["#b", "gone.md"]


def test_every_page_is_linked_from_the_first_page_or_its_neighbours():
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in LINK.findall(page.read_text())
        if not target.startswith("#")
    }
    alone = [page for page in DOCS.rglob("*.md") if page.resolve() not in linked and page != DOCS / "index.md"]
    assert not alone
