"""What was fetched into a folder: manifest.json, written whole after each file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from caseness import __version__
from caseness.errors import CannotFetch

LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = "NHS England"
FORMAT = 1
_NOTE = "Written by `caseness fetch`. It says what was fetched, from where and when. It holds no figures."


@dataclass(frozen=True)
class Kept:
    """One file that was kept: its path below the folder of its release."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Fetched:
    """One release that was fetched.

    `address` is the one in the list, `asked_address` the same on the host that was asked, and
    `final_address` where redirects led. `bytes` and `sha256` are of what was published: of the archive, where it is one.
    `archive` is what it was opened with, or "closed"; None if it is none.
    `set_aside` says why it is an earlier version; None for what stands now.
    """

    kind: str
    dataset: str
    period: str
    address: str
    asked_address: str
    final_address: str
    fetched_at: str
    checked_at: str
    bytes: int
    sha256: str
    etag: str | None
    last_modified: str | None
    folder: str
    published_file: str
    files: tuple[Kept, ...]
    archive: str | None = None
    set_aside: str | None = None
    set_aside_at: str | None = None
    licence: str = LICENCE
    attribution: str = ATTRIBUTION
    package_version: str = __version__

    @property
    def key(self) -> tuple[str, str]:
        """The kind and period: a folder holds one version of each."""
        return (self.kind, self.period)


@dataclass(frozen=True)
class Manifest:
    """Everything fetched into one folder, and the earlier versions that were set aside."""

    releases: tuple[Fetched, ...] = ()
    earlier: tuple[Fetched, ...] = ()

    def find(self, kind: str, period: str) -> Fetched | None:
        """What stands now for a kind and period."""
        return next((one for one in self.releases if one.key == (kind, period)), None)

    def with_release(self, fetched: Fetched) -> Manifest:
        """The same with a release in place of whatever stood there."""
        kept = [one for one in self.releases if one.key != fetched.key]
        return replace(self, releases=tuple(sorted([*kept, fetched], key=lambda one: one.key)))

    def with_earlier(self, fetched: Fetched) -> Manifest:
        """The same with one more earlier version."""
        return replace(self, earlier=(*self.earlier, fetched))


def read_manifest(path: Path) -> Manifest:
    """Read what was fetched before; nothing, if there is no manifest.

    Raises
    ------
    CannotFetch
        If it is there and cannot be understood.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(f"it has format {plain['format']!r}, and this version knows {FORMAT}")
        return Manifest(tuple(map(_read, plain["releases"])), tuple(map(_read, plain["earlier"])))
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CannotFetch(
            f"{path} cannot be read as a list of what was fetched ({type(problem).__name__}: {problem}). Nothing was "
            "fetched, since it could not be known what is there. Fetch into another folder with --to, or move this "
            "file away: then all is fetched anew, and what is there is set aside."
        ) from problem


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write it whole: a reader sees the old one or the new one, never half of one."""
    plain = {"format": FORMAT, "note": _NOTE, **asdict(manifest)}
    write_whole(path, json.dumps(plain, indent=2, ensure_ascii=False) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a text file beside its place, and then put it there in one step."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)


_FIELDS = {field.name for field in fields(Fetched)}


def _read(plain: Mapping[str, Any]) -> Fetched:
    if unknown := set(plain) - _FIELDS:
        raise ValueError(f"it has entries that are not known: {', '.join(sorted(unknown))}")
    kept = tuple(Kept(**one) for one in plain["files"])
    return Fetched(**{**plain, "files": kept})
