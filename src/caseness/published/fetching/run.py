"""Fetch many files at once: threads bring them, one hand puts them in place and writes the manifest."""

from __future__ import annotations

import queue
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Protocol
from urllib.parse import urlsplit

from caseness.published.fetching.download import Download, Order, download
from caseness.published.fetching.failures import RUN_AGAIN, Failure, Refused, Stopped, Unreachable
from caseness.published.fetching.folder import Folder
from caseness.published.fetching.manifest import Fetched, Manifest, write_manifest
from caseness.published.fetching.parts import Part, Version
from caseness.published.fetching.placing import WORKPLACE, Placed, confirm, place
from caseness.published.fetching.plan import Item
from caseness.published.fetching.rar import find_opener
from caseness.published.fetching.transport import Line, Patience, open_line

_WAKE_SECONDS = 0.2
_END_SECONDS = 2.0
# What a thread hands back for an item: the file, "the same as before", or what went wrong.
_Result = Download | None | Refused | OSError
_LOST = Refused("an error of this program stopped it", "Please report it.")


@dataclass(frozen=True)
class Outcome:
    """What became of one address: here, fetched, unchanged, replaced, unpacked or failed."""

    item: Item
    what: str
    fetched: Fetched | None = None
    failure: Failure | None = None


class Watch(Protocol):
    """Whoever is told how far things are. Called from several threads."""

    def advanced(self, item: Item, size: int, total: int | None) -> None:
        """So many bytes of a file have arrived."""

    def ended(self, outcome: Outcome) -> None:
        """An address is done with."""


