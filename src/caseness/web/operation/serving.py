"""How gunicorn serves: read by it at its start, so the names are its own."""

import os
import shutil
from typing import Any

from prometheus_client import multiprocess

from caseness.web.environment import read_environment
from caseness.web.operation.logs import LOGS
from caseness.web.operation.long_addresses import PoliteWorker

_ENVIRONMENT = read_environment(os.environ)
# Each process of the server counts for itself in files here, and the metrics page adds them up. `serve` makes it.
_COUNTS = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")

_SHARED = "/dev/shm"

bind = _ENVIRONMENT.bind
workers = _ENVIRONMENT.processes
threads = _ENVIRONMENT.threads
worker_class = PoliteWorker
# The longest that is read of an address. What is longer leads on.
limit_request_line = 8190
# Loaded once, before the processes part: they share its memory, and one that dies is replaced at once. No connection is open then.
preload_app = True
# A page that takes longer is given up, and its transaction with it.
timeout = 60
graceful_timeout = _ENVIRONMENT.grace_seconds
keepalive = 5
# Whatever a library may leak of memory, a process gives back.
max_requests = 50_000
max_requests_jitter = 5_000
# Each request is told once, by the application and without identifiers (`operation.logs`).
accesslog = None
# Nothing is asked of it but pages.
control_socket_disable = True
logconfig_dict = LOGS
# The heartbeat of a process never waits for a disk.
worker_tmp_dir = _SHARED if os.path.isdir(_SHARED) else None


def child_exit(server: object, worker: Any) -> None:
    """A process ended: its gauges no longer count."""
    multiprocess.mark_process_dead(worker.pid, _COUNTS)


def on_exit(server: object) -> None:
    """The server ended: its counts go with it."""
    shutil.rmtree(_COUNTS, ignore_errors=True)
