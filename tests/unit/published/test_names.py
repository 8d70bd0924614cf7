"""Names, labels and dates as releases write them"""

from datetime import date
from pathlib import PurePath

import pytest

from caseness.errors import UnknownName, UnreadableInput
from caseness.published.dates import read_date, year_in_path
from caseness.published.labels import deprivation_decile, labels, levels
from caseness.published.layouts import LAYOUTS
from caseness.published.names import all_figures, id_of, ids_by_name, read_rows, source_names
from caseness.published.percentages import all_percentages
from caseness.published.survey import STATISTICS
from caseness.published.unread import kind_of, known_kinds
from caseness.results import LEVELS

TABLES = ("annual", "wide", "annual-main", "annual-employment", "outcomes-table")


def test_every_figure_of_the_crosswalk_is_declared():
    unknown = {one.figure_id for layout in TABLES for one in source_names(layout)} - set(all_figures())
    assert unknown == set()
    assert {row["layout"] for row in read_rows("crosswalk.csv")} == set(TABLES)


def test_the_crosswalk_agrees_with_the_figures_on_what_each_one_is():
    for layout in TABLES:
        for one in source_names(layout):
            assert one.statistic == all_figures()[one.figure_id].statistic, one


def test_no_name_stands_for_two_figures():
    assert len(ids_by_name()) == len(all_figures()) == len(read_rows("figures.csv"))
    for layout in TABLES:
        names = [(one.source_name, one.statistic) for one in source_names(layout)]
        assert len(names) == len(set(names))
    # A name that is also an id would be taken for it.
    assert all(name == figure_id for name, figure_id in ids_by_name().items() if name in all_figures())


def test_every_figure_has_a_statistic_whose_rounding_is_declared():
    assert {figure.statistic for figure in all_figures().values()} <= set(STATISTICS)


def test_a_figure_is_found_by_name_or_id_or_not_at_all():
    assert (id_of("recovery"), id_of("M191")) == ("M191", "M191")
    with pytest.raises(UnknownName, match="Did you mean 'recovery'"):
        id_of("recvery")


def test_the_annual_count_before_treatment_says_how_it_differs():
    note = next(one.note for one in source_names("annual-main") if one.source_name == "Count_EndedBeforeTreatment")
    assert "27 a month" in note


def test_every_percentage_is_made_of_declared_figures():
    for one in all_percentages():
        assert {one.figure_id, *one.counts} <= set(all_figures()), one.figure_id
        assert all_figures()[one.figure_id].statistic == "percentage"
        assert all(all_figures()[count].statistic == "count" for count in one.counts)
    assert len({one.figure_id for one in all_percentages()}) == len(all_percentages())


def test_every_level_is_one_of_ours():
    assert set(levels().values()) <= set(LEVELS)


def test_labels_settle_in_one_step():
    for kind in ("split", "group"):
        known = labels(kind)
        assert all(known.get(ours, ours) == ours for ours in known.values())


def test_deciles_are_counted_from_the_most_deprived():
    assert [deprivation_decile(group) for group in ("10 Most deprived", "09 More deprived", "01 Least deprived")] == [
        1,
        2,
        10,
    ]
    assert deprivation_decile("Not stated/Not known/Invalid") is None
    assert sorted(map(int, labels("decile").values())) == list(range(1, 11))


def test_no_layout_is_taken_for_a_file_that_is_not_read():
    for layout in LAYOUTS:
        assert kind_of(list(layout.columns.values())) is None, layout.id
    assert len(known_kinds()) == len(read_rows("not_read.csv"))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-06-01", date(2021, 6, 1)),
        ("2021-6-1", date(2021, 6, 1)),
        ("01/06/2021", date(2021, 6, 1)),
        ("1/6/2021 00:00", date(2021, 6, 1)),
        ("2021-06-01T00:00:00", date(2021, 6, 1)),
        ("06/30/2021", None),
        ("01/06/21", None),
        ("44348", None),
        ("1 June 2021", None),
        ("2021-06-01 12:00", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_a_declared_form_or_not_at_all(written, day):
    assert read_date(written) == day


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ("psych-ther-ann-rep-csv-2024-25-main2.csv", "2024-25"),
        ("psych-ther-ann-rep-csv-2021-22-main-csv.csv", "2021-22"),
        ("main_2019_20.csv", "2019-20"),
        ("main 2019-2020.csv", "2019-20"),
        ("201920.csv", "2019-20"),
        ("ther-based-outcomes2425-2/Therapy Based Outcomes Table 4-2.csv", "2024-25"),
        ("ther-based-outcomes1920/psych-ther-1920-out-ther-csv.csv", "2019-20"),
        ("2020-21/ther-based-outcomes2021/Table4.csv", "2020-21"),
        ("1999-00.csv", None),
        ("ther-based-outcomes2021/Table4.csv", None),
        ("Table4.csv", None),
        ("2021.csv", None),
        ("2020-2022.csv", None),
    ],
)
def test_the_year_of_an_annual_file_is_read_from_its_name_or_its_folders(path, year):
    if year is None:
        with pytest.raises(UnreadableInput):
            year_in_path(PurePath(path))
    else:
        assert year_in_path(PurePath(path)).label == year
