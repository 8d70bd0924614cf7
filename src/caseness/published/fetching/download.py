"""One file from one address, taken up again wherever it broke off, never taken for whole when it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from caseness.published.fetching.failures import RUN_AGAIN, Broken, Refused, Stopped
from caseness.published.fetching.parts import Part, Version
from caseness.published.fetching.transport import BUSY, Answer, Line

# No release comes near it: the largest file of the list is an archive of some hundred megabytes.
MAX_BYTES = 4 << 30
# A server that sends a little each time is left after so many times.
MAX_TIMES = 100
_PIECE = 1 << 16
_SPAN = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")

Told = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Download:
    """A file that arrived whole, and which version of it that is."""

    path: Path
    version: Version


@dataclass(frozen=True, eq=False)
class Order:
    """One file to be fetched: from where, into which part, what is known of it, and whom to tell.

    `known` are the headers that ask only for what has changed since.
    """

    url: str
    part: Part
    known: Mapping[str, str]
    told: Told
    stop: Event
    limit: int = MAX_BYTES


def download(line: Line, order: Order) -> Download | None:
    """Fetch a file, or None where the server says that it is still the version that is known.

    Raises
    ------
    Refused
        If what comes cannot be taken.
    Stopped
        If the reader asked to stop. What has arrived is kept.
    """
    furthest, idle = order.part.size, 0
    for _ in range(MAX_TIMES):
        try:
            return _attempt(line, order)
        except Broken as problem:
            idle = 0 if order.part.size > furthest else idle + 1
            furthest = max(furthest, order.part.size)
            last = str(problem)
        if idle >= line.patience.attempts:
            break
        if order.stop.wait(min(line.patience.pause * 2**idle / 2, 30)):
            raise Stopped
    raise Refused(f"{last}, and no more came in {idle} tries", RUN_AGAIN)


def _attempt(line: Line, order: Order) -> Download | None:
    rest = order.part.ask_for_rest()
    answer = line.ask(order.url, rest or order.known)
    try:
        if answer.response.status == 304 and order.known and not rest:
            return None
        version = _begin(answer, order)
        _take(answer.response, order, version.total)
    except BaseException:
        answer.response.close()
        raise
    return Download(order.part.path, version)


def _begin(answer: Answer, order: Order) -> Version:
    status = answer.response.status
    if status == 200:
        version = _version(answer, _number(answer.response.headers.get("Content-Length")))
        order.part.begin(version)
    elif status == 206:
        version = _continue(answer, order.part)
    elif status == 416:
        order.part.discard()
        raise Broken("the server has less of the file than it said")
    else:
        raise _refusal(status)
    return version


def _continue(answer: Answer, part: Part) -> Version:
    span = _SPAN.fullmatch(answer.response.headers.get("Content-Range", ""))
    before, size = part.version(), part.size
    total = _number(span[3]) if span else None
    now = _version(answer, total)
    is_rest = span is not None and int(span[1]) == size and before is not None
    if not is_rest or not _is_same(before, now):
        part.discard()
        raise Broken("the server sent another part than was asked for")
    return now


def _is_same(before: Version | None, now: Version) -> bool:
    if before is None or (before.total is not None and now.total is not None and before.total != now.total):
        return False
    return all(
        old == new or new is None for old, new in ((before.etag, now.etag), (before.last_modified, now.last_modified))
    )


def _version(answer: Answer, total: int | None) -> Version:
    headers = answer.response.headers
    return Version(answer.url, headers.get("ETag"), headers.get("Last-Modified"), total)


# What is refused for what it is would be refused again: nothing of it is kept.
def _take(response: urllib3.BaseHTTPResponse, order: Order, total: int | None) -> None:
    try:
        _require_room(total, order.limit)
        _require_plain(response)
        _receive(response, order, total)
    except Refused:
        order.part.discard()
        raise


def _receive(response: urllib3.BaseHTTPResponse, order: Order, total: int | None) -> None:
    size = order.part.size
    with order.part.path.open("ab") as stream:
        while piece := _read_some(response, None if total is None else total - size):
            stream.write(piece)
            size += len(piece)
            _require_room(size, order.limit)
            order.told(size, total)
            if order.stop.is_set():
                raise Stopped
    if total is not None and size < total:
        raise Broken(_cut(size, total))
    if total is None and not _tells_its_end(response):
        _require_last_line(order)


def _tells_its_end(response: urllib3.BaseHTTPResponse) -> bool:
    return "chunked" in response.headers.get("Transfer-Encoding", "").casefold()


# Where neither a length nor chunks say where the file ends, a connection that broke looks like one that was closed. An
# archive or a workbook says so when it is opened; a table of text only by its last line.
def _require_last_line(order: Order) -> None:
    if not urlsplit(order.url).path.casefold().endswith((".csv", ".tsv")):
        return
    if not order.part.path.read_bytes().endswith((b"\n", b"\r", b"\n\0", b"\r\0", b'"')):
        raise Refused(
            "the server did not say how long the file is, and it ends in the middle of a line",
            f"Nothing of it was kept, since it may be cut short. {RUN_AGAIN}",
        )


def _read_some(response: urllib3.BaseHTTPResponse, missing: int | None) -> bytes:
    try:
        if missing is None or missing > _PIECE:
            return response.read1(_PIECE, decode_content=False)
        if missing > 1:
            return response.read1(missing - 1, decode_content=False)
        if missing == 1:
            _refuse_surplus(response)
        return response.read1(missing, decode_content=False) if missing else b""
    except (ReadTimeoutError, TimeoutError) as problem:
        raise Broken("the server fell silent in the middle of the file") from problem
    except (HTTPError, OSError) as problem:
        raise Broken("the connection broke in the middle of the file") from problem


# What follows after the length that was said belongs to nothing, and HTTP lets it pass unseen. It can be
# seen only before the last byte is taken, while the stream below is still open.
def _refuse_surplus(response: urllib3.BaseHTTPResponse) -> None:
    stream = getattr(getattr(response, "_fp", None), "fp", None)
    if stream is not None and hasattr(stream, "peek") and len(stream.peek(2)) > 1:
        raise Refused(
            "the server sends more bytes than it said that the file has, so it cannot be told where the file ends",
            "Nothing of it was kept. Try again later; if it stays so, tell the publisher.",
        )


def _require_room(size: int | None, limit: int) -> None:
    if size is not None and size > limit:
        raise Refused(
            f"the file has {size / 1e6:,.1f} MB or more, and no release is larger than {limit / 1e6:,.1f} MB",
            "It was not fetched: something else may stand at this address now.",
        )


def _require_plain(response: urllib3.BaseHTTPResponse) -> None:
    encoding = response.headers.get("Content-Encoding", "").strip().casefold()
    if encoding not in ("", "identity"):
        raise Refused(
            f"the server sends the file compressed ({encoding}), which it was asked not to do",
            "It was not fetched, since its SHA-256 would be that of no published file. Try without the proxy or mirror.",
        )


def _refusal(status: int) -> Refused:
    told = f"the server answers with status {status}"
    if status in (404, 410):
        return Refused(
            f"{told}: there is no file at this address any more",
            "The publisher has moved or withdrawn it. Open the publisher's page, and put the file into the folder by hand.",
        )
    if status in (401, 403, 407):
        return Refused(
            f"{told}: it does not hand the file out", "A proxy or the publisher's own guard may stand between."
        )
    if status in BUSY:
        return Refused(f"{told}: it is busy or at fault, and stayed so", "Run the command again later.")
    return Refused(f"{told}, which is no file", "Open the address in a browser, and see what it is now.")


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _cut(size: int, total: int) -> str:
    return f"the file broke off after {size:,} of {total:,} bytes"
