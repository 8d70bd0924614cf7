"""The practice application under load: pages and saved scores at constant rates, on PostgreSQL and on SQLite.

The generator runs on the same machine as the server. Sessions are made beforehand, so that signing in is not measured.
Afterwards the database says whether anything that was acknowledged is lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import uuid
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

from web_load import Taken, plan, run  # noqa: E402

from databases.server import Server, find_programs  # noqa: E402
from web.server import DATABASE, Served  # noqa: E402
from web.visits import entry_of_row, read_visitors, today  # noqa: E402

PAGES, SAVES = 30.0, 10.0
# What is promised: 95 of 100 within this, at these rates.
LIMIT = 300
SEED = """
import json, sys
import django; django.setup()
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from caseness.web.caseload.models import Referral
from web_made_up import fill
from web.visits import make_session
call_command("migrate", verbosity=0); call_command("createcachetable")
now = timezone.now()
with transaction.atomic():
    people = fill(int(sys.argv[1]), int(sys.argv[2]), timezone.localdate(), now)
seen = [{"session": make_session(one, now.timestamp()), "clients": [str(key) for key in Referral.objects.filter(
    therapist__user=one, ended__isnull=True).values_list("key", flat=True)]} for one in people]
print(json.dumps(seen))
"""
COUNT = """
import json
import django; django.setup()
from caseness.web.caseload.models import Score
from caseness.web.events.models import Event
print(json.dumps({"entries": [str(one) for one in Score.objects.filter(entered_by__isnull=False).values_list("entry", flat=True)],
    "events": Event.objects.filter(kind="added", what="score").count()}))
"""


class Loaded(Served):
    """A server with a service of the size that is asked for."""

    def __init__(self, folder: Path, size: tuple[int, int], **environment: str):
        super().__init__(folder, CASENESS_WEB_MODE="demonstration", CASENESS_WEB_IDLE_MINUTES="60", **environment)
        self.environment["DJANGO_SETTINGS_MODULE"] = "caseness.web.settings"
        self.environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "tests"), str(ROOT / "benchmarks")])
        self.size = size

    def __enter__(self):
        began = time.perf_counter()
        self.visitors = read_visitors(self.run("-c", SEED, *map(str, self.size)))
        print(f"Seeded {self.size[0]:,} referrals and {self.size[1]:,} scores in {time.perf_counter() - began:.0f} s")
        self.start()
        return self


def main() -> int:
    """Measure each database that is asked for. 0 where every promise held."""
    asked = _arguments()
    outcomes = [_measure(name, asked) for name in asked.database]
    return 0 if all(outcomes) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300, help="how long (300)")
    parser.add_argument(
        "--rate", type=float, default=1, help=f"times {PAGES:g} pages and {SAVES:g} saved scores a second (1)"
    )
    parser.add_argument("--referrals", type=int, default=20_000)
    parser.add_argument("--scores", type=int, default=300_000)
    parser.add_argument("--processes", type=int, default=2, help="processes of the server (2)")
    parser.add_argument("--database", nargs="+", choices=("postgresql", "sqlite"), default=["postgresql", "sqlite"])
    return parser.parse_args()


def _measure(name: str, asked: argparse.Namespace) -> bool:
    print(f"\n{name}, made-up people")
    programs = find_programs()
    database = Server(programs, is_safe=True) if name == "postgresql" and programs else nullcontext("")
    with database as address, tempfile.TemporaryDirectory() as folder:
        more = {"CASENESS_WEB_PROCESSES": str(asked.processes), **({DATABASE: address} if address else {})}
        with Loaded(Path(folder), (asked.referrals, asked.scores), **more) as server:
            return _load(server, asked)


def _load(server: Loaded, asked: argparse.Namespace) -> bool:
    host, port = server.address.removeprefix("http://").split(":")
    requests = plan(server.visitors, asked.seconds, PAGES * asked.rate, SAVES * asked.rate, today())
    taken, acknowledged = asyncio.run(run(host, int(port), requests))
    for kind, one in taken.items():
        _tell(kind, one)
    everything = Taken(
        [each for one in taken.values() for each in one.seconds],
        [each for one in taken.values() for each in one.failed],
    )
    _tell("all", everything)
    return _nothing_lost(server, acknowledged) and everything.share(0.95) < LIMIT and not everything.failed


def _tell(kind: str, one: Taken) -> None:
    shares = "  ".join(f"p{round(100 * part)} {one.share(part):6.0f} ms" for part in (0.5, 0.95, 0.99))
    failed = {each: one.failed.count(each) for each in sorted(set(one.failed))}
    print(f"  {kind:9} {len(one.seconds):6} answered  {shares}  failed {failed or 0}")


def _nothing_lost(server: Loaded, acknowledged: list[uuid.UUID]) -> bool:
    found = json.loads(server.run("-c", COUNT))
    rows = set(found["entries"])
    lost = {str(entry_of_row(one)) for one in acknowledged} - rows
    doubled = len(found["entries"]) - len(rows)
    print(
        f"  {len(acknowledged)} scores acknowledged, {len(lost)} lost, {doubled} doubled, {found['events']} events of {len(rows)} rows"
    )
    return not lost and not doubled and found["events"] == len(rows)


if __name__ == "__main__":
    sys.exit(main())
