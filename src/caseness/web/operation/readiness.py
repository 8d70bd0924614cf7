"""Whether the database is as this version needs it."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from caseness.errors import NotReady
from caseness.web.accounts.factor_secrets import count_unsafe
from caseness.web.services.models import Service


def missing_migrations() -> list[str]:
    """The migrations that this version has and the database lacks, such as `events.0002_only_added`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def has_cache_table() -> bool:
    """The table in which failed sign-ins are counted is there."""
    return settings.CACHES["default"]["LOCATION"] in connection.introspection.table_names()


def made_up_services() -> int:
    """How many services of the database are made up."""
    return Service.objects.filter(is_made_up=True).count()


def require_ready() -> None:
    """Refuse to run on a database that this version does not fit.

    Raises
    ------
    NotReady
        If it cannot be reached, lacks a migration or the cache table, or holds made-up people in production.
    """
    settings.ENVIRONMENT.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        missing = missing_migrations()
        is_bare = bool(missing) or not has_cache_table()
    except DatabaseError as problem:
        raise NotReady(
            "The database cannot be reached, so nothing was started. Look whether it runs, and at CASENESS_WEB_DATABASE_URL."
        ) from problem
    if is_bare:
        raise NotReady(
            f"The database lacks {len(missing)} migrations of this version, so nothing was started. "
            "Write a backup if it holds rows, then run: caseness-web migrate"
        )
    if settings.IS_PRODUCTION and (many := count_unsafe()):
        raise NotReady(
            f"{many} second factors are in clear, or none of CASENESS_WEB_FACTOR_KEYS opens them, so nothing was started. "
            "Add the key by which they were encrypted, and run: caseness-web rekey"
        )
    if settings.IS_PRODUCTION and made_up_services():
        raise NotReady(
            "The database holds a made-up service, so nothing was started in production. Use an empty database, "
            "or set CASENESS_WEB_MODE=demonstration."
        )
