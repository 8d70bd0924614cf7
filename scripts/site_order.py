"""The order of the manual: learn, do, look up, understand, and why it was decided so.

A hook of mkdocs. A new page takes its place by lying in a folder; nothing has to be listed. The pages
that are listed here come first, in this order.
"""

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

ORDER = ("Tutorial", "How-to guides", "Reference", "Explanation", "Safety", "Decisions")
TITLES = {"Adr": "Decisions", "How to": "How-to guides", "How-to": "How-to guides"}
FIRST = (
    "tutorial/first-audit.md",
    "tutorial/your-own-releases.md",
    "tutorial/a-practice-sheet.md",
    "how-to/audit-a-folder.md",
    "how-to/audit-a-record.md",
    "how-to/audit-one-provider.md",
    "how-to/check-a-claim.md",
    "how-to/cite-a-figure.md",
    "reference/commands.md",
    "reference/settings.md",
    "reference/errors.md",
    "reference/results.md",
    "reference/figures.md",
    "reference/counts.md",
    "reference/programme.md",
    "reference/programme-norway.md",
    "reference/programme-core10-practice.md",
    "reference/practice-sheet.md",
    "explanation/limits.md",
    "explanation/reading-the-report.md",
    "explanation/ended-cohort.md",
    "explanation/bases.md",
    "explanation/intervals.md",
    "explanation/trends.md",
    "explanation/variation.md",
    "explanation/claims.md",
)


def on_nav(nav: Navigation, config: object, files: Files) -> Navigation:
    """Name the sections, and put them in the order in which a newcomer needs them. Pages come first."""
    for item in nav.items:
        if isinstance(item, Section):
            item.title = TITLES.get(item.title, item.title)
            item.children.sort(key=_place)
    nav.items.sort(key=lambda item: ORDER.index(item.title) if isinstance(item, Section) else -1)
    return nav


# The rest keep the order of their names, since the sort is stable.
def _place(item: object) -> int:
    address = item.file.src_uri if isinstance(item, Page) else ""
    return FIRST.index(address) if address in FIRST else len(FIRST)
