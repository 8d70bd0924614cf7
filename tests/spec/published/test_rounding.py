"""What a printed cell stands for"""

import ibis
import pytest

from caseness import engine
from caseness.published.rounding import with_interval

BELOW_ENGLAND = """
statistic  | printed | low   | high  | reason
count      | *       | 0     | 4     | suppressed
count      | 0       | 0     | 2     |
count      | 5       | 5     | 7     |
count      | 10      | 8     | 12    |
count      | 1815    | 1813  | 1817  |
count      | NULL    |       |       | no_data
percentage | *       | 0     | 100   | suppressed
percentage | 0       | 0     | 0.5   |
percentage | 50      | 49.5  | 50.5  |
percentage | 100     | 99.5  | 100   |
percentage | NULL    |       |       | no_data
mean       | 8.1     | 8.05  | 8.15  |
mean       | *       |       |       | suppressed
mean       | 0.0     | -0.05 | 0.05  |
median     | 12.5    | 12.5  | 12.5  |
max        | 60      | 60    | 60    |
sum        | 1200    |       |       |
sd         | 5.2     | 5.15  | 5.25  |
"""
ENGLAND = """
statistic  | printed | low     | high    | reason
count      | 0       | 0       | 0       |
count      | 5       | 5       | 5       |
count      | 665229  | 665229  | 665229  |
percentage | 50.2    | 50.15   | 50.25   |
percentage | 100     | 99.95   | 100     |
percentage | 0       | 0       | 0.05    |
mean       | 23.8    | 23.75   | 23.85   |
sum        | 1200    | 1200    | 1200    |
count      | NULL    |         |         | no_data
"""


def rows(table):
    header, *lines = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]


def read(statistic, printed, level):
    is_sign = printed in ("*", "NULL")
    cell = {
        "statistic": statistic,
        "level": level,
        "value": None if is_sign else float(printed),
        "mark": printed if is_sign else None,
    }
    cells = ibis.memtable(
        [cell], schema={"statistic": "string", "level": "string", "value": "float64", "mark": "string"}
    )
    return engine.fetch(with_interval(cells)).to_pylist()[0]


def expect(row, level):
    read_as = read(row["statistic"], row["printed"], level)
    ends = tuple(float(row[end]) if row[end] else None for end in ("low", "high"))
    assert (read_as["low"], read_as["high"]) == pytest.approx(ends)
    assert read_as["reason"] == (row["reason"] or None)


@pytest.mark.parametrize("row", rows(BELOW_ENGLAND), ids=lambda row: f"{row['statistic']} {row['printed']}")
@pytest.mark.parametrize("level", ["provider", "region", "sub-icb-provider"])
def test_below_england_counts_are_rounded_and_starred(row, level):
    "Counts are rounded to 5, values under 5 starred, percentages whole numbers worked out before rounding."
    expect(row, level)


@pytest.mark.parametrize("row", rows(ENGLAND), ids=lambda row: f"{row['statistic']} {row['printed']}")
def test_england_is_printed_exactly(row):
    "Counts to the unit, percentages and means to one decimal."
    expect(row, "england")
