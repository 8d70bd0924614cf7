"""What every test of fetching needs: a server, a folder, and little patience."""

from datetime import UTC, datetime
from threading import Event
from urllib.parse import urlsplit

import pytest

from caseness.published.fetching import Address, Folder, Patience, fetch, lock, look_at, read_manifest
from caseness.published.fetching.download import Order, download
from caseness.published.fetching.parts import Part
from caseness.published.fetching.transport import open_line
from unit.published.fetching.server import Page, serving

HASTY = Patience(timeout=1.0, attempts=3, pause=0.01)
NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
BODY = b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(40_000))


@pytest.fixture
def pages():
    """What the server serves, by path."""
    return {"/file.csv": Page(BODY)}


@pytest.fixture
def base(pages):
    """The address of the server."""
    with serving(pages) as address:
        yield address


@pytest.fixture
def bring(base, tmp_path):
    """Downloads a path of the server into a part, and gives the part's bytes: bring("/file.csv")."""
    part = Part(tmp_path / "file.part")

    def run(path="/file.csv", known=None, stop=None, limit=1 << 30, patience=HASTY):
        line = open_line(patience, 1)
        order = Order(base + path, part, known or {}, lambda size, total: None, stop or Event(), limit)
        found = download(line, order)
        return None if found is None else (found.path.read_bytes(), found.version)

    run.part = part
    return run


class Silent:
    """Is told everything, and remembers what ended."""

    def __init__(self):
        self.outcomes = []

    def advanced(self, item, size, total):
        """Nothing to say."""

    def ended(self, outcome):
        """Remember it."""
        self.outcomes.append(outcome)


@pytest.fixture
def run(base, tmp_path):
    """Fetches addresses into the folder: run(address, ..., again=True). Gives what became of each, in order."""
    folder = Folder(tmp_path / "releases")

    def go(*addresses, again=False, clock=lambda: NOON, workers=2, watch=None):
        with lock(folder):
            manifest = read_manifest(folder.manifest)
            items = look_at(addresses, folder, manifest, base, thorough=again)
            return fetch(items, folder, manifest, watch or Silent(), clock, HASTY, workers, again)

    go.folder = folder
    go.manifest = lambda: read_manifest(folder.manifest)
    go.path = lambda name: folder.root / name
    return go


def monthly(path="/file.csv", period="2025-04"):
    """An address of the monthly files."""
    return Address("measures_monthly", period, f"https://files.example.org{path}")


def annual(path, period="2024-25"):
    """An address of the annual reports."""
    return Address("annual_main", period, f"https://files.example.org{path}")


def path_of(address):
    """The path below the host."""
    return urlsplit(address.url).path
