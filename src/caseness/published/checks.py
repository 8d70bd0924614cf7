"""Check a file that was read as text, before any figure is taken from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from caseness.errors import UnreadableInput
from caseness.periods import Period
from caseness.published.labels import labels
from caseness.published.layouts import Layout
from caseness.published.names import all_figures, source_names

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_SHOWN = 3


def check_printed(printed: pa.Table, columns: Sequence[str], first_line: int, name: str) -> None:
    """Refuse a file in which a figure's cell holds neither a number nor a declared sign.

    Raises
    ------
    UnreadableInput
        For a thousands separator, a per cent sign, an error of a spreadsheet, or any other
        text: each could be read as a wrong number.
    """
    signs = labels("sign")
    for column in columns:
        texts = [
            text for text in printed[column].unique().to_pylist() if not _NUMBER.fullmatch(text) and text not in signs
        ]
        if texts:
            where = pc.is_in(printed[column], pa.array(texts, pa.string())).to_pylist()
            raise UnreadableInput(
                f"{name}: {sum(where):,} cells of {column} hold neither a number nor a sign, first {texts[0]!r} "
                f"on line {first_line + where.index(True)}. No figure is taken from the file. "
                f"Numbers are written plainly (1234.5); signs are {', '.join(repr(sign) for sign in signs if sign)}."
            )


def check_columns_of_year(columns: Sequence[str], layout: Layout, year: Period, name: str) -> None:
    """Refuse an annual file whose columns were not printed in the year that its name gives.

    Raises
    ------
    UnreadableInput
        If the name is likely to give the wrong year.
    """
    printed = [one for one in source_names(layout.names) if one.source_name in columns]
    wrong = [one.source_name for one in printed if not one.first <= year.label <= (one.last or year.label)]
    if wrong:
        raise UnreadableInput(
            f"{name}: its name says {year.label}, but {len(wrong)} of its columns were not printed in that year "
            f"({', '.join(wrong[:_SHOWN])}). No figure is taken from it, since it could land in the wrong year. "
            "Put the right year in its name."
        )


# A file that was cut at the end of a line reads well. It shows in what is missing.
def note_missing(cells: pa.Table, printed: pa.Table, layout: Layout, name: str) -> list[str]:
    """Say what a whole release would hold and this file does not."""
    england = cells.filter(pc.equal(cells["level"], "england"))
    if england.num_rows == 0:
        return [f"{name}: England is not in it. The file may be cut short, or be an extract."]
    if layout.id != "monthly":
        return []
    return [
        *_note_few_figures(england, name),
        *_note_last_organisation(printed, name),
        *_note_other_months(cells, name),
    ]


def _note_few_figures(england: pa.Table, name: str) -> list[str]:
    found = len(england["figure_id"].unique())
    usual = sum(1 for figure_id in all_figures() if figure_id.startswith("M"))
    if found >= usual / 2:
        return []
    return [
        f"{name}: it prints {found} figures of England, and a whole month about {usual}. "
        "The file may be cut short, or be an extract."
    ]


def _note_last_organisation(printed: pa.Table, name: str) -> list[str]:
    key = ["group_type", "org_code1", "org_code2"]
    counts = {tuple(row[part] for part in key): row["measure_id_count"] for row in _count_rows(printed, key)}
    last = tuple(printed[part][-1].as_py() for part in key)
    most = max(count for place, count in counts.items() if place[0] == last[0])
    if counts[last] >= most:
        return []
    return [
        f"{name}: the last organisation in it ({' / '.join(last)}) has {counts[last]} figures and others have {most}. "
        "The file may be cut short: organisations that follow may be missing."
    ]


def _count_rows(printed: pa.Table, key: list[str]) -> list[dict]:
    return printed.group_by(key).aggregate([("measure_id", "count")]).to_pylist()


def _note_other_months(cells: pa.Table, name: str) -> list[str]:
    months = sorted(cells["period_start"].unique().to_pylist())
    if len(months) == 1:
        return []
    return [
        f"{name}: a monthly file covers one month, and this one {len(months)} ({months[0]:%Y-%m} to {months[-1]:%Y-%m})."
    ]
