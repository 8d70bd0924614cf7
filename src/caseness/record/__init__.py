"""The tables of the record as declared columns: those that are submitted, and our own that travel with them."""

from caseness.record.model import (
    EXTENSION,
    NEEDS,
    ROW_ID,
    SUBMISSION,
    TYPES,
    Column,
    Reference,
    Table,
)
from caseness.record.tables import TABLES, extension_tables, submission_tables, table

__all__ = [
    "EXTENSION",
    "NEEDS",
    "ROW_ID",
    "SUBMISSION",
    "TABLES",
    "TYPES",
    "Column",
    "Reference",
    "Table",
    "extension_tables",
    "submission_tables",
    "table",
]
