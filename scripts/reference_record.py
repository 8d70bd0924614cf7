"""The reference pages of the record: every table with its columns, and every code list with its codes."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.codes import Code, CodeList, code_lists
from caseness.record import TABLES, Column, Table

_TABLES_PAGE = """# Tables of the record

These are the tables that a provider submits, and those of our own that travel with them.
[The record](../explanation/record.md) says how they hang together. `caseness tables` prints the same.

The *item* is the official id of a column, blank where none was read. *Need*: a blank in a *mandatory* column rejects the row
or the file. A *required* one is to be given where it is known. *Optional* is as it says. A *pilot* is empty in practice.
A *month* is written YYYY-MM. The code lists are on [a page of their own](codes.md).

Reading adds two columns in front: `submission`, which submission a row came in, and `row_id`, which row it is.

"""

_CODES_PAGE = """# Code lists

These are the codes that the columns of the [tables](tables.md) may hold. A list bears the name of its column. `caseness codes`
prints the same.

A list is *open* where it names a form: any code of that form is accepted, and those whose meaning is known are listed.
A list that is *not verified* says why. Where a document names a code and none that was read says what it stands for, the
meaning is "meaning not found".

"""

_MATCHES = {"prefix": "begins with it", "leading": "is its first concept", "contains": "contains it"}


def tables_page() -> str:
    """Every table, with its columns."""
    return "".join(_table_parts())


def codes_page() -> str:
    """Every code list, with its codes."""
    return "".join(_code_parts())


def _table_parts() -> Iterator[str]:
    yield _TABLES_PAGE
    contents = ((f"[{code(one.id)}](#{one.id.casefold()})", code(one.name), one.meaning) for one in TABLES)
    yield table(("table", "name", "holds"), contents)
    for one in TABLES:
        yield f"\n## {one.id}\n\n{one.title}. {one.meaning}\n\n{_table_facts(one)}\n\n"
        yield table(("column", "item", "type", "need", "codes", "version", "meaning"), map(_column_row, one.columns))


def _table_facts(one: Table) -> str:
    parents = f" Parent: {names(parent.table for parent in one.parents)}." if one.parents else ""
    return f"Key: {names(one.key)}.{parents} {one.sent} Version {' and '.join(one.versions)}. Source: {one.source}."


def _column_row(one: Column) -> tuple[object, ...]:
    notes = (
        f"Version 2.0 calls it `{one.former_name}`." if one.former_name else "",
        f"At most {one.max_length} characters." if one.max_length else "",
        f"Source: {one.source}." if one.source else "",
    )
    kind = f"{one.type}, {one.unit}" if one.unit else one.type
    codes = f"[{code(one.codes)}](codes.md#{one.codes.casefold()})" if one.codes else ""
    meaning = " ".join(note for note in (one.meaning, *notes) if note)
    return code(one.name), code(one.uid), kind, one.need, codes, ", ".join(one.versions), meaning


def _code_parts() -> Iterator[str]:
    yield _CODES_PAGE
    contents = (
        (f"[{code(one.id)}](#{one.id.casefold()})", one.title, "yes" if one.verified else "no") for one in code_lists()
    )
    yield table(("list", "what it codes", "verified"), contents)
    for one in code_lists():
        yield f"\n## {one.id}\n\n{_list_facts(one)}\n\n"
        if one.codes:
            yield table(("code", "meaning", "group", "version", "note"), map(_code_row, one.codes))


def _list_facts(one: CodeList) -> str:
    facts = (
        f"{one.title}.",
        f"Open: {code(one.pattern)}." if one.pattern else "",
        one.note,
        f"Version 2.0 calls the column {code(one.former_name)}." if one.former_name else "",
        f"Not verified: {one.reason}" if one.reason else "",
        f"Source: {one.source}.",
    )
    return " ".join(fact for fact in facts if fact)


def _code_row(one: Code) -> tuple[object, ...]:
    match = f"also a value that {_MATCHES[one.match]}" if one.match in _MATCHES else ""
    note = "; ".join(each for each in (match, one.scores, one.note) if each)
    return code(one.code), one.meaning, one.group, ", ".join(one.versions), note
