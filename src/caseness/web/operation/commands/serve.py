"""Serve the pages."""

import os
import sys
import tempfile

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from caseness.web.environment import read_bind
from caseness.web.operation.listening import require_free
from caseness.web.operation.readiness import require_ready


@click.command("serve")
@click.option("--bind", metavar="ADDRESS", help="Address and port, or unix:PATH. Instead of CASENESS_WEB_BIND.")
def command(bind: str | None) -> None:
    """Serve the pages until it is told to stop.

    It refuses to start on a database that lacks a migration, and at an address that another program is using. On SIGTERM pages that were begun are finished.
    """
    where = read_bind(bind) if bind else settings.ENVIRONMENT.bind
    require_free(where)
    require_ready()
    connection.close()
    collect_static()
    click.echo(f"Serving {where}. Stop it with Ctrl+C or SIGTERM.")
    # The server takes the place of this process: it begins without a connection or thread of ours, and gets its signals.
    counts = tempfile.mkdtemp(prefix="caseness-metrics-")
    given = {**os.environ, "CASENESS_WEB_BIND": where, "PROMETHEUS_MULTIPROC_DIR": counts}
    os.execve(sys.executable, [sys.executable, "-m", "gunicorn", "--config", _CONFIGURATION, _PAGES], given)


_CONFIGURATION = "python:caseness.web.operation.serving"
_PAGES = "caseness.web.wsgi"


def collect_static() -> None:
    """Copy stylesheets and scripts to where they are served from, under names that change with their content."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
