"""The order of rows that are alike in all else: as their submission had them"""

import ibis
import pytest

from caseness.derive.events import tie_of
from caseness.derive.order import row_in_submission
from caseness.engine import fetch
from caseness.read.limits import ROWS_PER_SUBMISSION

# Submissions in which a remainder of 2 to the power of 23, 24 or 30 begins anew after the 512th row.
SUBMISSIONS = [
    next(one for one in range(1, 1 << 22) if one * ROWS_PER_SUBMISSION % (1 << power) == (1 << power) - 512)
    for power in (23, 24, 30)
]


@pytest.mark.parametrize("submission", SUBMISSIONS)
def test_a_later_row_of_a_submission_is_later(submission):
    rows = [submission * ROWS_PER_SUBMISSION + number for number in (1, 511, 512, 513, 100_000)]
    told = ibis.memtable({"row": rows})
    found = fetch(told.select(row="row", place=row_in_submission(told.row), tie=tie_of(told.row, 0)).order_by("row"))
    places, ties = found["place"].to_pylist(), found["tie"].to_pylist()
    assert places == [1, 511, 512, 513, 100_000]
    assert ties == sorted(ties)
