"""Columns that say on every line of a file what it is for, and that nobody in it is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from caseness.cli.show import Table


def marked(table: Table, marks: Mapping[str, str]) -> Table:
    """A table with a column for each mark that says anything.

    A line of a file may be copied without the page that it stood on.

    Examples
    --------
    >>> marked(Table("a", "A", ("Course",), (("1",),)), {"Purpose": "supervision", "Synthetic": ""}).rows
    (('1', 'supervision'),)
    """
    told = {name: says for name, says in marks.items() if says}
    rows = tuple((*row, *told.values()) for row in table.rows)
    return replace(table, columns=(*table.columns, *told), rows=rows)
