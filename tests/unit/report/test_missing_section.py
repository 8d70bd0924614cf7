"""The section of missing outcomes: both ends are told, and nothing is filled in"""

from dataclasses import replace

from caseness.report.blocks import Figure, Grid
from caseness.report.sections.missing import tell_missing
from caseness.results import SUMMED


def test_the_official_rate_is_told_as_an_end(england):
    text = tell_missing(england).blocks[1].sentences[0].text
    recovery = england.missing.basis(SUMMED).rate("recovery")
    assert "so it is the worst case" in text.replace("So it", "so it")
    assert f"{recovery.level('finisher').unknown.value:,.0f} who finished without paired scores" in text


def test_every_level_is_drawn_and_referrals_are_marked(england):
    (figure,) = [one for one in tell_missing(england).blocks if isinstance(one, Figure)]
    assert [row[0] for row in figure.table.rows] == [
        "Finished a course",
        "Treated at least once",
        "Referral ended",
        "Referral received",
    ]
    assert "Outlined: other people" in figure.notes[1]


def test_what_is_cited_is_a_share_of_one_group_of_people(england):
    figure = next(one for one in tell_missing(england).blocks if isinstance(one, Figure))
    assert "“referral ended”" in figure.citation.text
    assert "received" not in figure.citation.text


def test_each_basis_has_its_tables(england):
    tables = [one.table.id for one in tell_missing(england).blocks if isinstance(one, Grid)]
    assert tables == [
        "missing-levels-annual",
        "missing-levels-summed",
        "missing-people-annual",
        "missing-people-summed",
    ]


def test_a_level_without_a_count_says_so_below_the_table(england):
    grid = next(one for one in tell_missing(england).blocks if isinstance(one, Grid))
    assert "Treated at least once: Not published on this basis: ended after treatment." in grid.table.notes


def test_a_service_of_rounded_counts_is_told_too(service):
    figure = next(one for one in tell_missing(service).blocks if isinstance(one, Figure))
    assert "to" in figure.alternative.text


def test_without_paired_scores_the_reason_is_given(england):
    for missing in (None, replace(england.missing, bases=())):
        (told,) = tell_missing(replace(england, missing=missing)).blocks
        assert told.role == "absent"
        assert "was not published for England in 2024-25" in told.sentence.text
