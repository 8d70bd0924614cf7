"""Cut text into whole rows, so that a broken quotation mark loses its own line and never those below it.

By the rules of CSV (RFC 4180) a quotation mark opens a cell right after a separator and closes it right before one. A
reader that is not strict takes an unclosed one for the start of a very long cell, and all lines up to the next mark
vanish into it. Here each mark is looked at, all of a piece at once; only where one is wrong are lines taken singly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from caseness.read.limits import LINE_KEPT_BYTES, ROW_BYTES
from caseness.read.pieces import BrokenLine

_QUOTE, _LINE_FEED, _RETURN = b'"\n\r'

WRONG_QUOTE = "a quotation mark is not closed, or stands within a cell without being doubled"
TOO_LONG = f"the line is longer than {ROW_BYTES:,} bytes"


@dataclass(frozen=True)
class Rows:
    """Whole rows as they stand in the text, and the broken lines among them. `inner` counts line breaks within cells."""

    text: bytes
    broken: tuple[BrokenLine, ...] = ()
    inner: int = 0


def split_rows(pieces: Iterator[bytes], delimiter: bytes) -> Iterator[Rows]:
    """Pieces of text, cut anywhere, as pieces of whole rows. Blank lines are no rows.

    Examples
    --------
    >>> text = b'1,"a"' + bytes([10]) + b'2,"b' + bytes([10]) + b'3,"c"' + bytes([10])
    >>> rows = list(split_rows(iter([text[:7], text[7:]]), b","))
    >>> [one.text for one in rows], [(one.broken[0].text, one.broken[0].offset) for one in rows if one.broken]
    ([b'1,"a"\\n', b'3,"c"\\n'], [('2,"b', 0)])
    """
    rest, skipping = b"", False
    for piece in pieces:
        if skipping:
            piece = _after_line_end(piece)
            skipping = piece is None
        if not piece:
            continue
        rows, rest = _take(rest + piece, delimiter, is_last=False)
        if len(rest) > ROW_BYTES and not _has_line_end(rest):
            # The rest of a line that has no end is not kept: it may be as long as the file.
            rows = _with_endless_line(rows, rest, delimiter)
            rest, skipping = b"", True
        if rows.text or rows.broken:
            yield rows
    if rest:
        rows, _ = _take(rest + b"\n", delimiter, is_last=True)
        yield rows


def first_row(text: bytes, delimiter: bytes) -> int:
    """Where the first row of a text ends, after its line end, or 0 if it is no whole row."""
    found = _row(delimiter).match(text)
    return found.end() if found else 0


def split_singly(text: bytes, delimiter: bytes, columns: int) -> Rows:
    """Take whole rows one by one, and set aside each that has not so many cells."""
    good, broken = [], []
    for row in _row(delimiter).finditer(text):
        line = row.group()
        if not line.strip(b"\r\n"):
            continue
        cells = _cells_in(line, delimiter)
        if cells == columns:
            good.append(line)
        else:
            reason = f"{cells} cells instead of {columns}"
            broken.append(_broken(len(good) + len(broken), line, reason))
    return Rows(b"".join(good), tuple(broken))


def merge(outer: tuple[BrokenLine, ...], inner: Rows) -> Rows:
    """Lines found broken before, together with those found among the rest of the same piece."""
    if not outer:
        return inner
    taken = {one.offset for one in outer}
    whole = len(outer) + len(inner.broken) + inner.text.count(b"\n") + inner.text.count(b"\r") + 1
    free = iter([offset for offset in range(whole) if offset not in taken])
    places = {offset: next(free) for offset in range(max((one.offset for one in inner.broken), default=-1) + 1)}
    moved = tuple(BrokenLine(places[one.offset], one.text, one.reason) for one in inner.broken)
    return Rows(inner.text, tuple(sorted((*outer, *moved), key=lambda one: one.offset)))


def _take(text: bytes, delimiter: bytes, is_last: bool) -> tuple[Rows, bytes]:
    if not _has_long_line(text):
        if _QUOTE not in text:
            cut = _last_line_end(text) + 1
            return Rows(text[:cut]), text[cut:]
        taken = _take_quoted(text, delimiter)
        if taken and not (is_last and taken[1]) and len(taken[1]) <= ROW_BYTES:
            return taken
    return _take_singly(text, delimiter, is_last)


def _last_line_end(text: bytes) -> int:
    found = text.rfind(b"\n")
    # A return at the very end may be half of a line end.
    return found if found >= 0 else text.rfind(b"\r", 0, len(text) - 1)


def _has_line_end(text: bytes) -> bool:
    return b"\n" in text or b"\r" in text


def _has_long_line(text: bytes) -> bool:
    start = 0
    while len(text) - start > ROW_BYTES:
        end = max(text.rfind(b"\n", start, start + ROW_BYTES), text.rfind(b"\r", start, start + ROW_BYTES))
        if end < 0:
            return True
        start = end + 1
    return False


# All quotation marks at once: an opening one stands after a separator or line end, a closing one before. A line end
# with an odd number of marks before it lies within a cell.
def _take_quoted(text: bytes, delimiter: bytes) -> tuple[Rows, bytes] | None:
    signs = np.frombuffer(text, np.uint8)
    quotes = np.flatnonzero(signs == _QUOTE)
    ends = np.flatnonzero(signs == _LINE_FEED)
    outside = ends[np.searchsorted(quotes, ends) % 2 == 0]
    if not len(outside):
        return None
    cut = int(outside[-1]) + 1
    is_right = _are_right(signs, quotes[: int(np.searchsorted(quotes, cut))], delimiter)
    is_short = int(np.diff(outside, prepend=-1).max()) <= ROW_BYTES
    inner = int(np.searchsorted(ends, cut)) - len(outside)
    return (Rows(text[:cut], inner=inner), text[cut:]) if is_right and is_short else None


def _are_right(signs: np.ndarray, quotes: np.ndarray, delimiter: bytes) -> bool:
    allowed = np.zeros(256, dtype=bool)
    allowed[[delimiter[0], _QUOTE, _LINE_FEED, _RETURN]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before = signs[opening - 1]
    if len(opening) and opening[0] == 0:
        before = np.concatenate([[np.uint8(_LINE_FEED)], before[1:]])
    return bool(allowed[before].all() and allowed[signs[closing + 1]].all())


def _take_singly(text: bytes, delimiter: bytes, is_last: bool) -> tuple[Rows, bytes]:
    good: list[bytes] = []
    broken: list[BrokenLine] = []
    start = 0
    while start < len(text):
        row = _row(delimiter).match(text, start, start + ROW_BYTES)
        if row:
            start = row.end()
            if row.group().strip(b"\r\n"):
                good.append(row.group())
            continue
        if not is_last and _may_go_on(text, start, delimiter):
            break
        end = _broken_end(text, start, delimiter)
        reason = TOO_LONG if end - start > ROW_BYTES else WRONG_QUOTE
        broken.append(_broken(len(good) + len(broken), text[start:end], reason))
        start = end
    return Rows(b"".join(good), tuple(broken), _line_breaks(good)), text[start:]


# What lies at the end of what is there, and is right so far, may be whole with the next piece.
def _may_go_on(text: bytes, start: int, delimiter: bytes) -> bool:
    if len(text) - start > ROW_BYTES:
        return not _LINE_END.search(text, start)
    return _open_row(delimiter).match(text, start) is not None or not _LINE_END.search(text, start)


# A row that is whole and only too long is one row, however many line breaks its cells hold.
def _broken_end(text: bytes, start: int, delimiter: bytes) -> int:
    found = _row(delimiter).match(text, start) or _LINE_END.search(text, start)
    return found.end() if found else len(text)


def _with_endless_line(rows: Rows, line: bytes, delimiter: bytes) -> Rows:
    whole = sum(1 for row in _row(delimiter).finditer(rows.text) if row.group().strip(b"\r\n"))
    return Rows(rows.text, (*rows.broken, _broken(whole + len(rows.broken), line, TOO_LONG)), rows.inner)


def _after_line_end(piece: bytes) -> bytes | None:
    found = _LINE_END.search(piece)
    return piece[found.end() :] if found else None


def _broken(offset: int, line: bytes, reason: str) -> BrokenLine:
    kept = line[:LINE_KEPT_BYTES].rstrip(b"\r\n").decode(errors="replace")
    return BrokenLine(offset, kept, reason)


def _line_breaks(rows: list[bytes]) -> int:
    return sum(len(_LINE_END.findall(row)) for row in rows) - len(rows)


def _cells_in(line: bytes, delimiter: bytes) -> int:
    return _QUOTED.sub(b"", line).count(delimiter) + 1


_LINE_END = re.compile(rb"\r\n|\n|\r")
_QUOTED = re.compile(rb'"[^"]*"')


# Atomic groups: what has matched is never tried again, so that no text can make this slow.
@cache
def _row(delimiter: bytes) -> re.Pattern[bytes]:
    cell = _cell(delimiter)
    return re.compile(rb"(?>%b(?:%b%b)*+)(?:\r\n|\n|\r)" % (cell, re.escape(delimiter), cell))


# What may still become a row: whole cells, then one that is open, closed a moment ago, or not quoted at all.
@cache
def _open_row(delimiter: bytes) -> re.Pattern[bytes]:
    separator = re.escape(delimiter)
    last = rb'(?>"[^"]*+(?:""[^"]*+)*+"?|[^"\r\n%b]*+)' % separator
    return re.compile(rb"(?>(?:%b%b)*+)%b\Z" % (_cell(delimiter), separator, last))


def _cell(delimiter: bytes) -> bytes:
    return rb'(?>"[^"]*+(?:""[^"]*+)*+"|[^"\r\n%b]*+)' % re.escape(delimiter)
