"""Whether the database is as this version needs it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from caseness.errors import NotReady
from caseness.web.accounts.factor_secrets import count_unsafe
from caseness.web.services.models import Service

Key = tuple[str, str]


def missing_migrations() -> list[str]:
    """The migrations that this version has and the database lacks, such as `events.0002_only_added`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def lacks_migrations() -> bool:
    """The database lacks some migration of this version: the same as `missing_migrations`, at the cost of reading one small table.

    Which migrations a version has stays the same while it runs. Which of them the database has is asked each time.
    """
    applied = MigrationRecorder(connections[DEFAULT_DB_ALIAS]).applied_migrations()
    return not all(key in applied or _is_replaced(replaced, applied) for key, replaced in _migrations_of_version())


@lru_cache(maxsize=1)
def _migrations_of_version() -> tuple[tuple[Key, tuple[Key, ...]], ...]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return tuple((key, tuple(loader.get_migration(*key).replaces)) for key in loader.graph.nodes)


# One that stands for several was done where each of them was.
def _is_replaced(replaced: Sequence[Key], applied: Container[Key]) -> bool:
    return bool(replaced) and all(key in applied for key in replaced)


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
