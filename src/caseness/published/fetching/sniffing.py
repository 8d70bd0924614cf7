"""What a file is by its first bytes, held against what its address promises."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from caseness.published.fetching.failures import Refused

_KINDS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"Rar!\x1a\x07": "rar",
    b"%PDF": "pdf",
    b"PAR1": "parquet",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\xd0\xcf\x11\xe0": "old office file",
}
_TEXT_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_WEB_PAGE = ("<!doctype", "<html", "<head", "<body", "<script", "<!--", "<?xml", "<error")
# What a file with this ending is by its first bytes. A workbook is a zip archive.
_PROMISED = {".csv": "text", ".zip": "zip", ".rar": "rar", ".xlsx": "zip"}
_LOOK = 4096
_LATER = "Nothing of it was kept. Open the publisher's page, and see where the file is now."


def check_content(path: Path, url: str) -> None:
    """Refuse a file that is empty, a web page, or something else than the ending of its address says.

    Raises
    ------
    Refused
        With what it is instead.
    """
    with path.open("rb") as stream:
        start = stream.read(_LOOK)
    if not start:
        raise Refused("the address answers with an empty file", "Try again later.")
    found = kind_of_content(start)
    if found == "web page":
        raise Refused("the address now answers with a web page", _LATER)
    ending = PurePosixPath(urlsplit(url).path).suffix.casefold()
    promised = _PROMISED.get(ending)
    if promised is not None and found != promised:
        raise Refused(f"the address promises a {ending} file, and what came is {_article(found)}", _LATER)


def kind_of_content(start: bytes) -> str:
    """What the first bytes of a file say that it is: text, zip, rar, web page, and so on.

    >>> kind_of_content(b"PK\\x03\\x04..."), kind_of_content(b"  <!DOCTYPE html>"), kind_of_content(b"a,b")
    ('zip', 'web page', 'text')
    """
    for magic, kind in _KINDS.items():
        if start.startswith(magic):
            return kind
    text = _as_text(start)
    if text is None:
        return "unknown"
    plain = text.strip().casefold()
    if plain.startswith(_WEB_PAGE):
        return "web page"
    return "JSON" if plain.startswith(("{", "[")) else "text"


def _as_text(start: bytes) -> str | None:
    for mark, encoding in _TEXT_MARKS.items():
        if start.startswith(mark):
            return start[len(mark) :].decode(encoding, errors="replace")
    return None if b"\0" in start else start.decode("latin-1")


def _article(found: str) -> str:
    return {"unknown": "no kind of file that is known", "text": "text"}.get(found, f"a file of the kind {found}")
