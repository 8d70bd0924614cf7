"""The page of evidence is of the form that a small run of the same code gives."""

import re

import pytest
from evidence_page import FULL, SMALL, Board, at_most, failing, judge_share
from make_evidence import INTRODUCTION, PAGE, write_page


@pytest.fixture(scope="module")
def small():
    return write_page(SMALL)


def outline(page):
    """Headings, and of each table its header and the names of its lines."""
    kept = [line for line in page.splitlines() if line.startswith(("#", "|"))]
    return [line if line.startswith("#") else line.split("|")[1].strip() for line in kept]


def test_the_page_has_the_chapters_tables_and_lines_of_the_code(small):
    """Definitions without a rate, as where nobody is left, may be fewer in a small run."""
    full, again = outline(PAGE.read_text()), outline(small)
    assert [one for one in again if one not in full] == []
    assert [one for one in full if one.startswith("#")] == [one for one in again if one.startswith("#")]
    assert len(again) > 0.9 * len(full)


def test_the_page_says_how_it_was_made(small):
    numbers = {name: getattr(FULL, name) for name in ("people", "repeats", "service", "referrals", "seed")}
    assert PAGE.read_text().startswith(INTRODUCTION.format(**numbers))
    assert "SYNTHETIC" in small


def test_every_chapter_says_where_it_fails(small):
    assert small.count("**Where it fails**") == len(re.findall("^## ", small, re.MULTILINE)) == 6


def test_no_cell_is_left_without_a_number(small):
    assert not re.findall(r"\| (?:nan|inf)", small + PAGE.read_text())


@pytest.mark.parametrize(
    ("found", "verdict"), [(0.05, "holds"), (0.055, "holds"), (0.2, "off by +15.0 points"), (0.0, "off by -5.0 points")]
)
def test_a_share_holds_within_what_chance_may_do(found, verdict):
    assert judge_share(found, 0.05, 1000) == verdict


def test_a_share_below_what_was_promised_holds_where_that_is_the_promise():
    assert (at_most(0.0, 0.05, 1000), at_most(0.2, 0.05, 1000)) == ("holds", "off by +15.0 points")


def test_a_line_that_is_off_becomes_a_sentence():
    board = Board(
        "A board",
        ("Method", "Verdict", "Verdict for some"),
        (("one", "holds", "off by +1.0 points"), ("two", "off by +2.0 points", "")),
    )
    assert list(failing(board)) == [
        "A board, one: off by +1.0 points (verdict for some).",
        "A board, two: off by +2.0 points.",
    ]
