"""What a sum of rounded counts can and cannot show, worked by hand."""

import pytest

from caseness.audit.identities import check
from caseness.periods import Period
from small_records import figures, record_of

MAY = Period.parse("2024-05")


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("M185 60\nM187 30\nM189 10\nM202 100", "cannot be told"),
        ("M185 60\nM187 30\nM189 *\nM202 100", "cannot be told"),
        ("M185 60\nM187 30\nM189 *\nM202 105", "departs"),
    ],
)
def test_improved_unchanged_and_deteriorated_make_all_paired(printed, outcome):
    """Below England 60 is 58 to 62, and a star is 0 to 4.

    The first three make 94 to 106, the next 86 to 98, which can both be the 98 to 102 of a
    printed 100. A printed 105 is 103 at the least: no true counts could give it.
    """
    found = next(one for one in check(record_of(figures(printed, MAY, "RYK"))) if one.id == "outcomes")
    assert {"cannot be told": found.cannot_be_told, "departs": found.depart}[outcome] == 1
