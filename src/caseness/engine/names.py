"""How an engine is named where one is asked for."""

from __future__ import annotations

import re

from caseness.errors import UnknownName

DUCKDB, SPARK = "duckdb", "spark"
_MASTER = re.compile(r"spark://(?P<host>[A-Za-z0-9_.-]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})/?")
_HIGHEST_PORT = 65535


def read_engine(text: str) -> str:
    """The engine that was asked for: `duckdb`, `spark` on this machine, or the address of a Spark master.

    Raises
    ------
    UnknownName
        If there is no such engine, or the address lacks its host or its port.

    Examples
    --------
    >>> read_engine("spark"), read_engine("spark://10.0.0.1:7077/")
    ('spark', 'spark://10.0.0.1:7077')
    """
    if text in (DUCKDB, SPARK):
        return text
    given = _MASTER.fullmatch(text)
    if given is None or not 0 < int(given["port"]) <= _HIGHEST_PORT:
        raise UnknownName(
            "engine", text, (DUCKDB, SPARK), "An engine is duckdb, spark, or spark://host:port. Nothing was run."
        )
    return text.rstrip("/")


def host_and_port(master: str) -> tuple[str, int]:
    """Where a Spark master listens.

    >>> host_and_port("spark://127.0.0.1:7077")
    ('127.0.0.1', 7077)
    """
    given = _MASTER.fullmatch(master)
    assert given is not None, f"Unhandled {master!r}: no address of a master"
    return given["host"].strip("[]"), int(given["port"])
