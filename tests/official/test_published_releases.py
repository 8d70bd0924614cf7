"""The releases as they lie in the shared data: what is read, what reproduces, what is the same twice"""

import pyarrow.compute as pc
import pytest

from caseness.published import (
    Embedded,
    all_percentages,
    list_revisions,
    list_revisions_within,
    open_releases,
    scan_releases,
)
from caseness.published.names import source_names
from caseness.results import Selection


@pytest.fixture(scope="module")
def releases(shared_data):
    return open_releases(shared_data / "published")


def test_every_file_is_read_or_named_for_what_it_is(releases):
    assert {release.layout.id for release in releases.releases} == {
        "annual-tidy", "monthly-tidy", "monthly-wide", "outcomes-tidy",
    }  # fmt: skip
    assert len(releases.ignored) == 10
    assert not [one for one in releases.ignored if "no release that is known" in one.why]


def test_every_published_percentage_follows_from_its_counts(releases):
    """All 1.1 million printed percentages lie within what their counts allow."""
    scan = scan_releases(releases)
    assert scan.impossible == 0
    assert scan.listed == ()
    annual = [one for one in scan.percentages if one.source == "measures_annual.parquet"]
    assert sum(one.reproduced for one in annual) == 775_752
    assert sum(one.without_counts for one in annual) == 0
    assert {one.source for one in scan.percentages if one.without_counts} == {
        "iapt_monthly_key_measures_feb2019_feb2020.csv"
    }


def test_the_earlier_release_differs_in_no_cell(shared_data, releases):
    published = shared_data / "published"
    before = open_releases(published / "measures_monthly_earlier_release.parquet")
    after = open_releases(published / "measures_monthly.parquet")
    revisions = list_revisions(before, after)
    assert revisions.compared > 1_000_000
    assert (revisions.cells, revisions.figures_appeared, revisions.figures_disappeared) == ((), (), ())
    assert list_revisions_within(releases) == revisions


def test_embedded_facts_agree_with_the_releases(releases):
    """What the package carries is what the releases print, cell for cell."""
    wanted = Selection(levels=("england",), splits=("Waiting Time",), bases=("annual report", "monthly file"))
    embedded, printed = Embedded().select(wanted).table, releases.select(wanted).table
    key = ("figure_id", "period_start", "basis", "group_1", "group_2")
    values = {tuple(row[name] for name in key): row["value"] for row in printed.to_pylist()}
    compared = [(row, values.get(tuple(row[name] for name in key))) for row in embedded.to_pylist()]
    wrong = [row for row, value in compared if value is not None and value != row["value"]]
    assert wrong == []
    assert sum(value is not None for _, value in compared) > 3000


def test_embedded_waits_bear_the_labels_of_the_releases(releases):
    wanted = Selection(figures=("M076",), levels=("england",), splits=("Waiting Time",), bases=("annual report",))
    groups = {
        (row["group_1"], row["group_2"])
        for row in Embedded().select(wanted).table.to_pylist()
        if row["split_1"] == "Waiting Time"
    }
    printed = {(row["group_1"], row["group_2"]) for row in releases.select(wanted).table.to_pylist()}
    assert len(groups) == 12
    assert groups <= printed


def test_the_newest_name_of_an_organisation_is_given(releases):
    names = releases.organisation_names()
    assert names["ENGLAND"] == "England"
    assert names["RP7"] == "LINCOLNSHIRE PARTNERSHIP NHS FOUNDATION TRUST"


def test_no_percentage_of_the_catalogue_is_forgotten(releases):
    """Every monthly percentage has a formula, but for those whose counts are not in the monthly file."""
    monthly = next(one for one in releases.releases if one.name == "measures_monthly.parquet")
    table = releases.select(Selection(levels=("england",), statistics=("percentage",), bases=("monthly file",))).table
    printed = set(table["figure_id"].unique().to_pylist()) & monthly.figure_ids
    known = {one.figure_id for one in all_percentages()}
    assert printed - known == {"M206", "M207", "M208", "M209", "M210", "M282"}


def test_every_raw_annual_column_is_in_the_crosswalk(shared_data):
    """The crosswalk knows all columns of all main files, with the years in which each was printed."""
    lines = (shared_data / "published" / "raw_annual_columns.csv").read_text().splitlines()[1:]
    rows = [[cell.strip('"') for cell in line.split(",")] for line in lines]
    main = {(year, column.replace("_", "").casefold()) for year, _, file, column in rows if "main" in file}
    own = {"orgtype", "orgcode", "orgname", "variabletype", "variablea", "variableb"}
    names = {one.source_name.replace("_", "").casefold(): one for one in source_names("annual-main")}
    unknown = {column for _, column in main} - own - set(names)
    assert unknown == set()
    assert [(year, column) for year, column in main if column in names and not _was_printed(names[column], year)] == []


def _was_printed(name, year):
    return name.first <= year <= (name.last or year)


def test_select_reads_only_what_is_wanted(releases):
    wanted = Selection(
        figures=("M192",), levels=("provider",), organisations=("RP7",), splits=(), bases=("monthly file",)
    )
    table = releases.select(wanted).table
    assert set(table["organisation"].unique().to_pylist()) == {"RP7"}
    assert pc.all(pc.is_null(table["split_1"])).as_py()
    # 13 months from February 2019 and 62 from January 2021: the release has no December 2025 for it.
    assert table.num_rows == 75
