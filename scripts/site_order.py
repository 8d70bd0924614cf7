"""The order of the manual: learn, do, look up, understand, and why it was decided so.

A hook of mkdocs. A new page takes its place by lying in a folder; nothing has to be listed.
"""

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section

ORDER = ("Tutorial", "How-to guides", "Reference", "Explanation", "Decisions")
TITLES = {"Adr": "Decisions", "How to": "How-to guides", "How-to": "How-to guides"}


def on_nav(nav: Navigation, config: object, files: Files) -> Navigation:
    """Name the sections, and put them in the order in which a newcomer needs them. Pages come first."""
    for item in nav.items:
        if isinstance(item, Section):
            item.title = TITLES.get(item.title, item.title)
    nav.items.sort(key=lambda item: ORDER.index(item.title) if isinstance(item, Section) else -1)
    return nav
