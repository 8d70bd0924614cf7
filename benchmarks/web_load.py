"""An open-loop load: requests begin at their times whatever the server does, and each is timed from when it should have begun."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass, field
from datetime import date
from math import ceil

from web.visits import Visitor, score_form

LONGEST = 30.0


@dataclass
class Taken:
    """What came of the requests of one kind: seconds of each that was answered as it should be, and what failed."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def share(self, part: float) -> float:
        """The milliseconds within which that part of them was answered."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, ceil(part * len(ordered)) - 1)] if ordered else float("nan")


@dataclass(frozen=True)
class Asked:
    """One request that is to be made, and the status that its answer should have."""

    kind: str
    at: float
    visitor: Visitor
    method: str
    path: str
    status: int
    body: str = ""
    entry: uuid.UUID | None = None


def plan(visitors: list[Visitor], seconds: float, pages: float, saves: float, today: date) -> list[Asked]:
    """Pages and saves at constant rates, over all visitors and their clients in turn. Every third page is a caseload."""
    asked = [_page(visitors, number, number / pages) for number in range(int(seconds * pages))]
    asked += [_save(visitors, number, number / saves, today) for number in range(int(seconds * saves))]
    return sorted(asked, key=lambda one: one.at)


def _page(visitors: list[Visitor], number: int, at: float) -> Asked:
    visitor = visitors[number % len(visitors)]
    if number % 3 == 0:
        return Asked("caseload", at, visitor, "GET", "/", 200)
    client = visitor.clients[(number // len(visitors)) % len(visitor.clients)]
    return Asked("client", at, visitor, "GET", f"/clients/{client}/", 200)


def _save(visitors: list[Visitor], number: int, at: float, today: date) -> Asked:
    visitor = visitors[number % len(visitors)]
    client = visitor.clients[(number // len(visitors)) % len(visitor.clients)]
    entry = uuid.UUID(int=number + 1)
    answers = [(number + item) % 4 for item in range(8)] + [0]
    body = score_form(entry, today, answers)
    return Asked("save", at, visitor, "POST", f"/clients/{client}/scores/add", 302, body, entry)


async def run(host: str, port: int, asked: list[Asked]) -> tuple[dict[str, Taken], list[uuid.UUID]]:
    """Make the requests, and give what came of each kind, and the entries that were acknowledged."""
    taken: dict[str, Taken] = {kind: Taken() for kind in ("caseload", "client", "save")}
    acknowledged: list[uuid.UUID] = []
    began = time.perf_counter()
    tasks = []
    for one in asked:
        await asyncio.sleep(max(0.0, began + one.at - time.perf_counter()))
        tasks.append(asyncio.create_task(_ask(host, port, one, began + one.at, taken[one.kind], acknowledged)))
    await asyncio.gather(*tasks)
    return taken, acknowledged


async def _ask(host: str, port: int, one: Asked, due: float, taken: Taken, acknowledged: list[uuid.UUID]) -> None:
    try:
        status = await asyncio.wait_for(_answer(host, port, one), LONGEST)
    except (TimeoutError, OSError, ValueError) as problem:
        taken.failed.append(type(problem).__name__)
        return
    if status != one.status:
        taken.failed.append(str(status))
        return
    taken.seconds.append(time.perf_counter() - due)
    if one.entry:
        acknowledged.append(one.entry)


async def _answer(host: str, port: int, one: Asked) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    headers = {
        **one.visitor.headers,
        "Host": f"{host}:{port}",
        "Content-Length": str(len(one.body)),
        "Connection": "close",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"{one.method} {one.path} HTTP/1.1\r\n{lines}\r\n{one.body}".encode())
    try:
        answer = await reader.read()
        return int(answer[9:12])
    finally:
        writer.close()
