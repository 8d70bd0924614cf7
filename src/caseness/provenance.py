"""Which file, hash, release, definitions and version a figure rests on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from caseness import __version__
from caseness.results import DEFINITIONS_VERSION, SCHEMA_VERSION

PUBLISHED_STATISTICS = "NHS England, Open Government Licence v3.0"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class SourceFile:
    """One file that figures were taken from.

    `name` is the path below what the user gave, never the whole path: an audit must not
    tell where on somebody's disk it was made, and must be the same wherever it is made.
    """

    name: str
    bytes: int
    sha256: str
    layout: str
    periods: str
    licence: str = "Open Government Licence v3.0"
    attribution: str = "NHS England"


@dataclass(frozen=True)
class Provenance:
    """All that an audit rests on.

    `statistics` is how the figures are cited. `made_up` says so where they are of people who do not exist.
    `ignored` says of each file that was passed over why. `damaged` says of those among them that should be releases,
    and of which no figure could be taken, what that does to the figures.
    """

    sources: tuple[SourceFile, ...]
    notes: tuple[str, ...] = ()
    statistics: str = PUBLISHED_STATISTICS
    made_up: str = ""
    ignored: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    package_version: str = __version__
    schema_version: str = SCHEMA_VERSION
    definitions_version: str = DEFINITIONS_VERSION


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
