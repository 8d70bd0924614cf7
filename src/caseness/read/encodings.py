"""The bytes of a text file as UTF-8, in pieces, whatever they were written as."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from caseness.errors import UnreadableRecord
from caseness.read.limits import BLOCK_BYTES

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHER_KINDS = {
    b"PK\x03\x04": "a workbook or a zip archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"\x00\x01\x00\x00Standard": "an Access file",
    b"\x1f\x8b": "a gzip archive",
}
_HELD_BACK = "None of its rows is taken, since some would be lost."


def encoding_of(path: Path, name: str) -> str:
    """What a file is written in: utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be or cp1252.

    The whole file is looked through, since one letter far down may be the only sign.

    Raises
    ------
    UnreadableRecord
        If it is another kind of file under this name.
    """
    with path.open("rb") as stream:
        start = stream.read(4096)
    for sign, kind in _OTHER_KINDS.items():
        if start.startswith(sign):
            raise UnreadableRecord(
                f"{name} is {kind} under a borrowed name. {_HELD_BACK} Give it its own ending, or unpack it."
            )
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    if marked:
        return marked
    # In UTF-16, every second byte of a plain letter is empty.
    if b"\0" in start[:2]:
        return "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    return "utf-8" if _is_utf8(path) else "cp1252"


def utf8_pieces(path: Path, encoding: str, name: str) -> Iterator[bytes]:
    """The text of a file as UTF-8, in pieces that may end anywhere, also within a letter.

    Raises
    ------
    UnreadableRecord
        If a byte belongs to no text, or is empty.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    for block in _blocks(path):
        text = block if _is_plain(block, encoding) else _decode(decoder, block, done, name)
        _require_no_empty_bytes(text, done, name)
        done += len(block)
        yield text
    _decode(decoder, b"", done, name, is_last=True)


def note_on(encoding: str, name: str) -> list[str]:
    """What to say of an encoding that is not the usual one."""
    if encoding.startswith("utf-8"):
        return []
    if encoding == "cp1252":
        return [f"{name} is not UTF-8. It was read as Windows-1252: letters with accents may be wrong."]
    return [f"{name} was read as {encoding.upper()}."]


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            yield block


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            if not (block.isascii() and not decoder.getstate()[0]):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# UTF-8 was looked through before, so it needs no second decoding.
def _is_plain(block: bytes, encoding: str) -> bool:
    return encoding == "utf-8" or (encoding == "cp1252" and block.isascii())


def _decode(decoder: codecs.IncrementalDecoder, block: bytes, done: int, name: str, is_last: bool = False) -> bytes:
    try:
        return decoder.decode(block, final=is_last).encode()
    except UnicodeError as problem:
        place = done + getattr(problem, "start", 0)
        raise UnreadableRecord(
            f"{name} is damaged near byte {place:,}: it belongs to no text, neither UTF-8, UTF-16 nor Windows-1252. "
            f"{_HELD_BACK} Export it again."
        ) from problem


def _require_no_empty_bytes(text: bytes, done: int, name: str) -> None:
    found = text.find(b"\0")
    if found >= 0:
        raise UnreadableRecord(
            f"{name} is damaged: it holds empty bytes (NUL), the first near byte {done + found:,}. "
            f"{_HELD_BACK} Export it again."
        )
