"""What the worker does of exchange: large imports and exports, and the removal of files that are a day old."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from caseness.web.exchange.models import State, Transfer, Way
from caseness.web.exchange.transfers import IMPORTED, KEPT, look_through, remove_files, write_confirmed, write_export

LOG = logging.getLogger(__name__)
_OPEN = (State.ARRIVED, State.CONFIRMED)
_WHY = "It failed for a reason that is not known."
_FAILED = f"{_WHY} Nothing was written. The log of the server says more."
_NOT_LOOKED = (
    f"{_WHY} The record was imported whole, and not every referral was looked at for signals. Import it again."
)


def do_transfers(now: datetime) -> int:
    """Do the steps that wait, the oldest first. A step that was cut off has written all or nothing, and is done again."""
    done = 0
    for transfer in Transfer.objects.filter(state__in=_OPEN).select_related("service", "by").order_by("asked", "pk"):
        try:
            _do(transfer, now)
        except Exception:
            LOG.exception("a transfer failed")
            told = _NOT_LOOKED if IMPORTED in transfer.told else _FAILED
            Transfer.objects.filter(pk=transfer.pk).update(state=State.FAILED, problem=told, ended=now)
            remove_files(transfer)
        done += 1
    return done


def _do(transfer: Transfer, now: datetime) -> None:
    if transfer.way == Way.OUT:
        write_export(transfer, now)
    elif transfer.state == State.ARRIVED:
        look_through(transfer, now)
    else:
        write_confirmed(transfer, now)


def remove_old_files(now: datetime) -> int:
    """Remove the files of transfers that are a day old, and those of which nothing is known. Gives how many."""
    since = now - KEPT
    waiting = Transfer.objects.filter(asked__lte=since, state=State.CHECKED)
    waiting.update(state=State.DISCARDED, ended=now)
    kept = {one.hex for one in Transfer.objects.filter(asked__gt=since).values_list("key", flat=True)}
    open_ones = {one.hex for one in Transfer.objects.filter(state__in=_OPEN).values_list("key", flat=True)}
    folder: Path = settings.ENVIRONMENT.folder / "exchange"
    gone = [one for one in _below(folder) if one.name not in kept | open_ones and _is_old(one, since)]
    for one in gone:
        shutil.rmtree(one, ignore_errors=True)
    return len(gone)


def _below(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


# A folder of which nothing is known may be that of an upload which is just arriving.
def _is_old(folder: Path, since: datetime) -> bool:
    made = datetime.fromtimestamp(folder.stat().st_mtime, tz=timezone.get_current_timezone())
    is_known = Transfer.objects.filter(key=folder.name).exists() if len(folder.name) == 32 else False
    return is_known or made <= since
