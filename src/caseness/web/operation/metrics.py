"""The numbers that a monitor reads, over all processes of the server."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from caseness.web.operation.archive import last_backup
from caseness.web.operation.numbers import alerts_waiting, last_round, messages_unsent, signals_raised

_LOOPBACK = frozenset({"127.0.0.1", "::1"})
UNKNOWN = float("nan")


class Waiting(Collector):
    """What the database and the folder of backups say when they are asked."""

    def collect(self) -> Iterator[Metric]:
        """Each number, with what it means."""
        now = timezone.now()
        backup, rounds = last_backup(settings.ENVIRONMENT.backup_folder), last_round()
        for name, meaning, value in (
            ("caseness_signals_raised", "Signals that were ever raised.", signals_raised()),
            ("caseness_alerts_waiting", "Risk alerts that nobody has acknowledged.", alerts_waiting()),
            ("caseness_messages_unsent", "Mails that wait to be sent.", messages_unsent()),
            ("caseness_backup_age_seconds", "Age of the last backup.", _age(backup[1] if backup else None, now)),
            ("caseness_worker_age_seconds", "Time since the worker's last round.", _age(rounds, now)),
        ):
            yield GaugeMetricFamily(name, meaning, value=value)


def _age(moment: datetime | None, now: datetime) -> float:
    return (now - moment).total_seconds() if moment else UNKNOWN


def written_metrics() -> bytes:
    """All numbers, as a monitor reads them."""
    registry = CollectorRegistry()
    registry.register(Waiting())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)
        return generate_latest(registry)
    return generate_latest(REGISTRY) + generate_latest(registry)


def may_read_metrics(request: HttpRequest) -> bool:
    """With the token of the settings, or without one from the same machine where no proxy stands in front."""
    token = settings.ENVIRONMENT.metrics_token
    if token:
        shown = request.headers.get("Authorization", "")
        return hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())
    return not settings.ENVIRONMENT.is_behind_proxy and request.META.get("REMOTE_ADDR") in _LOOPBACK
