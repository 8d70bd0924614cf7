"""Every published percentage, recomputed from its counts"""

from datetime import date

import pytest

from caseness.published import open_releases, scan_releases
from caseness.published.scan import LISTED


@pytest.fixture
def scan(write, month, england, provider):
    def scan_month(who, *, finished="100", not_at_caseness="10", recovered="45", rate="50"):
        others = (england, "M001", "7")
        lines = [(who, "M076", finished), (who, "M179", not_at_caseness), (who, "M191", recovered), (who, "M192", rate)]
        return scan_releases(open_releases(write("month.csv", month(others, *[line for line in lines if line[2]]))))

    return scan_month


def outcome(scan):
    return scan.reproduced, scan.starred, scan.without_counts, scan.impossible


def test_a_percentage_that_its_counts_allow_is_reproduced(scan, provider, england):
    assert outcome(scan(provider)) == (1, 0, 0, 0)
    assert outcome(scan(england, rate="50.0")) == (1, 0, 0, 0)
    assert outcome(scan(provider, finished="10", not_at_caseness="*", recovered="5", rate="86")) == (1, 0, 0, 0)


def test_a_percentage_that_its_counts_rule_out_is_impossible_and_listed(scan, provider):
    # 43 to 47 of 86 to 94 are 45.7 to 54.7 per cent.
    found = scan(provider, rate="56")
    assert outcome(found) == (0, 0, 0, 1)
    listed = found.listed[0]
    assert (listed.figure_id, listed.organisation, listed.level, listed.period_start) == (
        "M192",
        "RP7",
        "provider",
        date(2021, 6, 1),
    )
    assert (listed.printed, round(listed.low, 1), round(listed.high, 1)) == (56.0, 45.7, 54.7)
    assert (listed.groups, listed.commissioner, listed.source) == ((), None, "month.csv")


def test_england_is_held_to_the_printed_decimal(scan, england):
    assert outcome(scan(england, rate="50.1")) == (0, 0, 0, 1)


def test_a_part_larger_than_its_whole_allows_no_percentage(scan, provider):
    assert outcome(scan(provider, finished="50", recovered="100", rate="100")) == (0, 0, 0, 1)


def test_a_starred_percentage_and_one_without_counts_cannot_be_checked(scan, provider):
    starred, without = scan(provider, rate="*"), scan(provider, recovered="", rate="50")
    assert outcome(starred) == (0, 1, 0, 0)
    assert outcome(without) == (0, 0, 1, 0)
    assert (starred.cannot_be_checked, without.cannot_be_checked, without.cells) == (1, 1, 1)


def test_a_release_without_percentages_has_nothing_to_scan(write, month, england):
    found = scan_releases(open_releases(write("month.csv", month((england, "M001", "7")))))
    assert (found.cells, found.percentages, found.listed) == (0, (), ())


def test_only_the_first_of_many_impossible_ones_are_listed(write, month, england):
    lines = [(england, "M001", "7")]
    for place in range(LISTED + 10):
        who = f"Provider,all,all,P{place:02},NAME"
        lines += [(who, "M076", "100"), (who, "M179", "10"), (who, "M191", "45"), (who, "M192", "90")]
    found = scan_releases(open_releases(write("month.csv", month(*lines))))
    assert found.impossible == LISTED + 10
    assert [one.organisation for one in found.listed] == [f"P{place:02}" for place in range(LISTED)]


def test_every_breakdown_of_an_annual_file_is_scanned(releases_folder):
    found = scan_releases(open_releases(releases_folder / "annual_main_2024-25_reconstructed.csv"))
    # Three organisations: the total and eleven groups of deprivation each, five percentages.
    assert (found.cells, found.impossible) == (180, 0)


def test_a_scan_can_keep_to_some_datasets(releases_folder):
    releases = open_releases(releases_folder)
    everything, monthly = scan_releases(releases), scan_releases(releases, datasets=("monthly",))
    assert {one.source[:7] for one in monthly.percentages} == {"monthly"}
    assert 0 < monthly.cells < everything.cells