@dataclass(eq=False)
class _Crew:
    line: Line
    folder: Folder
    watch: Watch
    todo: queue.SimpleQueue[Item] = field(default_factory=queue.SimpleQueue)
    done: queue.SimpleQueue[tuple[Item, _Result]] = field(default_factory=queue.SimpleQueue)
    stop: Event = field(default_factory=Event)
    unreachable: dict[str, Unreachable] = field(default_factory=dict)
    threads: list[Thread] = field(default_factory=list)

    def start(self, items: Sequence[Item], workers: int) -> None:
        for item in items:
            self.todo.put(item)
        # Daemons: a thread that waits for a silent server must not keep the program from ending.
        self.threads = [Thread(target=self._work, daemon=True) for _ in range(min(workers, len(items)))]
        for thread in self.threads:
            thread.start()

    def next_done(self) -> tuple[Item, _Result] | None:
        """What is done next, or None if nobody is at work any more. Wakes up to hear Ctrl-C."""
        while True:
            is_working = any(thread.is_alive() for thread in self.threads)
            try:
                return self.done.get(timeout=_WAKE_SECONDS)
            except queue.Empty:
                if not is_working:
                    return None

    def leave(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(_END_SECONDS)

    def _work(self) -> None:
        while not self.stop.is_set():
            try:
                item = self.todo.get_nowait()
            except queue.Empty:
                return
            self._bring(item)

    def _bring(self, item: Item) -> None:
        result: _Result = _LOST
        try:
            result = self._fetch(item)
        except (Refused, OSError) as problem:
            result = problem
        except Stopped:
            return
        finally:
            if not self.stop.is_set():
                self.done.put((item, result))

    def _fetch(self, item: Item) -> Download | None:
        host = urlsplit(item.url).netloc
        if host in self.unreachable:
            raise self.unreachable[host]
        part = Part(self.folder.part_of(item.address, item.url))
        try:
            return download(self.line, Order(item.url, part, _known(item), self._teller(item), self.stop))
        except Unreachable as problem:
            self.unreachable[problem.host] = problem
            raise

    def _teller(self, item: Item) -> Callable[[int, int | None], None]:
        return lambda size, total: self.watch.advanced(item, size, total)


def fetch(
    items: Sequence[Item],
    folder: Folder,
    manifest: Manifest,
    watch: Watch,
    clock: Callable[[], datetime],
    patience: Patience = Patience(),  # noqa: B008 - frozen
    workers: int = 4,
    again: bool = False,
) -> tuple[Outcome, ...]:
    """Fetch what is missing, and with `again` ask whether the rest is still as published.

    The folder must be held by `lock`. The manifest is written after each file. One that fails does not
    stop the others.

    Raises
    ------
    KeyboardInterrupt
        If the reader asks to stop. What has arrived in part is kept.
    """
    _clear_leftovers(folder)
    book = _Book(folder, manifest, clock)
    ended = {item.address: Outcome(item, "here", item.fetched) for item in items if item.is_here and not again}
    ended |= {item.address: book.unpack(item) for item in items if item.state == "closed" and find_opener()}
    todo = [item for item in items if item.address not in ended]
    crew = _Crew(open_line(patience, workers), folder, watch)
    crew.start(todo, workers)
    try:
        while len(ended) < len(items) and (arrived := crew.next_done()) is not None:
            outcome = book.enter(*arrived)
            ended[outcome.item.address] = outcome
            watch.ended(outcome)
    finally:
        crew.leave()
    return tuple(ended.get(item.address) or _failed(item, _LOST) for item in items)


@dataclass(eq=False)
class _Book:
    folder: Folder
    manifest: Manifest
    clock: Callable[[], datetime]

    def enter(self, item: Item, result: _Result) -> Outcome:
        """Put what has arrived in its place, and write down that it is there."""
        if isinstance(result, Refused | OSError):
            return _failed(item, result)
        part = Part(self.folder.part_of(item.address, item.url))
        try:
            placed = self._place(item, result)
            part.discard()
            return self._write(item, placed)
        except Refused as problem:
            part.discard()
            return _failed(item, problem)
        except OSError as problem:
            return _failed(item, problem)

    def unpack(self, item: Item) -> Outcome:
        """Open an archive that was kept closed, now that a program for it is there."""
        fetched = item.fetched
        assert fetched is not None, item
        part = Part(self.folder.part_of(item.address, item.url))
        version = Version(fetched.final_address, fetched.etag, fetched.last_modified, fetched.bytes)
        part.begin(version)
        shutil.copyfile(self.folder.below(f"{fetched.folder}/{fetched.published_file}"), part.path)
        return self.enter(item, Download(part.path, version))

    def _place(self, item: Item, arrived: Download | None) -> Placed:
        if arrived is None:
            return confirm(item, self.manifest, self._now())
        return place(item, arrived, self.folder, self.manifest, self._now())

    def _write(self, item: Item, placed: Placed) -> Outcome:
        self.manifest = placed.manifest
        write_manifest(self.manifest, self.folder.manifest)
        if not placed.is_new:
            return Outcome(item, "unchanged", placed.fetched)
        is_same = item.fetched is not None and item.fetched.sha256 == placed.fetched.sha256
        what = "fetched" if item.fetched is None or (is_same and item.state != "closed") else "replaced"
        return Outcome(item, "unpacked" if is_same and item.state == "closed" else what, placed.fetched)

    def _now(self) -> str:
        return self.clock().strftime("%Y-%m-%dT%H:%M:%SZ")


def _known(item: Item) -> dict[str, str]:
    fetched = item.fetched
    if fetched is None or not item.is_here or fetched.asked_address != item.url:
        return {}
    marks = {"If-None-Match": fetched.etag, "If-Modified-Since": fetched.last_modified}
    return {name: mark for name, mark in marks.items() if mark}


def _failed(item: Item, problem: Refused | OSError) -> Outcome:
    if isinstance(problem, Refused):
        what, advice = problem.what, problem.advice
    else:
        what = f"it could not be written ({problem.strerror or problem})"
        advice = f"Make room, or choose another folder with --to. {RUN_AGAIN}"
    address = item.address
    failure = Failure(address.kind, address.period, item.url, what, advice)
    return Outcome(item, "failed", item.fetched, failure)


def _clear_leftovers(folder: Folder) -> None:
    for left in folder.parts.glob(f"{WORKPLACE}*"):
        if Path(left).is_dir():
            shutil.rmtree(left, ignore_errors=True)
