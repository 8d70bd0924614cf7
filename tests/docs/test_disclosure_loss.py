"""What the manual says is lost to disclosure is of the form that a small run of the same code gives."""

import numpy as np
import pytest
from measure_disclosure import BEGIN, END, LEVELS, PAGE, POLICIES, REFERRALS, SEED, let_out, write_loss


@pytest.fixture(scope="module")
def small():
    return let_out(200, SEED)


def cells(text):
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]


def test_the_page_has_the_tables_of_the_code(small):
    page = PAGE.read_text()
    assert (page.count(BEGIN), page.count(END)) == (1, 1)
    held, again = page.partition(BEGIN)[2].partition(END)[0], write_loss(small, REFERRALS, SEED)
    assert held.partition("|")[0] == again.partition("|")[0]
    assert [line[:1] for line in cells(held)] == [line[:1] for line in cells(again)]
    assert "nan" not in held + again


def test_exact_counts_lose_nothing(small):
    assert next(line for line in cells(write_loss(small, 200, SEED)) if line[0] == "`nhs-england`")[2:] == [
        "100 %",
        "0.0",
        "100 %",
        "0.0",
    ]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("policy", [one.id for one in POLICIES])
def test_every_exact_count_lies_within_what_is_shown_beside_it(small, policy, level):
    """So rows that were let out stand beside the exact ones of the same figure."""
    counts = small[policy, level]
    has_ends = ~np.isnan(counts.low)
    assert has_ends.any()
    assert ((counts.low <= counts.exact) & (counts.exact <= counts.high))[has_ends].all()
