"""Disclosure: published releases pass unchanged, and what was computed passes only under a policy."""

import pytest

from caseness.disclosure import NotReleased, release
from caseness.published import Embedded
from caseness.results import COMPUTED, MONTHLY, Results, Selection


def test_published_figures_pass_unchanged():
    wanted = Selection(figures=("M076",))
    assert release(Embedded()).select(wanted).table.equals(Embedded().select(wanted).table)


def test_a_suppressed_cell_is_never_narrowed():
    starred = Results.from_rows([{"basis": MONTHLY, "low": 0.0, "high": 4.0, "reason": "suppressed"}])
    assert release(starred).select(Selection()).table.equals(starred.table)


def test_a_figure_computed_from_records_is_refused():
    rows = [{"basis": MONTHLY}, {"basis": COMPUTED}]
    with pytest.raises(NotReleased, match="rest on computed"):
        release(Results.from_rows(rows)).select(Selection())


def test_releasing_twice_is_releasing_once():
    once = release(Embedded())
    assert release(once) is once


def test_where_the_figures_come_from_is_passed_on():
    assert release(Embedded()).provenance() == Embedded().provenance()
    assert release(Results.from_rows([])).provenance().sources == ()


def test_a_short_answer_is_remembered_and_a_long_one_is_not():
    short, long = (Results.from_rows([{"basis": MONTHLY}] * rows) for rows in (1, 50_001))
    once = release(short)
    assert once.select(Selection()) is once.select(Selection())
    again = release(long)
    assert again.select(Selection()) is not again.select(Selection())
