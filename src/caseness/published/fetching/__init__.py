"""Releases fetched from where they are published into a folder that an audit reads."""

from caseness.published.fetching.addresses import ADDRESSES_FROM, KINDS, Address, Choice, choose, read_base, rebase
from caseness.published.fetching.failures import Failure
from caseness.published.fetching.folder import Folder, lock
from caseness.published.fetching.manifest import ATTRIBUTION, LICENCE, Fetched, Manifest, read_manifest
from caseness.published.fetching.plan import Item, look_at
from caseness.published.fetching.run import Outcome, Watch, fetch
from caseness.published.fetching.transport import Patience

__all__ = [
    "ADDRESSES_FROM",
    "ATTRIBUTION",
    "KINDS",
    "LICENCE",
    "Address",
    "Choice",
    "Failure",
    "Fetched",
    "Folder",
    "Item",
    "Manifest",
    "Outcome",
    "Patience",
    "Watch",
    "choose",
    "fetch",
    "lock",
    "look_at",
    "read_base",
    "read_manifest",
    "rebase",
]
