"""Logs: one JSON object a line, that names nobody.

What may be told is a list. Of a message of another package only the fixed text is kept, never what was put into it:
a path holds the key of a client, and the text of a database error holds a row.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import structlog

OURS = "caseness.web"
TOLD = frozenset(
    {"event", "method", "route", "status", "milliseconds", "request", "reader", "round", "count", "signal", "seconds"}
)


def tell_error(error: BaseException) -> dict[str, Any]:
    """The kind of an error and where it came up: no text of it, and no local variable.

    >>> tell_error(ValueError("Jane Doe"))
    {'error': 'builtins.ValueError', 'frames': []}
    """
    kind = type(error)
    frames = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    return {"error": f"{kind.__module__}.{kind.__qualname__}", "frames": frames}


def keep_what_may_be_told(logger: Any, name: str, found: Any) -> dict[str, Any]:
    """The last step before a line is written: what is not on the list is left out."""
    record: logging.LogRecord = found.pop("_record")
    is_ours = found.pop("_from_structlog")
    filled = found.pop("positional_args", ())
    told = (
        {key: value for key, value in found.items() if key in TOLD}
        if is_ours
        else {"event": _fixed_text(record, filled)}
    )
    told |= {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
    }
    error = _error_of(found.get("exc_info"))
    return told | (tell_error(error) if error else {})


def _error_of(given: Any) -> BaseException | None:
    return (given if isinstance(given, tuple) else sys.exc_info())[1] if given else None


# A text without places to fill may have been filled already, so it is told only where nothing was.
def _fixed_text(record: logging.LogRecord, filled: tuple) -> str:
    return str(record.msg) if filled else f"{record.filename}:{record.lineno}"


LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [keep_what_may_be_told, structlog.processors.JSONRenderer()],
            "use_get_message": False,
            "pass_foreign_args": True,
        }
    },
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}


def set_up_logs(declared: dict[str, Any]) -> None:
    """Called by Django with what settings declare of logs. There is nothing: all is here."""
    logging.config.dictConfig(LOGS)
    structlog.configure(
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def log() -> Any:
    """The log of the application."""
    return structlog.get_logger(OURS)
