"""What the page says of releases that were scanned, compared, and found not to agree."""

from dataclasses import replace
from datetime import date

import pytest

from caseness.audit.identities import Departure, check
from caseness.audit.quantity import Quantity
from caseness.periods import month
from caseness.published import Revision, Revisions, Scan
from caseness.published.scan import Impossible, PercentageScan
from caseness.report.page import lay_out, render
from caseness.report.sections.checks import tell_checks
from unit.report.reading import read_html

SCAN = Scan(
    (PercentageScan("M192", "monthly.csv", 90, 5, 4, 1),),
    (
        Impossible(
            "M192", date(2024, 4, 1), "provider", "X01", "C01", ("Gender", "Female"), 80.0, 40.0, 45.5, "monthly.csv"
        ),
    ),
)
CELL = Revision(
    "changed", "monthly file", "M076", date(2024, 4, 1), "provider", "X01", "C01", ("Gender", "Female"), "*", "10"
)
REVISIONS = Revisions(
    1234, 2, (CELL, replace(CELL, kind="disappeared", commissioner=None, after=None)), (("M288", date(2024, 4, 1)),), ()
)


def text_of(audit):
    page = lay_out(audit)
    only_checks = replace(page, sections=(tell_checks(audit),))
    return read_html(render(only_checks)).text


@pytest.fixture
def scanned(england):
    return replace(england, scan=SCAN, revisions=REVISIONS)


def test_each_percentage_that_its_counts_rule_out_is_listed(scanned):
    text = text_of(scanned)
    for words in ("X01 for C01", "Gender, Female", "40.0", "45.5"):
        assert words in text


def test_what_was_revised_is_counted_and_listed(scanned):
    text = text_of(scanned)
    assert "Of the 1,234 cells that two releases print, 2 differ." in text
    assert "Only in the later one: M288 (from 2024-04-01)." in text
    assert "disappeared" in text


def test_releases_that_print_nothing_twice_cannot_have_been_revised(england):
    assert "nothing can have been revised" in text_of(replace(england, revisions=Revisions(0, 0, (), (), ())))


def test_only_the_first_of_many_revisions_are_on_the_page(england):
    many = Revisions(600, 600, (CELL,) * 600, (), ())
    text = text_of(replace(england, revisions=many))
    assert "The first 500. All stand in audit.json." in text


def test_a_departure_names_both_sides_and_how_far_they_are_apart(england):
    first, *others = check(england.record)
    sides = Quantity(110.0, 110.0, 110.0), Quantity(100.0, 100.0, 100.0)
    departure = Departure("monthly file", month(2024, 4), "X01", *sides, 10.0)
    departing = replace(first, depart=1, departures=(departure,))
    text = text_of(replace(england, identities=(departing, *others)))
    for words in ("2024-04", "X01", "110", "100"):
        assert words in text


def test_findings_are_told_in_their_own_words(england):
    assert "M076 is printed twice." in text_of(replace(england, findings=("M076 is printed twice.",)))


def test_a_record_with_nothing_to_check_says_so(england):
    assert "No two figures of this record" in text_of(replace(england, identities=()))
