"""A record in a PostgreSQL database: each schema that holds a header is a place."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qs, urlsplit

from caseness import engine
from caseness.errors import UnreadableRecord
from caseness.read.delimited import open_text
from caseness.read.naming import natural_order, table_named
from caseness.read.pieces import Ignored, OpenTable, Place, TableSource
from caseness.read.places import Found
from caseness.record import ROW_ID, SUBMISSION

_SCHEMES = ("postgresql", "postgres")


def is_address(source: object) -> bool:
    """Whether a source is the address of a database and no path.

    Raises
    ------
    UnreadableRecord
        If it is the address of something else.

    Examples
    --------
    >>> is_address("postgresql://localhost/clinic"), is_address("folder/of/files")
    (True, False)
    """
    scheme, separator, _ = str(source).partition("://")
    if not separator:
        return False
    if scheme not in _SCHEMES:
        raise UnreadableRecord(
            f"An address that begins with {scheme[:20]}:// cannot be read. Nothing was opened. Give a path, or an address such as "
            "postgresql://user@host/database."
        )
    return True


def schema_in(address: str) -> str | None:
    """The schema that an address names after `?schema=`, or None.

    >>> schema_in("postgresql://localhost/clinic?schema=april")
    'april'
    """
    return next(iter(parse_qs(urlsplit(address).query).get("schema", [])), None)


def find_schemas(address: str) -> Found:
    """The schemas of a database that hold tables of a record, or the one that the address names.

    Raises
    ------
    UnreadableRecord
        If the database cannot be reached, or holds no table of a record.
    MissingProgram
        If the extra `postgres` is not installed.
    """
    asked, where = schema_in(address), engine.database_name(address)
    places, ignored = [], []
    for schema, names in engine.tables_in(address).items():
        if asked is not None and schema != asked:
            continue
        known = [(table_named(name), name) for name in sorted(names, key=natural_order)]
        place = f"{where}/{schema}"
        tables = tuple(_source(address, schema, name, table_id, place) for table_id, name in known if table_id)
        places += [Place(place, tables)] if tables else []
        ignored += [
            Ignored(f"{place}: {name[:80]}", "no table of the record has this name") for key, name in known if not key
        ]
    if not places:
        raise UnreadableRecord(
            f"The database {where} holds no table of a record{f' in the schema {asked!r}' if asked else ''}. Nothing was read. "
            "Name its tables as the data set does, such as IDS101Referral."
        )
    return Found(tuple(places), tuple(ignored))


def _source(address: str, schema: str, name: str, table_id: str, place: str) -> TableSource:
    where = f"{place}: {name}"
    return TableSource(table_id, where, partial(_open, address, schema, name, table_id, where))


def _open(address: str, schema: str, name: str, table_id: str, where: str) -> OpenTable:
    return open_text(partial(engine.copy_out, address, schema, name, (SUBMISSION, ROW_ID)), table_id, where)
