"""Do what time asks for."""

import signal
from threading import Event

import click
from django.utils import timezone

from caseness.web.operation.logs import log
from caseness.web.operation.readiness import require_ready
from caseness.web.operation.worker import EVERY, Rounds, do_round, work


@click.command("worker")
@click.option("--once", is_flag=True, help="Do one round, and end.")
@click.option(
    "--every",
    default=EVERY,
    show_default=True,
    type=click.FloatRange(1),
    metavar="SECONDS",
    help="Time between rounds.",
)
def command(once: bool, every: float) -> None:
    """Do what time asks for, one round a minute: escalate risk alerts, send mails, look for signals that time raises.

    It goes on when the database was away, and ends on SIGTERM after the round that it is in. Two may run: only one does
    a round.
    """
    require_ready()
    if once:
        click.echo(
            "A round was done."
            if do_round(timezone.now(), Rounds())
            else "Another worker is at it: nothing was done here."
        )
        return
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, frame: stop.set())
    log().info("the worker begins", seconds=every)
    work(stop, timezone.now, Rounds(), every)
    log().info("the worker ends")
