"""A file that is not yet whole, and the note beside it of what it is a part of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from caseness.published.fetching.manifest import write_whole


@dataclass(frozen=True)
class Version:
    """Which version of a file a server sends: its marks, its whole length, and where it came from."""

    url: str
    etag: str | None
    last_modified: str | None
    total: int | None

    @property
    def mark(self) -> str | None:
        """What a server can tell this version by. A weak ETag cannot: it allows for other bytes."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified


@dataclass(frozen=True)
class Part:
    """What has arrived of one file so far."""

    path: Path

    @property
    def size(self) -> int:
        """How many bytes have arrived."""
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def _note(self) -> Path:
        return self.path.with_name(f"{self.path.name}.json")

    def version(self) -> Version | None:
        """The version that it is a part of, or None if that is not known."""
        try:
            return Version(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def begin(self, version: Version) -> None:
        """Begin afresh with a version of the file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # First the note: a part without one is thrown away, a part with a wrong one would be believed.
        self.discard()
        write_whole(self._note, json.dumps(asdict(version)) + "\n")
        self.path.touch()

    def discard(self) -> None:
        """Throw away what has arrived, and the note."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def shorten(self, size: int) -> None:
        """Keep only the first bytes."""
        with self.path.open("r+b") as stream:
            stream.truncate(size)

    def ask_for_rest(self) -> Mapping[str, str]:
        """The headers that ask for what is missing, if the file is still that version. None if nothing can be kept."""
        version = self.version()
        if version is None or version.mark is None or not self.size:
            self.discard()
            return {}
        # A part that is whole asks for its last byte again, so that the server says whether it still stands.
        if version.total is not None and self.size >= version.total:
            self.shorten(max(version.total - 1, 0))
        if not self.size:
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": version.mark}
