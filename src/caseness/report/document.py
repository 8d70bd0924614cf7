"""audit.json: every number that the report shows, and everything else that the audit found."""

from __future__ import annotations

import json
from typing import Any

from caseness.audit.plain import to_plain
from caseness.audit.run import Audit

# The layout of audit.json. A field that is added raises the second number, one that changes or goes the first.
DOCUMENT_VERSION = "1.3.0"


def document(audit: Audit) -> dict[str, Any]:
    """An audit as plain content, with the version of its layout as `schema_version`."""
    return {"schema_version": DOCUMENT_VERSION, **to_plain(audit)}


def write_document(audit: Audit) -> str:
    """An audit as JSON text, keys in order and one a line, so that the same audit is the same text, and two can be compared."""
    # Without indents the encoder is the fast one: a national audit has 160,000 parts.
    plain = document(audit)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",\n", ": "), allow_nan=False) + "\n"


def resolve(content: Any, pointer: str) -> Any:
    """What stands at a JSON pointer.

    >>> resolve({"ledgers": [{"months": 12}]}, "/ledgers/0/months")
    12
    """
    for name in pointer.split("/")[1:]:
        content = content[int(name)] if isinstance(content, list) else content[name]
    return content
