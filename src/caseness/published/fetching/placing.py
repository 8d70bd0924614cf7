"""A file that has arrived becomes a release in the folder. What stood there before is set aside, never lost."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from caseness.provenance import hash_file
from caseness.published.fetching.archives import unpack_zip
from caseness.published.fetching.download import Download
from caseness.published.fetching.folder import ARCHIVE, Folder
from caseness.published.fetching.manifest import Fetched, Kept, Manifest
from caseness.published.fetching.plan import Item
from caseness.published.fetching.rar import find_opener, unpack_rar
from caseness.published.fetching.safe_names import name_in_address
from caseness.published.fetching.sniffing import check_content

# Leftovers of a run that was killed begin with it, and are cleared away by the next.
WORKPLACE = "new-"


@dataclass(frozen=True)
class Placed:
    """The manifest after a file was put in its place, what stands there now, and whether it is new."""

    manifest: Manifest
    fetched: Fetched
    is_new: bool


@dataclass(frozen=True)
class _Opened:
    published_file: str
    files: tuple[Kept, ...]
    archive: str | None


def confirm(item: Item, manifest: Manifest, now: str) -> Placed:
    """Note that what stands there is still what is published."""
    assert item.fetched is not None, item
    checked = replace(item.fetched, checked_at=now)
    return Placed(manifest.with_release(checked), checked, is_new=False)


def place(item: Item, download: Download, folder: Folder, manifest: Manifest, now: str) -> Placed:
    """Check a file that has arrived, unpack it, and put it where its release belongs.

    Raises
    ------
    Refused
        If it is not what its address promises, or an archive that cannot be opened safely.
    OSError
        If it cannot be written.
    """
    check_content(download.path, item.address.url)
    sha256, size = hash_file(download.path), download.path.stat().st_size
    if item.state == "here" and item.fetched is not None and item.fetched.sha256 == sha256:
        return confirm(item, manifest, now)
    with tempfile.TemporaryDirectory(prefix=WORKPLACE, dir=folder.parts) as made:
        new = Path(made) / "release"
        new.mkdir()
        opened = _open(download.path, new, name_in_address(item.address.url))
        fetched = _describe(item, download, folder, opened, sha256, size, now)
        kept = _set_aside(item, folder, manifest, sha256, now)
        _move(new, folder.root / fetched.folder)
    return Placed(kept.with_release(fetched), fetched, is_new=True)


def _describe(
    item: Item, download: Download, folder: Folder, opened: _Opened, sha256: str, size: int, now: str
) -> Fetched:
    address, version = item.address, download.version
    return Fetched(
        kind=address.kind,
        dataset=address.dataset,
        period=address.period,
        address=address.url,
        asked_address=item.url,
        final_address=version.url,
        fetched_at=now,
        checked_at=now,
        bytes=size,
        sha256=sha256,
        etag=version.etag,
        last_modified=version.last_modified,
        folder=folder.name_of(address),
        published_file=opened.published_file,
        files=opened.files,
        archive=opened.archive,
    )


def _open(arrived: Path, new: Path, name: str) -> _Opened:
    ending = PurePosixPath(name).suffix.casefold()
    opener = "zipfile" if ending == ".zip" else find_opener() if ending == ".rar" else None
    if opener is None:
        arrived.replace(new / name)
        return _Opened(name, _list(new, (new / name,)), "closed" if ending == ".rar" else None)
    unpacked = unpack_zip(arrived, new) if opener == "zipfile" else unpack_rar(arrived, new, opener)
    files = _list(new, unpacked)
    (new / ARCHIVE).mkdir()
    arrived.replace(new / ARCHIVE / name)
    return _Opened(f"{ARCHIVE}/{name}", files, opener)


def _list(top: Path, files: tuple[Path, ...]) -> tuple[Kept, ...]:
    return tuple(Kept(path.relative_to(top).as_posix(), path.stat().st_size, hash_file(path)) for path in sorted(files))


_WHY = {
    "here": "the publisher replaced it",
    "closed": "it is unpacked now, or was replaced by the publisher",
    "moved": "the list has a newer address",
    "changed": "it was changed here after it was fetched",
}


def _set_aside(item: Item, folder: Folder, manifest: Manifest, sha256: str, now: str) -> Manifest:
    place, old = folder.root / folder.name_of(item.address), item.fetched
    if old is None:
        if place.exists():
            _move(place, folder.root / folder.name_of_earlier(item.address, "unlisted"))
        return manifest
    moved_before = f".earlier/{item.address.kind}/{item.address.period}-{old.sha256[:12]}"
    if place.exists():
        name = folder.name_of_earlier(item.address, old.sha256[:12])
        _move(place, folder.root / name)
    elif (folder.root / moved_before).exists() and old.sha256 != sha256:
        name = moved_before
    else:
        return manifest
    return manifest.with_earlier(replace(old, folder=name, set_aside=_WHY[item.state], set_aside_at=now))


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
