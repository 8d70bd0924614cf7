"""Derivations over a small table that is told as text, without a record."""

from datetime import date

import pyarrow as pa

from caseness.derive import DEFAULT
from caseness.derive.derivation import lay_on
from caseness.engine import fetch, load
from derived_records import rows_of

_KINDS = {"date": pa.date32(), "number": pa.float64(), "whole": pa.int64(), "truth": pa.bool_(), "text": pa.string()}


def laid_on(text, derivations, options=DEFAULT, **kinds):
    """What derivations give for each row of a text table: a tuple a row, in order. Columns are text unless `kinds` says."""
    rows = rows_of(text)
    names = list(rows[0])
    columns = {
        name: pa.array([_cell(each[name], kinds.get(name, "text")) for each in rows], _KINDS[kinds.get(name, "text")])
        for name in names
    }
    table = load(pa.table({"place": pa.array(range(len(rows)), pa.int64()), **columns}))
    found = fetch(lay_on(table, derivations, options).order_by("place")).to_pylist()
    return [tuple(each[one.name] for one in derivations) for each in found]


def _cell(text, kind):
    if text == "":
        return None
    return {"date": date.fromisoformat, "number": float, "whole": int, "truth": "yes".__eq__, "text": str}[kind](text)
