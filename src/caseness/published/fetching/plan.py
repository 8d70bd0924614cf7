"""What there is to do: each address that was asked for, and what of it is already there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseness.provenance import hash_file
from caseness.published.fetching.addresses import Address, rebase
from caseness.published.fetching.folder import Folder
from caseness.published.fetching.manifest import Fetched, Manifest

# What an address can be found to be, and how it is said.
STATES = {
    "missing": "not yet",
    "part": "in part",
    "here": "yes",
    "closed": "yes, not unpacked",
    "changed": "changed since it was fetched",
    "moved": "from an older address",
}


@dataclass(frozen=True)
class Item:
    """One address that was asked for, where it will be fetched from, and what is there already."""

    address: Address
    url: str
    state: str
    fetched: Fetched | None = None

    @property
    def is_here(self) -> bool:
        """Whether nothing has to be fetched."""
        return self.state in ("here", "closed")


def look_at(
    addresses: Sequence[Address], folder: Folder, manifest: Manifest, base: str | None = None, thorough: bool = False
) -> tuple[Item, ...]:
    """Find out what of each address is already in a folder.

    Files are compared by size, and by their SHA-256 too if it is to be `thorough`.
    """
    return tuple(_look_at(address, folder, manifest, base, thorough) for address in addresses)


def _look_at(address: Address, folder: Folder, manifest: Manifest, base: str | None, thorough: bool) -> Item:
    url = rebase(address.url, base)
    fetched = manifest.find(address.kind, address.period)
    if fetched is None:
        is_begun = folder.part_of(address, url).exists()
        return Item(address, url, "part" if is_begun else "missing")
    return Item(address, url, _state(fetched, address, folder, thorough), fetched)


def _state(fetched: Fetched, address: Address, folder: Folder, thorough: bool) -> str:
    if fetched.address != address.url:
        return "moved"
    if not is_intact(fetched, folder, thorough):
        return "changed"
    return "closed" if fetched.archive == "closed" else "here"


def is_intact(fetched: Fetched, folder: Folder, thorough: bool) -> bool:
    """Whether every file of a release is as it was when it was fetched."""
    place = folder.below(fetched.folder)
    for one in fetched.files:
        path = folder.below(f"{fetched.folder}/{one.name}")
        if not path.is_file() or path.stat().st_size != one.bytes:
            return False
        if thorough and hash_file(path) != one.sha256:
            return False
    return place.is_dir()
