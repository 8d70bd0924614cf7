"""Deciles of deprivation by postcode, from a file that the user has: no record holds them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from caseness.derive.attributes import DECILE_SCHEMA
from caseness.errors import UnreadableInput

COLUMNS = ("Postcode", "IndicesOfDeprivationDecile")
_DECILES = range(1, 11)


def read_deciles(path: Path) -> pa.Table:
    """The decile of each postcode, from a CSV file with the columns Postcode and IndicesOfDeprivationDecile.

    1 is the most deprived tenth, as the Office for National Statistics has it. Other columns are passed over, and so is a
    postcode without a decile.

    Raises
    ------
    UnreadableInput
        If it is no such file, a decile is none of 1 to 10, or a postcode has two.
    """
    try:
        table = pacsv.read_csv(path, convert_options=pacsv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=True))  # fmt: skip
    except (OSError, pa.ArrowInvalid) as problem:
        raise UnreadableInput(f"{path} cannot be read as a CSV file of deciles. Nothing was computed.") from problem
    if not set(COLUMNS) <= set(table.column_names):
        raise UnreadableInput(
            f"{path} needs the columns {' and '.join(COLUMNS)}, and a row for each postcode. Nothing was computed."
        )
    told = table.select(COLUMNS).drop_null()
    plain = pc.utf8_upper(pc.replace_substring(told[COLUMNS[0]], " ", ""))  # type: ignore[attr-defined]
    return _once(pa.table([plain, _numbers(told[COLUMNS[1]], path)], schema=DECILE_SCHEMA), path)


def _numbers(texts: pa.ChunkedArray, path: Path) -> pa.ChunkedArray:
    known = pa.array([str(decile) for decile in _DECILES])
    wrong = texts.filter(pc.invert(pc.is_in(texts, known)))  # type: ignore[attr-defined]
    if len(wrong):
        raise UnreadableInput(
            f"{path} holds {len(wrong):,} deciles that are none of 1 to 10, such as {wrong[0].as_py()!r}. Nothing was "
            "computed. 1 is the most deprived tenth. Leave the cell empty where it is not known."
        )
    return texts.cast(pa.int32())


def _once(table: pa.Table, path: Path) -> pa.Table:
    pairs = table.group_by(DECILE_SCHEMA.names).aggregate([]).select(DECILE_SCHEMA.names)
    twice = len(pairs) - len(pc.unique(pairs[DECILE_SCHEMA.names[0]]))  # type: ignore[attr-defined]
    if twice:
        raise UnreadableInput(
            f"{path} gives {twice:,} postcodes two deciles. Nothing was computed. Keep one row for each postcode."
        )
    return pairs.cast(DECILE_SCHEMA)
